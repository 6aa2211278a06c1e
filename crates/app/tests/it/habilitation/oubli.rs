//! What is left of a person whose compte was deleted: proofs and a pseudonym, nothing else (HA-10).

use super::{accepted, asked, convention, new_id, personne};
use crate::vie::later;
use app::compte::{Agent, Demandee, allow_address, announce};
use app::habilitation::{Changement, Habilitation, accept, change, close, refuse, request};
use chrono::TimeDelta;
use domain::compte::Profil;
use domain::droits::Portee;
use domain::ids::{CaisseId, CompteId, PartenaireId};
use store::{compte, demarche, preuve};
use testkit::TestApp;

const ADRESSE: &str = "ombeline.delorme@gmail.com";

fn agent(nom: &str, courriel: &str) -> Agent {
    Agent {
        nom: nom.to_owned(),
        prenom: "Ombeline".to_owned(),
        fonction: "Accueil".to_owned(),
        courriel: courriel.to_owned(),
        technicien: false,
    }
}

/// The second gestionnaire of the Var: refused once, accredited, with another address since, announced twice.
async fn known(app: &TestApp) -> CompteId {
    let (g, r) = (app.requete("83.gestionnaire").await, app.requete("83.referent").await);
    let allowed = Demandee { objet: ADRESSE.to_owned(), motif: "Le temps du marché.".to_owned() };
    allow_address(&app.ctx, &r, "ccas-grimaud", &allowed).await.unwrap();
    let mut qui = personne("Delorme");
    qui.courriel = ADRESSE.to_owned();
    let asked = async || {
        let saisie = Habilitation { id: new_id(app), convention: String::new(), personne: qui.clone() };
        request(&app.ctx, &g, &saisie).await.unwrap()
    };
    refuse(&app.ctx, &r, (asked().await, 1), "Ombeline Delorme n’est pas encore en poste.").await.unwrap();
    accepted(app, "83", asked().await).await.unwrap();
    for a in [agent("Delorme", ADRESSE), agent("Delorme", ""), agent("Restante", "")] {
        announce(&app.ctx, &g, &a).await.unwrap();
    }
    let tx = app.ctx.store.begin_read().await.unwrap();
    let id = compte::by_courriel(&tx, ADRESSE, app.ctx.now()).await.unwrap()[0].id;
    drop(tx);
    let moved = Changement {
        id: new_id(app),
        convention: String::new(),
        compte: id,
        nom: "Delorme".to_owned(),
        fonction: "Directrice".to_owned(),
        telephone: "01 99 00 99 99".to_owned(),
        courriel: "o.delorme@ccas-grimaud.example".to_owned(),
    };
    let moved = change(&app.ctx, &g, &moved).await.unwrap();
    accepted(app, "83", moved).await.unwrap();
    id
}

/// The caisse closes the compte; gives where it stood.
async fn leaves(app: &TestApp, id: CompteId) -> (PartenaireId, CaisseId) {
    let referent = app.requete("83.referent").await;
    let convention = convention(app, &referent).await;
    close(&app.ctx, &referent, (convention, id), "Départ.").await.unwrap();
    let tx = app.ctx.store.begin_read().await.unwrap();
    let c = store::convention::by_id(&tx, convention).await.unwrap().unwrap();
    (c.partenaire, c.caisse)
}

/// Forms, announcements and addresses allowed of the structure, as they are opened.
async fn said(app: &TestApp, (structure, caisse): (PartenaireId, CaisseId)) -> Vec<String> {
    let tx = app.ctx.store.begin_read().await.unwrap();
    let portee = Portee::Partenaire { partenaire: structure, caisses: vec![caisse] };
    let forms = demarche::list(&tx, &portee, demarche::Vue::Toutes, None, 50).await.unwrap();
    let told = compte::annonces::page(&tx, caisse, (None, 50)).await.unwrap();
    let allowed = compte::derogations::list(&tx, structure).await.unwrap();
    let forms = forms.iter().map(|d| format!("{:?}", d.contenu));
    let told = told.iter().map(|a| format!("{:?}", a.agent));
    forms.chain(told).chain(allowed.iter().map(|d| format!("{:?}", d.contenu))).collect()
}

fn naming(said: &[String], word: &str) -> usize {
    said.iter().filter(|s| s.to_lowercase().contains(word)).count()
}

