//! The first gestionnaire by a one-time link to the contact address (HA-3).

use super::{convention, fields, personne, queue};
use app::habilitation::{LienFerme, LienHabilitation, open_link, renew_link, send_link, submit_by_link};
use app::{AppError, Requete};
use chrono::TimeDelta;
use domain::compte::{EtatCompte, Profil};
use domain::droits::{Acteur, Portee, Raison, inactiver};
use domain::habilitation::VoieDemarche;
use store::compte::{self, Compte};
use testkit::TestApp;

fn visitor() -> Requete {
    Requete { adresse: Some("192.0.2.44".to_owned()), ..Requete::systeme("visite") }
}

/// The structure of 82 as it was before its first gestionnaire.
async fn without_gestionnaire(app: &TestApp) {
    let tx = app.ctx.store.begin_write().await.unwrap();
    let id = app.monde.qui("82.gestionnaire").id();
    let lu = compte::lock(&tx, &Portee::Tout, id, app.ctx.now()).await.unwrap().unwrap();
    let cible = domain::droits::Cible { profil: Profil::Gestionnaire, rattachement: lu.rattachement, caisses: &[] };
    let permis = inactiver(&Acteur::Systeme(Raison::Tache), &cible).unwrap();
    compte::save(&tx, &permis, &Compte { etat: EtatCompte::Exclu, ..lu }).await.unwrap();
    tx.commit().await.unwrap();
}

async fn sent(app: &TestApp) -> String {
    let referent = app.requete("82.referent").await;
    let convention = convention(app, &referent).await;
    send_link(&app.ctx, &referent, convention).await.unwrap();
    app.run_jobs().await;
    app.last_link().rsplit('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_link_goes_to_the_contact_address_and_works_once() {
    let app = TestApp::monde().await;
    without_gestionnaire(&app).await;
    let token = sent(&app).await;
    assert!(matches!(open_link(&app.ctx, &token).await.unwrap(), LienHabilitation::Utilisable { .. }));
    assert_eq!(fields(submit_by_link(&app.ctx, &visitor(), &token, &Default::default()).await).len(), 6);
    submit_by_link(&app.ctx, &visitor(), &token, &personne("Delorme")).await.unwrap();
    let again = submit_by_link(&app.ctx, &visitor(), &token, &personne("Autre")).await;
    assert!(matches!(again, Err(AppError::Introuvable)));
    assert_eq!(open_link(&app.ctx, &token).await.unwrap(), LienHabilitation::Ferme(LienFerme::Utilise));
    let referent = app.requete("82.referent").await;
    let lines = queue(&app, &referent).await.lignes;
    assert_eq!((lines.len(), lines[0].demarche.voie), (1, VoieDemarche::Lien));
}

#[tokio::test]
async fn a_link_expires_is_renewed_and_replaces_the_one_before() {
    let app = TestApp::monde().await;
    without_gestionnaire(&app).await;
    let token = sent(&app).await;
    assert!(matches!(renew_link(&app.ctx, &visitor(), &token).await, Err(AppError::Introuvable)), "it still works");
    app.advance(TimeDelta::days(7));
    assert_eq!(open_link(&app.ctx, &token).await.unwrap(), LienHabilitation::Ferme(LienFerme::Expire));
    let late = submit_by_link(&app.ctx, &visitor(), &token, &personne("Delorme")).await;
    assert!(matches!(late, Err(AppError::Introuvable)));
    renew_link(&app.ctx, &visitor(), &token).await.unwrap();
    app.run_jobs().await;
    let second = app.last_link().rsplit('/').next().unwrap().to_owned();
    assert_ne!(second, token);
    assert!(matches!(open_link(&app.ctx, &second).await.unwrap(), LienHabilitation::Utilisable { .. }));
    assert!(matches!(renew_link(&app.ctx, &visitor(), &token).await, Err(AppError::Introuvable)));
}

#[tokio::test]
async fn a_structure_with_a_gestionnaire_needs_no_link_and_tries_are_slowed() {
    let app = TestApp::monde().await;
    let referent = app.requete("82.referent").await;
    let convention = convention(&app, &referent).await;
    assert_eq!(fields(send_link(&app.ctx, &referent, convention).await), ["convention"]);
    without_gestionnaire(&app).await;
    send_link(&app.ctx, &referent, convention).await.unwrap();
    assert!(matches!(send_link(&app.ctx, &referent, convention).await, Err(AppError::TropDEssais(_))));
    let other = app.requete("83.referent").await;
    assert!(matches!(send_link(&app.ctx, &other, convention).await, Err(AppError::Introuvable)));
    let mut refused = false;
    for _ in 0..400 {
        let tried = submit_by_link(&app.ctx, &visitor(), "deviné", &personne("Delorme")).await;
        refused |= matches!(tried, Err(AppError::TropDEssais(_)));
    }
    assert!(refused, "guesses from one address are slowed");
}
