//! The whole application in process: use cases, jobs and router over a database of its own.

use crate::adapters::{ManualClock, MemoryMailer, PlainHasher, SeededRandom};
use crate::base::TestBase;
use crate::client::{Client, ORIGINE};
use ::app::ports::Envoi;
use ::app::{Contexte, Reglages};
use axum::Router;
use chrono::TimeDelta;
use std::sync::Arc;
use store::journal::{Readings, seal};
use web::config::{DEFAULT_AFFILIATION, DEFAULT_PRODUCT, Operator, WebConfig};
use web::jeton::Jetons;
use web::registry::Registry;
use web::sessions::SessionsStockees;
use web::state::WebState;

/// The application of one test.
pub struct TestApp {
    /// What use cases receive.
    pub ctx: Contexte,
    /// The routes with their layers.
    pub router: Router,
    clock: Arc<ManualClock>,
    mailer: Arc<MemoryMailer>,
    // Last: the database is dropped after those who use it.
    _base: TestBase,
}

impl TestApp {
    /// An application with the caisses and nobody in it.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn new() -> Self {
        let base = TestBase::new().await;
        let store = base.store().await;
        let (clock, mailer) = (Arc::new(ManualClock::default()), Arc::new(MemoryMailer::default()));
        let ctx = Contexte {
            ids: Default::default(),
            readings: Readings::start(store.clone()),
            store,
            clock: clock.clone(),
            random: Arc::new(SeededRandom::new(1)),
            hasher: Arc::new(PlainHasher),
            mailer: mailer.clone(),
            reglages: Arc::new(Reglages {
                url_publique: ORIGINE.to_owned(),
                nom_produit: DEFAULT_PRODUCT.to_owned(),
                demonstration: true,
            }),
        };
        ::app::caisse::install(&ctx).await.expect("caisses");
        let router = router(&ctx);
        Self { ctx, router, clock, mailer, _base: base }
    }

    /// A visitor.
    #[must_use]
    pub fn client(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// Moves the clock forward; no job runs by itself.
    pub fn advance(&self, by: TimeDelta) {
        self.clock.advance(by);
    }

    /// Runs every job that is due and seals the journal.
    ///
    /// # Panics
    /// When a job fails or an act of the outbox is left over.
    pub async fn run_jobs(&self) {
        ::app::jobs::run_due(&self.ctx).await.expect("jobs run");
        while seal(&self.ctx.store, self.ctx.now()).await.expect("journal is sealed") > 0 {}
        let tx = self.ctx.store.begin_read().await.expect("read");
        let left = store::outbox::backlog(&tx).await.expect("outbox");
        assert_eq!(left, (0, 0), "acts of the outbox waiting, given up");
    }

    /// Every mail sent so far, oldest first.
    #[must_use]
    pub fn mails(&self) -> Vec<Envoi> {
        self.mailer.sent()
    }

    /// The path of the link in the last mail.
    ///
    /// # Panics
    /// When there is no mail, or no link in it.
    #[must_use]
    pub fn last_link(&self) -> String {
        let mails = self.mails();
        let corps = &mails.last().expect("a mail").corps;
        let rest = corps.split_once(ORIGINE).expect("a link").1;
        rest.split_whitespace().next().expect("a link").to_owned()
    }
}

fn router(ctx: &Contexte) -> Router {
    let mut registry = Registry::new(Arc::new(config(ctx)));
    web::routes::declare_public(&mut registry).expect("public routes");
    web::routes::declare_comptes(&mut registry).expect("routes of comptes");
    registry.into_router().with_state(WebState::new(ctx.clone()))
}

fn config(ctx: &Contexte) -> WebConfig {
    let (ids, visits) = (ctx.clone(), ctx.clone());
    WebConfig {
        product: DEFAULT_PRODUCT.to_owned(),
        affiliation: DEFAULT_AFFILIATION.to_owned(),
        demo: None,
        origins: vec![ORIGINE.to_owned()],
        jetons: Jetons::new([3; 32]),
        request_ids: Arc::new(move || ids.new_id().to_string()),
        visits: Arc::new(move || visits.random_bytes::<16>().iter().map(|b| format!("{b:02x}")).collect()),
        sessions: Arc::new(SessionsStockees::new(ctx.clone())),
        operator: Operator::default(),
        announcements: Vec::new(),
    }
}
