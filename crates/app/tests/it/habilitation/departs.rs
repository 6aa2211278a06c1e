//! A gestionnaire leaves: notice, successor, swap, lock (HA-8).

use super::{accepted, asked, convention, fields, new_id, personne};
use app::AppError;
use app::habilitation::Personne;
use app::habilitation::{Depart, Successeur, accept, close, give_successor, leave, send_link, show, withdraw};
use chrono::TimeDelta;
use domain::compte::{EtatCompte, Profil, RaisonInactif};
use domain::droits::Portee;
use domain::habilitation::EtatDemarche;
use domain::ids::{CompteId, DemarcheId};
use store::compte::{self, Compte};
use testkit::TestApp;

fn depart(app: &TestApp, nom: &str, jour: &str, successeur: Option<Personne>) -> Depart {
    let compte = app.monde.qui(nom).id();
    Depart { id: new_id(app), convention: String::new(), compte, souhaite_le: jour.parse().unwrap(), successeur }
}

async fn compte_of(app: &TestApp, id: CompteId) -> Compte {
    let tx = app.ctx.store.begin_read().await.unwrap();
    compte::load(&tx, &Portee::Soi(id), id, app.ctx.now()).await.unwrap().unwrap()
}

async fn etat(app: &TestApp, nom: &str) -> EtatCompte {
    compte_of(app, app.monde.qui(nom).id()).await.etat
}

async fn gestionnaires(app: &TestApp, courriel: &str) -> Vec<Compte> {
    let tx = app.ctx.store.begin_read().await.unwrap();
    let found = compte::by_courriel(&tx, courriel, app.ctx.now()).await.unwrap();
    found.into_iter().filter(|c| c.profil == Profil::Gestionnaire).collect()
}

async fn left(app: &TestApp, lieu: &str, jour: &str, successeur: Option<Personne>) -> DemarcheId {
    let nom = format!("{lieu}.gestionnaire");
    let gestionnaire = app.requete(&nom).await;
    leave(&app.ctx, &gestionnaire, &depart(app, &nom, jour, successeur)).await.unwrap()
}

#[tokio::test]
async fn a_quota_of_one_holds_while_one_closes_and_the_other_opens_in_one_act() {
    let app = TestApp::monde().await;
    app.set_time("2029-02-01T09:00:00Z".parse().unwrap());
    let id = left(&app, "82", "2029-02-20", Some(personne("Delorme"))).await;
    accepted(&app, "82", id).await.unwrap();
    app.run_jobs().await;
    assert_eq!(etat(&app, "82.gestionnaire").await, EtatCompte::Actif, "the day has not come");
    assert!(gestionnaires(&app, "ombeline.delorme@departement-82.example").await.is_empty(), "no seat before the swap");
    // The last minute before the day, at Montauban.
    app.set_time("2029-02-19T22:59:00Z".parse().unwrap());
    app.run_jobs().await;
    assert_eq!(etat(&app, "82.gestionnaire").await, EtatCompte::Actif);
    app.set_time("2029-02-19T23:00:00Z".parse().unwrap());
    app.run_jobs().await;
    let leaver = compte_of(&app, app.monde.qui("82.gestionnaire").id()).await;
    assert_eq!((leaver.etat, leaver.fermeture.unwrap().raison), (EtatCompte::Inactif, RaisonInactif::Depart));
    let successor = gestionnaires(&app, "ombeline.delorme@departement-82.example").await.remove(0);
    assert_eq!(successor.etat, EtatCompte::Invite);
    let invited =
        app.mails().iter().filter(|m| m.corps.contains("/invitation/") && m.destinataire.contains("delorme")).count();
    assert_eq!(invited, 1);
    for nom in ["82.technicien", "82.technicien2"] {
        assert_eq!(etat(&app, nom).await, EtatCompte::Actif, "{nom} stays");
    }
    // Twice is harmless.
    app.run_jobs().await;
    assert_eq!(gestionnaires(&app, "ombeline.delorme@departement-82.example").await.len(), 1);
}

