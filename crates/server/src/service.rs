//! Serving: routes with their layers, the worker beside them, and a stop that leaves nothing half done.

use std::sync::Arc;

use app::Contexte;
use app::jobs::Echeancier;
use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use web::config::{DEFAULT_AFFILIATION, Operator, WebConfig};
use web::jeton::Jetons;
use web::registry::{Registry, RegistryError};
use web::routes::demo::DemoDesk;
use web::sessions::SessionsStockees;
use web::state::WebState;

use crate::arret::Stop;
use crate::atelier::Atelier;
use crate::config::{Limites, Network};
use crate::echec::Echec;
use crate::ecoute::{self, Ended};
use crate::gestion::{self, Gauge, Gestion, Metrics, probe};
use crate::mandataires::addressed;

/// What to serve and how.
pub struct Plan {
    /// Sockets of the pages.
    pub pages: Vec<TcpListener>,
    /// Socket of health and metrics.
    pub gestion: Option<TcpListener>,
    /// Origins a form may come from.
    pub origines: Vec<String>,
    /// Who runs the installation.
    pub operator: Operator,
    /// Proxies that are believed.
    pub mandataires: Vec<Network>,
    /// What one client may take.
    pub limites: Limites,
    /// Whether the worker runs here too.
    pub travaux: bool,
    /// The desk of the demonstration.
    pub demo: Option<Arc<dyn DemoDesk>>,
}

/// An installation ready to be served.
pub struct Service {
    atelier: Atelier,
    metrics: Arc<Metrics>,
}

impl Service {
    /// On these databases and ports.
    #[must_use]
    pub fn new(atelier: Atelier) -> Self {
        Self { atelier, metrics: Arc::new(Metrics::new()) }
    }

    /// Serves until the stop is asked; then running requests are finished, the worker ended, the journal sealed and the
    /// databases closed.
    ///
    /// # Errors
    /// A route declared twice, or the database's error at the end.
    pub async fn run(self, plan: Plan, stop: Stop) -> Result<(), Echec> {
        let router = self.router(&plan)?;
        let worker = plan.travaux.then(|| tokio::spawn(work(self.atelier.ctx.clone(), stop.clone())));
        let management = plan.gestion.map(|listener| {
            let routes = gestion::router(self.gestion());
            tokio::spawn(ecoute::serve(listener, routes, plan.limites, stop.clone()))
        });
        let served: Vec<_> = plan
            .pages
            .into_iter()
            .map(|listener| tokio::spawn(ecoute::serve(listener, router.clone(), plan.limites, stop.clone())))
            .collect();
        drop(router);
        for task in served {
            if let Ok(Ended::Cut(count)) = task.await {
                tracing::warn!(count, "connections cut at the end of the delay");
            }
        }
        stop.ask();
        finished(worker).await;
        finished(management).await;
        tracing::info!("stopped");
        self.atelier.close().await
    }

    /// Runs the worker alone, with health and metrics beside it, until the stop is asked.
    ///
    /// # Errors
    /// The database's error at the end.
    pub async fn work_only(self, plan: Plan, stop: Stop) -> Result<(), Echec> {
        let management = plan.gestion.map(|listener| {
            let routes = gestion::router(self.gestion());
            tokio::spawn(ecoute::serve(listener, routes, plan.limites, stop.clone()))
        });
        work(self.atelier.ctx.clone(), stop).await;
        finished(management).await;
        self.atelier.close().await
    }

    fn router(&self, plan: &Plan) -> Result<Router, Echec> {
        let ctx = self.atelier.ctx.clone();
        let config = Arc::new(web_config(&ctx, plan));
        let mut registry = Registry::<WebState>::new(config);
        declare(&mut registry, plan.demo.as_ref()).map_err(|e| Echec::panne("routes", e))?;
        let router = registry.into_router().with_state(WebState::new(ctx));
        let counted = gestion::count_requests(router, self.metrics.clone());
        Ok(addressed(counted, plan.mandataires.clone()))
    }

    fn gestion(&self) -> Gestion {
        let (ready, told) = (self.atelier.ctx.clone(), self.atelier.ctx.clone());
        Gestion {
            ready: probe(move || {
                let ctx = ready.clone();
                async move { ctx.store.begin_read().await.map(drop).map_err(|_| "base injoignable".to_owned()) }
            }),
            gauges: probe(move || {
                let ctx = told.clone();
                async move { gauges(&ctx).await }
            }),
            metrics: self.metrics.clone(),
        }
    }
}

fn declare(registry: &mut Registry<WebState>, demo: Option<&Arc<dyn DemoDesk>>) -> Result<(), RegistryError> {
    web::routes::declare_public(registry)?;
    web::routes::declare_comptes(registry)?;
    web::routes::declare_demandes(registry)?;
    web::routes::declare_partenaires(registry)?;
    demo.map_or(Ok(()), |desk| web::routes::demo::declare(registry, desk.clone()))
}

/// Waits for a task, when there is one; how it ended is in the log.
async fn finished<T>(task: Option<JoinHandle<T>>) {
    if let Some(task) = task {
        let _ = task.await;
    }
}

/// The scheduler until the stop; what it was doing is finished within the delay or done again at the next start.
async fn work(ctx: Contexte, stop: Stop) {
    let asked = stop.token();
    tokio::select! {
        () = asked.cancelled() => {}
        () = Echeancier::new(ctx).run() => {}
    }
}

async fn gauges(ctx: &Contexte) -> Vec<Gauge> {
    let backlog = async {
        let tx = ctx.store.begin_read().await?;
        store::outbox::backlog(&tx).await
    };
    let gauge = |name, help, value| Gauge { name, help, value };
    match backlog.await {
        Ok((waiting, given_up)) => vec![
            gauge("database_up", "Whether the database answers", 1.0),
            gauge("outbox_waiting", "Deferred acts waiting", count(waiting)),
            gauge("outbox_given_up", "Deferred acts given up", count(given_up)),
        ],
        Err(_) => vec![gauge("database_up", "Whether the database answers", 0.0)],
    }
}

fn count(number: u64) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

fn web_config(ctx: &Contexte, plan: &Plan) -> WebConfig {
    let (ids, visits) = (ctx.clone(), ctx.clone());
    let demo = ctx
        .reglages
        .demonstration
        .then(|| "tout est fictif sur ce portail : personnes, comptes, demandes et date du jour.".to_owned());
    WebConfig {
        product: ctx.reglages.nom_produit.clone(),
        affiliation: DEFAULT_AFFILIATION.to_owned(),
        demo,
        origins: plan.origines.clone(),
        jetons: Jetons::new(ctx.store.keyring().mac("jetons de formulaire").sign(b"secret")),
        request_ids: Arc::new(move || ids.new_id().to_string()),
        visits: Arc::new(move || visits.random_bytes::<20>().iter().map(|b| format!("{b:02x}")).collect()),
        sessions: Arc::new(SessionsStockees::new(ctx.clone())),
        operator: plan.operator.clone(),
        announcements: Vec::new(),
        places: web::extract::fichiers::Places::new(plan.limites.fichiers),
    }
}

/// The origins of an address: a `localhost` is also known by its numbers.
#[must_use]
pub fn origines(url: &str) -> Vec<String> {
    let mut all = vec![url.to_owned()];
    if let Some(rest) = url.strip_prefix("http://localhost") {
        all.push(format!("http://127.0.0.1{rest}"));
        all.push(format!("http://[::1]{rest}"));
    }
    all
}
