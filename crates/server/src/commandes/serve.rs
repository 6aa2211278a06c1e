//! `serve` and `worker`: a real installation.

use tokio::net::TcpListener;
use web::config::Operator;

use super::{print, settings};
use crate::arret::Stop;
use crate::atelier::Atelier;
use crate::cli::Reglages;
use crate::config::Config;
use crate::echec::Echec;
use crate::service::{Plan, Service, origines};

pub(super) async fn run(reglages: &Reglages) -> Result<(), Echec> {
    let config = settings(reglages)?;
    let stop = Stop::on_signals(config.arret).map_err(|e| Echec::panne("signaux", e))?;
    let plan = plan(&config).await?;
    let (adresse, url) = (config.adresse, config.url_publique.clone());
    let service = Service::new(Atelier::of(config).await?);
    print(&format!("Espace Partenaires est servi sur {adresse} pour {url}\n"));
    service.run(plan, stop).await
}

pub(super) async fn worker(reglages: &Reglages) -> Result<(), Echec> {
    let config = settings(reglages)?;
    let stop = Stop::on_signals(config.arret).map_err(|e| Echec::panne("signaux", e))?;
    let mut plan = plan_without_pages(&config);
    plan.gestion = Some(bind(config.adresse_gestion).await?);
    let service = Service::new(Atelier::of(config).await?);
    service.work_only(plan, stop).await
}

/// Sockets are taken before the database is opened: an address in use changes nothing.
async fn plan(config: &Config) -> Result<Plan, Echec> {
    let mut plan = plan_without_pages(config);
    plan.pages.push(bind(config.adresse).await?);
    plan.gestion = Some(bind(config.adresse_gestion).await?);
    Ok(plan)
}

fn plan_without_pages(config: &Config) -> Plan {
    let e = config.exploitant.clone();
    Plan {
        pages: Vec::new(),
        gestion: None,
        origines: origines(&config.url_publique),
        operator: Operator {
            name: e.nom,
            address: e.adresse,
            publisher: e.publication,
            host: e.hebergeur,
            dpo: e.dpo,
            contact: e.contact,
        },
        mandataires: config.mandataires.clone(),
        limites: config.limites,
        travaux: config.travaux.integres,
        demo: None,
    }
}

/// A socket on an address.
pub(super) async fn bind(address: std::net::SocketAddr) -> Result<TcpListener, Echec> {
    TcpListener::bind(address)
        .await
        .map_err(|e| Echec::Entree(format!("l’adresse {address} ne peut pas être ouverte : {e}")))
}
