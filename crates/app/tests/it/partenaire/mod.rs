//! Structures: sheets, cuts, unions, files, threads, news.

mod coupure;
mod fiche;
mod fil;
mod parties;
mod pieces;
mod siret;
mod union;

use app::error::{AppError, Outcome};
use app::partenaire::create;
use chrono::NaiveDate;
use domain::convention::FaitsSaisis;
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

/// A project of the caisse of a référent with the structure of a convention, begun with its SIRET; its key.
pub async fn projet(app: &TestApp, nom: &str, cle: &str) -> String {
    let faits = FaitsSaisis::from(&convention(app, cle).await.dossier.stipulations.partenaire);
    let saisis = FaitsSaisis { nom: "Autrement".into(), nom_court: "Autrement".into(), ..faits };
    let made = create(&app.ctx, &app.requete(nom).await, &saisis).await.unwrap();
    assert!(made.connue);
    made.cle
}

/// Writes a convention as it is given, over what stands.
pub async fn overwrite(app: &TestApp, c: &Enregistree) {
    let systeme = domain::droits::Acteur::Systeme(domain::droits::Raison::Import);
    let permis = domain::droits::systeme::permis::<domain::droits::Importer>(&systeme).unwrap();
    let tx = app.ctx.store.begin_write().await.unwrap();
    store::convention::update(&tx, &permis, c, app.ctx.now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// Makes a project a complete and active convention, with what another one agreed.
pub async fn live(app: &TestApp, cle: &str, comme: &str) {
    let (mut c, autre) = (convention(app, cle).await, convention(app, comme).await);
    c.dossier.stipulations = autre.dossier.stipulations;
    c.actes = autre.actes;
    overwrite(app, &c).await;
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
