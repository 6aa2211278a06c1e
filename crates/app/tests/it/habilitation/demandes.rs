//! A gestionnaire asks, the caisse decides (HA-3, HA-7).

use super::{accepted, asked, convention, fields, new_id, personne, queue};
use app::AppError;
use app::habilitation::{Changement, Habilitation, Papier, Personne, change, enter, refuse, request, show, withdraw};
use chrono::TimeDelta;
use domain::compte::{EtatCompte, Profil};
use domain::droits::Rattachement;
use domain::habilitation::EtatDemarche;
use store::compte;
use testkit::TestApp;

#[tokio::test]
async fn the_moselle_clock_runs_five_working_days_across_vendredi_saint() {
    let app = TestApp::monde().await;
    // Tuesday 27 March 2029; Easter is 1 April.
    app.set_time("2029-03-27T09:00:00Z".parse().unwrap());
    asked(&app, "57", "Delorme").await;
    app.set_time("2029-04-05T20:00:00Z".parse().unwrap());
    let referent = app.requete("57.referent").await;
    let line = queue(&app, &referent).await.lignes.remove(0);
    let (due, words) = &line.demarche.contenu.echeances[0];
    assert_eq!(due.to_string(), "2029-04-05", "{words}");
    assert!(words.starts_with("5 jours ouvrés"), "{words}");
    assert!(!line.en_retard, "its last evening");
    // 22 h 05 UTC is already the next day at Metz.
    app.set_time("2029-04-05T22:05:00Z".parse().unwrap());
    let referent = app.requete("57.referent").await;
    assert!(queue(&app, &referent).await.lignes[0].en_retard);
}

#[tokio::test]
async fn a_convention_without_a_delay_gives_no_due_day() {
    let app = TestApp::monde().await;
    asked(&app, "92", "Delorme").await;
    let referent = app.requete("92.referent").await;
    assert!(queue(&app, &referent).await.lignes[0].demarche.contenu.echeances.is_empty());
}

#[tokio::test]
async fn an_accepted_request_invites_within_the_quota_and_tells_who_asked() {
    let app = TestApp::monde().await;
    let first = asked(&app, "83", "Delorme").await;
    let mails = app.mails().len();
    accepted(&app, "83", first).await.unwrap();
    app.run_jobs().await;
    let sent = app.mails().split_off(mails);
    let to = |part: &str| sent.iter().filter(|m| m.destinataire.contains(part)).count();
    assert_eq!(to("ombeline.delorme@"), 2, "invitation, and who it is about is told: {sent:#?}");
    assert_eq!(to("gestionnaire.83@"), 1);
    let gestionnaire = app.requete("83.gestionnaire").await;
    let fiche = show(&app.ctx, &gestionnaire, first).await.unwrap();
    assert_eq!(fiche.ligne.demarche.etat, EtatDemarche::Faite);
    // Decided once.
    assert!(matches!(accepted(&app, "83", first).await, Err(AppError::Conflit)));
}

#[tokio::test]
async fn the_quota_of_one_refuses_a_second_gestionnaire() {
    let app = TestApp::monde().await;
    let second = asked(&app, "82", "Delorme").await;
    assert_eq!(fields(accepted(&app, "82", second).await), ["profil"]);
    let referent = app.requete("82.referent").await;
    assert_eq!(queue(&app, &referent).await.lignes.len(), 1, "nothing was decided");
    refuse(&app.ctx, &referent, (second, 1), "La convention ne prévoit qu’un gestionnaire.").await.unwrap();
    assert_eq!(queue(&app, &referent).await.lignes.len(), 0);
    app.run_jobs().await;
    let last = app.mails().pop().unwrap();
    assert_eq!(
        (last.destinataire.as_str(), last.sujet.contains("refusée")),
        ("gestionnaire.82@departement-82.example", true)
    );
}