#[tokio::test]
async fn no_form_no_announcement_and_no_allowed_address_names_a_person_whose_compte_was_deleted() {
    let app = TestApp::monde().await;
    let id = known(&app).await;
    asked(&app, "83", "Autre").await;
    let ici = leaves(&app, id).await;
    app.advance(TimeDelta::days(170));
    app.run_jobs().await;
    assert_eq!(naming(&said(&app, ici).await, "delorme"), 6, "three forms, two announcements, one address");
    app.advance(TimeDelta::days(20));
    app.run_jobs().await;
    let left = said(&app, ici).await;
    assert_eq!(naming(&left, "delorme"), 0, "{left:?}");
    for word in ["01 99 00 99 99", "directrice", "en poste"] {
        assert_eq!(naming(&left, word), 0, "{word}: {left:?}");
    }
    assert_eq!((naming(&left, "ombeline.autre"), naming(&left, "restante")), (1, 1), "others stay: {left:?}");
    let tx = app.ctx.store.begin_read().await.unwrap();
    let proofs = preuve::of_partenaire(&tx, ici.0).await.unwrap();
    let naming = |p: &&preuve::Preuve| p.contenu.iter().any(|(_, v)| v.contains("Delorme"));
    assert!(proofs.iter().filter(naming).count() >= 3, "proofs stay");
}

#[tokio::test]
async fn who_keeps_a_compte_of_the_other_profil_stays_announced() {
    let app = TestApp::monde().await;
    let id = known(&app).await;
    let tx = app.ctx.store.begin_read().await.unwrap();
    let lu = compte::load(&tx, &Portee::Soi(id), id, app.ctx.now()).await.unwrap().unwrap();
    drop(tx);
    let invitation = app::compte::Invitation {
        profil: Profil::Technicien,
        rattachement: lu.rattachement,
        identite: lu.identite,
        services: Vec::new(),
    };
    let par = app::compte::Par::Systeme(domain::droits::Raison::Demonstration);
    app::compte::invite(&app.ctx, &app::Requete::systeme("essai"), par, &invitation).await.unwrap();
    let ici = leaves(&app, id).await;
    app.advance(TimeDelta::days(190));
    app.run_jobs().await;
    let left = said(&app, ici).await;
    // The refused form, both announcements and the address: of somebody who is still there.
    assert_eq!(naming(&left, "delorme"), 4, "{left:?}");
}

#[tokio::test]
async fn the_request_of_somebody_who_comes_back_after_the_deletion_is_accepted() {
    let app = TestApp::monde().await;
    let first = asked(&app, "83", "Delorme").await;
    accepted(&app, "83", first).await.unwrap();
    let adresse = "ombeline.delorme@ccas-grimaud.example";
    announce(&app.ctx, &app.requete("83.gestionnaire").await, &agent("Delorme", adresse)).await.unwrap();
    let referent = app.requete("83.referent").await;
    let convention = convention(&app, &referent).await;
    let tx = app.ctx.store.begin_read().await.unwrap();
    let c = store::convention::by_id(&tx, convention).await.unwrap().unwrap();
    let id = compte::by_courriel(&tx, adresse, app.ctx.now()).await.unwrap()[0].id;
    drop(tx);
    close(&app.ctx, &referent, (convention, id), "Départ.").await.unwrap();
    app.advance(TimeDelta::days(190));
    // Nobody has erased him yet: the acceptance does, and keeps what it was asked for.
    let (ctx, gestionnaire) = later(&app, "83.gestionnaire");
    let mut qui = personne("Delorme");
    qui.courriel = adresse.to_owned();
    let saisie = Habilitation { id: new_id(&app), convention: String::new(), personne: qui };
    let again = request(&ctx, &gestionnaire, &saisie).await.unwrap();
    accept(&ctx, &later(&app, "83.referent").1, (again, 1)).await.unwrap();
    let tx = app.ctx.store.begin_read().await.unwrap();
    let form = demarche::load(&tx, &Portee::Tout, again).await.unwrap().unwrap();
    assert!(form.contenu.personne.is_some_and(|p| p.nom == "Delorme") && form.compte != Some(id));
    let old = demarche::load(&tx, &Portee::Tout, first).await.unwrap().unwrap();
    assert!(old.contenu.personne.is_none() && old.compte == Some(id));
    drop(tx);
    let announced = said(&app, (c.partenaire, c.caisse)).await;
    assert_eq!(naming(&announced, "accueil"), 1, "she is announced as before: {announced:?}");
}