#[tokio::test]
async fn a_missed_day_is_caught_up_and_techniciens_follow_the_successor() {
    let app = TestApp::monde().await;
    app.set_time("2029-02-01T09:00:00Z".parse().unwrap());
    let leaver = app.monde.qui("82.gestionnaire").id();
    let technicien = app.monde.qui("82.technicien").id();
    let tx = app.ctx.store.begin_write().await.unwrap();
    let lu = compte::lock(&tx, &Portee::Tout, technicien, app.ctx.now()).await.unwrap().unwrap();
    let systeme = domain::droits::Acteur::Systeme(domain::droits::Raison::Tache);
    let cible = domain::droits::Cible { profil: lu.profil, rattachement: lu.rattachement, caisses: &[] };
    let permis = domain::droits::habiliter(&systeme, &cible).unwrap();
    compte::save(&tx, &permis, &Compte { gestionnaire: Some(leaver), ..lu }).await.unwrap();
    tx.commit().await.unwrap();
    let id = left(&app, "82", "2029-02-20", Some(personne("Delorme"))).await;
    accepted(&app, "82", id).await.unwrap();
    app.set_time("2029-03-05T09:00:00Z".parse().unwrap());
    app.run_jobs().await;
    let successor = gestionnaires(&app, "ombeline.delorme@departement-82.example").await.remove(0);
    assert_eq!(compte_of(&app, technicien).await.gestionnaire, Some(successor.id));
}

#[tokio::test]
async fn the_successor_is_always_asked_for_in_000_and_elsewhere_of_the_last_one() {
    let app = TestApp::monde().await;
    app.set_time("2029-02-01T09:00:00Z".parse().unwrap());
    for lieu in ["82", "83"] {
        let nom = format!("{lieu}.gestionnaire");
        let gestionnaire = app.requete(&nom).await;
        let alone = leave(&app.ctx, &gestionnaire, &depart(&app, &nom, "2029-02-20", None)).await;
        assert_eq!(fields(alone), ["successeur_nom"], "{lieu}: the last one");
    }
    let second = asked(&app, "83", "Delorme").await;
    accepted(&app, "83", second).await.unwrap();
    let id = left(&app, "83", "2029-02-20", None).await;
    accepted(&app, "83", id).await.unwrap();
    app.set_time("2029-02-21T09:00:00Z".parse().unwrap());
    app.run_jobs().await;
    assert_eq!(etat(&app, "83.gestionnaire").await, EtatCompte::Inactif, "another one is left");
}

#[tokio::test]
async fn a_short_notice_is_accepted_and_recorded_and_a_past_day_refused() {
    let app = TestApp::monde().await;
    app.set_time("2029-02-01T09:00:00Z".parse().unwrap());
    let gestionnaire = app.requete("82.gestionnaire").await;
    let past = depart(&app, "82.gestionnaire", "2029-01-31", Some(personne("Delorme")));
    assert_eq!(fields(leave(&app.ctx, &gestionnaire, &past).await), ["souhaite"]);
    let id = left(&app, "82", "2029-02-15", Some(personne("Delorme"))).await;
    let fiche = show(&app.ctx, &gestionnaire, id).await.unwrap();
    let (jours, tot, respecte) = fiche.ligne.demarche.contenu.preavis.unwrap();
    assert_eq!((jours, tot.to_string().as_str(), respecte), (15, "2029-02-16", false));
    let again = depart(&app, "82.gestionnaire", "2029-03-15", Some(personne("Autre")));
    assert_eq!(fields(leave(&app.ctx, &gestionnaire, &again).await), ["compte"], "one departure at a time");
    withdraw(&app.ctx, &gestionnaire, (id, 1)).await.unwrap();
}