#[tokio::test]
async fn all_six_fields_are_asked_for_and_a_taken_address_is_refused() {
    let app = TestApp::monde().await;
    let gestionnaire = app.requete("82.gestionnaire").await;
    let empty = Habilitation { id: new_id(&app), convention: String::new(), personne: Default::default() };
    let names = ["civilite", "nom", "prenom", "fonction", "telephone", "courriel"];
    assert_eq!(fields(request(&app.ctx, &gestionnaire, &empty).await), names);
    let mut taken = personne("Delorme");
    taken.courriel = "gestionnaire.82@departement-82.example".to_owned();
    let taken = Habilitation { id: new_id(&app), convention: String::new(), personne: taken };
    assert_eq!(fields(request(&app.ctx, &gestionnaire, &taken).await), ["courriel"]);
    // The rules of a structure's comptes hold here too (HA-5).
    let foreign = personne("Delorme");
    let foreign = Personne { courriel: "ombeline.delorme@autre-structure.example".to_owned(), ..foreign };
    let foreign = Habilitation { id: new_id(&app), convention: String::new(), personne: foreign };
    assert_eq!(fields(request(&app.ctx, &gestionnaire, &foreign).await), ["courriel"]);
}

#[tokio::test]
async fn a_form_sent_twice_is_one_and_may_be_withdrawn_once() {
    let app = TestApp::monde().await;
    let gestionnaire = app.requete("82.gestionnaire").await;
    let saisie = Habilitation { id: new_id(&app), convention: String::new(), personne: personne("Delorme") };
    let id = request(&app.ctx, &gestionnaire, &saisie).await.unwrap();
    assert_eq!(request(&app.ctx, &gestionnaire, &saisie).await.unwrap(), id);
    let referent = app.requete("82.referent").await;
    assert_eq!(queue(&app, &referent).await.lignes.len(), 1);
    withdraw(&app.ctx, &gestionnaire, (id, 1)).await.unwrap();
    assert!(matches!(withdraw(&app.ctx, &gestionnaire, (id, 1)).await, Err(AppError::Conflit)));
    assert_eq!(queue(&app, &referent).await.lignes.len(), 0);
}

#[tokio::test]
async fn another_structure_and_another_caisse_find_nothing() {
    let app = TestApp::monde().await;
    let id = asked(&app, "82", "Delorme").await;
    for nom in ["83.gestionnaire", "83.referent"] {
        let foreign = app.requete(nom).await;
        assert!(matches!(show(&app.ctx, &foreign, id).await, Err(AppError::Introuvable)), "{nom}");
    }
    assert!(matches!(accepted(&app, "83", id).await, Err(AppError::Introuvable)));
    let technicien = app.requete("82.technicien").await;
    assert!(matches!(show(&app.ctx, &technicien, id).await, Err(AppError::Interdit(_))));
}

#[tokio::test]
async fn paper_counts_from_its_day_of_receipt() {
    let app = TestApp::monde().await;
    app.set_time("2029-02-14T09:00:00Z".parse().unwrap());
    let referent = app.requete("82.referent").await;
    let convention = convention(&app, &referent).await;
    let day = |text: &str| text.parse().unwrap();
    let paper = |recue_le| Papier { id: new_id(&app), convention, recue_le, personne: personne("Delorme") };
    assert_eq!(fields(enter(&app.ctx, &referent, &paper(day("2029-02-15"))).await), ["recue"]);
    assert_eq!(fields(enter(&app.ctx, &referent, &paper(day("2020-02-15"))).await), ["recue"]);
    enter(&app.ctx, &referent, &paper(day("2029-02-01"))).await.unwrap();
    let line = queue(&app, &referent).await.lignes.remove(0);
    assert_eq!(line.demarche.contenu.echeances[0].0.to_string(), "2029-02-08");
    assert!(line.en_retard);
    let other = app.requete("83.referent").await;
    assert!(matches!(enter(&app.ctx, &other, &paper(day("2029-02-01"))).await, Err(AppError::Introuvable)));
}

#[tokio::test]
async fn what_is_overdue_stands_first() {
    let app = TestApp::monde().await;
    let gestionnaire = app.requete("83.gestionnaire").await;
    let me = app.monde.qui("83.gestionnaire").id();
    let moved = moved(&app, me, "nouvelle.adresse@ccas-grimaud.example");
    change(&app.ctx, &gestionnaire, &moved).await.unwrap();
    let late = asked(&app, "83", "Delorme").await;
    app.advance(TimeDelta::days(20));
    let referent = app.requete("83.referent").await;
    let lines = queue(&app, &referent).await.lignes;
    assert_eq!((lines[0].demarche.id, lines[0].en_retard, lines[1].en_retard), (late, true, false));
}

