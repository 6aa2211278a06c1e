//! Nobody is accredited before the usage convention is signed by all (HA-3).

use super::{accepted, asked, convention, fields, new_id, personne};
use app::habilitation::{Papier, enter, send_link};
use domain::droits::{Acteur, Importer, Raison, systeme};
use domain::ids::ConventionId;
use testkit::TestApp;

/// Takes the last signature of the usage convention away.
async fn unsigned(app: &TestApp, id: ConventionId) {
    let permis = systeme::permis::<Importer>(&Acteur::Systeme(Raison::Import)).unwrap();
    let tx = app.ctx.store.begin_write().await.unwrap();
    let mut c = store::convention::by_id(&tx, id).await.unwrap().unwrap();
    c.dossier.stipulations.utilisation.dates.as_mut().unwrap().valeur.pop().unwrap();
    store::convention::update(&tx, &permis, &c, app.ctx.now()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_request_by_link_by_paper_or_waiting_is_refused_while_a_signature_is_missing() {
    let app = TestApp::monde().await;
    let waiting = asked(&app, "83", "Delorme").await;
    let referent = app.requete("83.referent").await;
    let convention = convention(&app, &referent).await;
    unsigned(&app, convention).await;
    assert_eq!(fields(accepted(&app, "83", waiting).await), ["convention"]);
    assert_eq!(fields(send_link(&app.ctx, &referent, convention).await), ["convention"]);
    let mut qui = personne("Autre");
    qui.courriel = "ombeline.autre@ccas-grimaud.example".to_owned();
    let paper = Papier { id: new_id(&app), convention, recue_le: app.ctx.now().date_naive(), personne: qui };
    assert_eq!(fields(enter(&app.ctx, &referent, &paper).await), ["convention"]);
}