#[tokio::test]
async fn the_last_one_stays_until_a_successor_is_given() {
    let app = TestApp::monde().await;
    app.set_time("2029-02-01T09:00:00Z".parse().unwrap());
    let second = asked(&app, "83", "Delorme").await;
    accepted(&app, "83", second).await.unwrap();
    let id = left(&app, "83", "2029-02-20", None).await;
    accepted(&app, "83", id).await.unwrap();
    // Meanwhile the caisse closes the other one.
    let other = gestionnaires(&app, "ombeline.delorme@ccas-grimaud.example").await.remove(0).id;
    let referent = app.requete("83.referent").await;
    let convention = convention(&app, &referent).await;
    close(&app.ctx, &referent, (convention, other), "Compte ouvert par erreur.").await.unwrap();
    app.set_time("2029-02-20T09:00:00Z".parse().unwrap());
    app.run_jobs().await;
    let told = app.mails().iter().filter(|m| m.sujet.contains("en attente")).count();
    app.run_jobs().await;
    assert!(told > 0 && app.mails().iter().filter(|m| m.sujet.contains("en attente")).count() == told, "told once");
    assert_eq!(etat(&app, "83.gestionnaire").await, EtatCompte::Actif);
    let gestionnaire = app.requete("83.gestionnaire").await;
    let fiche = show(&app.ctx, &gestionnaire, id).await.unwrap();
    assert!(fiche.succede && fiche.ligne.demarche.contenu.empechement.is_some());
    let mut suite = personne("Successeur");
    suite.courriel = "suite@ccas-grimaud.example".to_owned();
    let saisie = Successeur { id, version: fiche.ligne.demarche.version, personne: suite };
    give_successor(&app.ctx, &gestionnaire, &saisie).await.unwrap();
    app.run_jobs().await;
    assert_eq!(etat(&app, "83.gestionnaire").await, EtatCompte::Actif, "the caisse accepts whom it has not seen yet");
    assert!(gestionnaires(&app, "suite@ccas-grimaud.example").await.is_empty());
    let referent = app.requete("83.referent").await;
    let version = show(&app.ctx, &referent, id).await.unwrap().ligne.demarche.version;
    accept(&app.ctx, &referent, (id, version)).await.unwrap();
    app.run_jobs().await;
    assert_eq!(etat(&app, "83.gestionnaire").await, EtatCompte::Inactif);
    assert_eq!(gestionnaires(&app, "suite@ccas-grimaud.example").await.len(), 1);
}

#[tokio::test]
async fn of_two_agents_who_close_the_last_two_at_once_exactly_one_is_refused() {
    let app = TestApp::monde().await;
    let second = asked(&app, "83", "Delorme").await;
    accepted(&app, "83", second).await.unwrap();
    let other = gestionnaires(&app, "ombeline.delorme@ccas-grimaud.example").await.remove(0).id;
    let me = app.monde.qui("83.gestionnaire").id();
    let one = app.requete("83.referent").await;
    let two = one.clone();
    let convention = convention(&app, &one).await;
    let (a, b) = tokio::join!(
        close(&app.ctx, &one, (convention, me), "Décision de l’un."),
        close(&app.ctx, &two, (convention, other), "Décision de l’autre.")
    );
    let refused: Vec<_> = [a, b].into_iter().filter_map(Result::err).collect();
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert!(matches!(&refused[0], AppError::Saisie(e) if e[0].champ == "compte"), "{refused:?}");
}

#[tokio::test]
async fn departures_of_the_last_two_on_one_day_leave_one() {
    let app = TestApp::monde().await;
    app.set_time("2029-02-01T09:00:00Z".parse().unwrap());
    let second = asked(&app, "83", "Delorme").await;
    accepted(&app, "83", second).await.unwrap();
    let other = gestionnaires(&app, "ombeline.delorme@ccas-grimaud.example").await.remove(0).id;
    let first = left(&app, "83", "2029-02-20", None).await;
    let gestionnaire = app.requete("83.gestionnaire").await;
    let of_other = Depart { compte: other, ..depart(&app, "83.gestionnaire", "2029-02-20", None) };
    let last = leave(&app.ctx, &gestionnaire, &of_other).await.unwrap();
    for id in [first, last] {
        accepted(&app, "83", id).await.unwrap();
    }
    app.set_time("2029-02-20T12:00:00Z".parse().unwrap());
    app.run_jobs().await;
    app.advance(TimeDelta::days(3));
    app.run_jobs().await;
    let referent = app.requete("83.referent").await;
    let states = [show(&app.ctx, &referent, first).await.unwrap(), show(&app.ctx, &referent, last).await.unwrap()];
    let done = states.iter().filter(|f| f.ligne.demarche.etat == EtatDemarche::Faite).count();
    assert_eq!(done, 1);
}