fn moved(app: &TestApp, compte: domain::ids::CompteId, courriel: &str) -> Changement {
    Changement {
        id: new_id(app),
        convention: String::new(),
        compte,
        nom: "Nouveau-Nom".to_owned(),
        fonction: "Directrice".to_owned(),
        telephone: "01 99 00 99 99".to_owned(),
        courriel: courriel.to_owned(),
    }
}

#[tokio::test]
async fn a_change_is_applied_by_the_caisse_only_and_told_to_both_addresses() {
    let app = TestApp::monde().await;
    let gestionnaire = app.requete("82.gestionnaire").await;
    let me = app.monde.qui("82.gestionnaire").id();
    let id = change(&app.ctx, &gestionnaire, &moved(&app, me, "neuve@departement-82.example")).await.unwrap();
    let again = moved(&app, me, "autre@departement-82.example");
    assert_eq!(fields(change(&app.ctx, &gestionnaire, &again).await), ["compte"], "one open form of a kind");
    let tx = app.ctx.store.begin_read().await.unwrap();
    assert!(
        compte::by_courriel(&tx, "neuve@departement-82.example", app.ctx.now()).await.unwrap().is_empty(),
        "not yet"
    );
    drop(tx);
    app.run_jobs().await;
    let before = app.mails().len();
    accepted(&app, "82", id).await.unwrap();
    app.run_jobs().await;
    let mut told: Vec<String> = app.mails().split_off(before).into_iter().map(|m| m.destinataire).collect();
    told.sort();
    assert_eq!(told, ["gestionnaire.82@departement-82.example", "neuve@departement-82.example"]);
    let tx = app.ctx.store.begin_read().await.unwrap();
    assert!(
        compte::by_courriel(&tx, "gestionnaire.82@departement-82.example", app.ctx.now()).await.unwrap().is_empty()
    );
    let found = compte::by_courriel(&tx, "neuve@departement-82.example", app.ctx.now()).await.unwrap();
    assert_eq!((found[0].id, found[0].identite.nom.as_str()), (me, "Nouveau-Nom"));
    assert_eq!(found[0].etat, EtatCompte::Actif);
}

#[tokio::test]
async fn ones_own_address_may_change_its_capitals() {
    let app = TestApp::monde().await;
    let gestionnaire = app.requete("83.gestionnaire").await;
    let me = app.monde.qui("83.gestionnaire").id();
    let first = moved(&app, me, "neuve@ccas-grimaud.example");
    let id = change(&app.ctx, &gestionnaire, &first).await.unwrap();
    accepted(&app, "83", id).await.unwrap();
    let moved = moved(&app, me, "Neuve@ccas-grimaud.example");
    change(&app.ctx, &gestionnaire, &moved).await.unwrap();
}

#[tokio::test]
async fn an_address_taken_meanwhile_is_a_conflict_and_a_technicien_is_none_of_it() {
    let app = TestApp::monde().await;
    let gestionnaire = app.requete("83.gestionnaire").await;
    let me = app.monde.qui("83.gestionnaire").id();
    let technicien = app.monde.qui("83.technicien").id();
    let foreign = change(&app.ctx, &gestionnaire, &moved(&app, technicien, "x@ccas-grimaud.example")).await;
    assert!(matches!(foreign, Err(AppError::Introuvable)));
    let id = change(&app.ctx, &gestionnaire, &moved(&app, me, "ombeline.delorme@ccas-grimaud.example")).await.unwrap();
    let first = asked(&app, "83", "Delorme").await;
    accepted(&app, "83", first).await.unwrap();
    assert_eq!(fields(accepted(&app, "83", id).await), ["courriel"]);
    let tx = app.ctx.store.begin_read().await.unwrap();
    let ici = compte::by_courriel(&tx, "gestionnaire.83@essai.example", app.ctx.now()).await.unwrap()[0].rattachement;
    let Rattachement::Partenaire(_) = ici else { panic!("a structure") };
    assert_eq!(compte::count(&tx, ici, Profil::Gestionnaire, app.ctx.now()).await.unwrap(), 2);
}
