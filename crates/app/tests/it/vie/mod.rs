//! The life of conventions: calendar, acts, letters, ends, reconciler (CO-2 to CO-7, CO-10, CO-11).

mod actes;
mod avenants;
mod bonne_fin;
mod calendrier;
mod fins;
mod gardes;
mod preuves;
mod rappels;
mod zones;

use app::convention::{FicheConvention, FinDemandee, NouvelleLettre, record_letter, sheet};
use app::{AppError, Appelant, Contexte, Reglages, Requete};
use chrono::{DateTime, NaiveDate, Utc};
use std::sync::Arc;
use store::convention::Enregistree;
use testkit::TestApp;

pub fn le(jour: &str) -> NaiveDate {
    jour.parse().unwrap()
}

pub fn at(instant: &str) -> DateTime<Utc> {
    instant.parse().unwrap()
}

/// The fields refused, with what is said.
pub fn refused<T: std::fmt::Debug>(outcome: Result<T, AppError>) -> Vec<(String, String)> {
    match outcome {
        Err(AppError::Saisie(erreurs)) => erreurs.into_iter().map(|e| (e.champ, e.message)).collect(),
        other => panic!("{other:?}"),
    }
}

pub async fn row(app: &TestApp, cle: &str) -> Box<Enregistree> {
    let tx = app.ctx.store.begin_read().await.unwrap();
    Box::new(store::convention::by_cle(&tx, cle).await.unwrap().unwrap())
}

/// Writes a convention as it is given, over what stands: the reconciler looks at it again in its next run.
pub async fn put(app: &TestApp, row: &Enregistree) {
    use domain::droits::{Acteur, Importer, Raison, systeme};
    let permis = systeme::permis::<Importer>(&Acteur::Systeme(Raison::Import)).unwrap();
    let tx = app.ctx.store.begin_write().await.unwrap();
    store::convention::update(&tx, &permis, row, app.ctx.now()).await.unwrap();
    tx.commit().await.unwrap();
}

pub async fn version(app: &TestApp, cle: &str) -> i64 {
    row(app, cle).await.version
}

pub async fn fiche(app: &TestApp, requete: &Requete, cle: &str) -> FicheConvention {
    sheet(&app.ctx, requete, cle, None).await.unwrap()
}

/// A mise en demeure by the caisse, sent on a day.
pub fn letter<'a>(papier: &'a str, nature: &'a str, envoyee: &str) -> NouvelleLettre<'a> {
    NouvelleLettre {
        papier,
        nature,
        par: "caisse",
        envoyee_le: le(envoyee),
        recue_le: None,
        numero: "1A 000 000 0000 1",
        motif: "Les comptes sont partagés entre plusieurs personnes.",
    }
}

pub async fn write(app: &TestApp, requete: &Requete, cle: &str, n: &NouvelleLettre<'_>) -> uuid::Uuid {
    let version = version(app, cle).await;
    record_letter(&app.ctx, requete, (cle, version), n).await.unwrap()
}

pub fn asked<'a>(papier: &'a str, cause: &'a str, jour: &str) -> FinDemandee<'a> {
    FinDemandee { papier, cause, le: le(jour), motif: "Le manquement n’est pas réparé." }
}

/// Ends 002-moselle and 010 share a structure: the fictional ones are added and active.
pub async fn with_fictives() -> TestApp {
    let app = TestApp::monde().await;
    app::convention::import(&app.ctx, &testkit::demo::fictives(), false).await.unwrap();
    for cle in ["010-fictive-meurthe-et-moselle", "011-fictive-isere"] {
        let raison = domain::droits::Raison::Demonstration;
        app::convention::activate(&app.ctx, raison, cle, le("2028-01-03")).await.unwrap();
    }
    app.run_jobs().await;
    app
}

pub fn subjects(app: &TestApp, from: usize) -> Vec<String> {
    app.mails()[from..].iter().map(|m| format!("{} | {}", m.destinataire, m.sujet)).collect()
}

/// A persona months later, when passwords are too old to sign in with: as the filling of a demonstration acts.
pub fn later(app: &TestApp, nom: &str) -> (Contexte, Requete) {
    let reglages = Reglages { demonstration: true, ..(*app.ctx.reglages).clone() };
    let ctx = Contexte { reglages: Arc::new(reglages), ..app.ctx.clone() };
    let appelant = Some(Appelant::Demonstration(app.monde.qui(nom).id()));
    (ctx, Requete { appelant, ..Requete::systeme("essai") })
}