#[tokio::test]
async fn an_accepted_successor_is_not_replaced_and_giving_one_asks_for_the_second_factor() {
    let app = TestApp::monde().await;
    app.set_time("2029-02-01T09:00:00Z".parse().unwrap());
    let id = left(&app, "82", "2029-02-20", Some(personne("Delorme"))).await;
    accepted(&app, "82", id).await.unwrap();
    let gestionnaire = app.requete("82.gestionnaire").await;
    let version = show(&app.ctx, &gestionnaire, id).await.unwrap().ligne.demarche.version;
    let saisie = Successeur { id, version, personne: personne("Intruse") };
    assert!(matches!(give_successor(&app.ctx, &gestionnaire, &saisie).await, Err(AppError::Conflit)));
    app.advance(TimeDelta::minutes(6));
    assert_eq!(fields(give_successor(&app.ctx, &gestionnaire, &saisie).await), ["code"]);
    app.set_time("2029-02-20T09:00:00Z".parse().unwrap());
    app.run_jobs().await;
    assert_eq!(gestionnaires(&app, "ombeline.delorme@departement-82.example").await.len(), 1);
    assert!(gestionnaires(&app, "ombeline.intruse@departement-82.example").await.is_empty());
}

#[tokio::test]
async fn in_a_cut_structure_nobody_is_accredited_and_no_successor_opens() {
    let app = TestApp::monde().await;
    app.set_time("2029-02-01T09:00:00Z".parse().unwrap());
    let waiting = asked(&app, "83", "Delorme").await;
    let mut suite = personne("Successeur");
    suite.courriel = "suite@ccas-grimaud.example".to_owned();
    let id = left(&app, "83", "2029-02-20", Some(suite)).await;
    accepted(&app, "83", id).await.unwrap();
    let tx = app.ctx.store.begin_write().await.unwrap();
    let mut c = store::convention::by_cle(&tx, "001-var").await.unwrap().unwrap();
    c.actes.coupee_le = Some("2029-02-01".parse().unwrap());
    let systeme = domain::droits::Acteur::Systeme(domain::droits::Raison::Import);
    let permis = domain::droits::systeme::permis::<domain::droits::Importer>(&systeme).unwrap();
    store::convention::update(&tx, &permis, &c, app.ctx.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(fields(accepted(&app, "83", waiting).await), ["convention"]);
    let referent = app.requete("83.referent").await;
    assert_eq!(fields(send_link(&app.ctx, &referent, c.id).await), ["convention"]);
    let due = "2029-04-01".parse().unwrap();
    assert_eq!(fields(app::revue::demand(&app.ctx, &referent, c.id, due).await), ["convention"]);
    app.set_time("2029-02-20T09:00:00Z".parse().unwrap());
    app.run_jobs().await;
    assert!(gestionnaires(&app, "suite@ccas-grimaud.example").await.is_empty());
    let tx = app.ctx.store.begin_read().await.unwrap();
    let lue = store::demarche::load(&tx, &Portee::Tout, id).await.unwrap().unwrap();
    assert!(lue.etat == EtatDemarche::Acceptee && lue.contenu.empechement.is_some(), "{lue:?}");
    drop(tx);
    // The day of the next review passes without one: nobody could answer it.
    app.set_time("2030-02-01T09:00:00Z".parse().unwrap());
    app.run_jobs().await;
    let tx = app.ctx.store.begin_read().await.unwrap();
    assert!(store::revue::open_of(&tx, c.id).await.unwrap().is_none());
}
