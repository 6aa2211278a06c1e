//! Structures: sheets, cuts, unions, files, threads, news.

mod coupure;
mod fiche;
mod fil;
mod pieces;
mod union;

use app::error::{AppError, Outcome};
use chrono::NaiveDate;
use store::convention::Enregistree;
use store::preuve::Preuve;
use testkit::TestApp;

pub fn le(jour: &str) -> NaiveDate {
    jour.parse().unwrap()
}

/// The fields of a form's errors.
pub fn champs<T: std::fmt::Debug>(outcome: Outcome<T>) -> Vec<String> {
    match outcome {
        Err(AppError::Saisie(erreurs)) => erreurs.into_iter().map(|e| e.champ).collect(),
        other => panic!("{other:?}"),
    }
}

pub async fn convention(app: &TestApp, cle: &str) -> Enregistree {
    let tx = app.ctx.store.begin_read().await.unwrap();
    store::convention::by_cle(&tx, cle).await.unwrap().unwrap()
}

/// The proofs of the structure of a convention, the last first.
pub async fn preuves(app: &TestApp, cle: &str) -> Vec<Preuve> {
    let partenaire = convention(app, cle).await.partenaire;
    let tx = app.ctx.store.begin_read().await.unwrap();
    store::preuve::of_partenaire(&tx, partenaire).await.unwrap()
}

/// To whom mails went since there were `before`, with their subjects.
pub fn told(app: &TestApp, before: usize) -> Vec<(String, String)> {
    let mut told: Vec<_> = app.mails()[before..].iter().map(|m| (m.destinataire.clone(), m.sujet.clone())).collect();
    told.sort();
    told
}
