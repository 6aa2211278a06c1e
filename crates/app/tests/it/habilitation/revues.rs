//! Reviews of comptes (HA-12).

use super::convention;
use super::fields;
use app::compte::{Identite, Invitation, Par, invite};
use app::partenaire::{CoupureSaisie, Reprise, cut, lift};
use app::revue::{Fiche, Reponse, Vue, answer, begin, csv, demand, imprime, list, set_rhythm, show};
use app::{AppError, Requete};
use chrono::TimeDelta;
use domain::compte::attestations::Attestation;
use domain::compte::{EtatCompte, Profil, RaisonInactif};
use domain::droits::{Portee, Raison};
use domain::habilitation::{Decision, EtatRevue};
use domain::ids::CompteId;
use store::compte;
use store::revue::Sujet;
use testkit::TestApp;

fn answered(fiche: &Fiche, closed: &[CompteId]) -> Reponse {
    let decision = |id| if closed.contains(&id) { Decision::Inactiver } else { Decision::Conserver };
    Reponse {
        version: fiche.revue.version,
        decisions: fiche.lignes.iter().map(|l| (l.compte, decision(l.compte))).collect(),
        attestations: Attestation::TOUTES.to_vec(),
    }
}

async fn etat(app: &TestApp, id: CompteId) -> EtatCompte {
    let tx = app.ctx.store.begin_read().await.unwrap();
    compte::load(&tx, &Portee::Soi(id), id, app.ctx.now()).await.unwrap().unwrap().etat
}

/// As many techniciens as the convention of 82 allows: 25.
async fn filled(app: &TestApp) {
    let tx = app.ctx.store.begin_read().await.unwrap();
    let me = app.monde.qui("82.gestionnaire").id();
    let rattachement = compte::load(&tx, &Portee::Soi(me), me, app.ctx.now()).await.unwrap().unwrap().rattachement;
    drop(tx);
    for rang in 0..23_u8 {
        let lettre = char::from(b'a' + rang);
        let identite = Identite {
            nom: format!("Essai {lettre}"),
            prenom: "Camille".to_owned(),
            courriel: format!("essai.{lettre}@departement-82.example"),
            telephone: None,
            fonction: None,
        };
        let invitation = Invitation { profil: Profil::Technicien, rattachement, identite, services: Vec::new() };
        invite(&app.ctx, &Requete::systeme("essai"), Par::Systeme(Raison::Demonstration), &invitation).await.unwrap();
    }
}

#[tokio::test]
async fn a_structure_of_twenty_five_techniciens_is_reviewed_on_one_page() {
    let app = TestApp::monde().await;
    filled(&app).await;
    let gestionnaire = app.requete("82.gestionnaire").await;
    let id = begin(&app.ctx, &gestionnaire).await.unwrap();
    assert_eq!(begin(&app.ctx, &gestionnaire).await.unwrap(), id, "one at a time");
    let fiche = show(&app.ctx, &gestionnaire, id).await.unwrap();
    assert_eq!(fiche.lignes.len(), 26);
    let leaving = app.monde.qui("82.technicien2").id();
    let session = app.requete("82.technicien2").await;
    answer(&app.ctx, &gestionnaire, id, &answered(&fiche, &[leaving])).await.unwrap();
    assert_eq!(etat(&app, leaving).await, EtatCompte::Inactif);
    assert_eq!(etat(&app, app.monde.qui("82.technicien").id()).await, EtatCompte::Actif);
    let ended = app::demande::home(&app.ctx, &session).await;
    assert!(matches!(ended, Err(AppError::SessionFermee)), "its session ended");
    let fiche = show(&app.ctx, &gestionnaire, id).await.unwrap();
    assert_eq!(fiche.revue.etat, EtatRevue::Attestee);
    let table = csv(&fiche).unwrap();
    assert_eq!(table.lines().count(), 27, "{table}");
    assert_eq!(table.matches("Inactivé").count(), 1);
    let text = format!("{:?}", imprime(&fiche).unwrap());
    assert!(Attestation::TOUTES.iter().all(|a| text.contains(a.texte_de_revue())), "{text}");
    let twice = answer(&app.ctx, &gestionnaire, id, &answered(&fiche, &[])).await;
    assert!(matches!(twice, Err(AppError::Conflit)));
}

#[tokio::test]
async fn every_compte_has_a_decision_and_every_attestation_is_given_again() {
    let app = TestApp::monde().await;
    let gestionnaire = app.requete("82.gestionnaire").await;
    let id = begin(&app.ctx, &gestionnaire).await.unwrap();
    let fiche = show(&app.ctx, &gestionnaire, id).await.unwrap();
    let mut partial = answered(&fiche, &[]);
    let technicien = app.monde.qui("82.technicien").id();
    partial.decisions.remove(&technicien);
    partial.attestations.pop();
    assert_eq!(
        fields(answer(&app.ctx, &gestionnaire, id, &partial).await),
        [format!("decision_{technicien}"), "attestations".to_owned()]
    );
    let me = app.monde.qui("82.gestionnaire").id();
    let oneself = answer(&app.ctx, &gestionnaire, id, &answered(&fiche, &[me])).await;
    assert!(matches!(oneself, Err(AppError::Interdit(_))), "nobody acts on himself");
    // A compte that came in between is not passed over.
    filled(&app).await;
    let stale = answer(&app.ctx, &gestionnaire, id, &answered(&fiche, &[])).await;
    assert_eq!(fields(stale).len(), 23);
    for nom in ["83.gestionnaire", "83.referent", "82.administrateur"] {
        let other = app.requete(nom).await;
        assert!(matches!(show(&app.ctx, &other, id).await, Err(AppError::Introuvable)), "{nom}");
    }
}

#[tokio::test]
async fn reviews_open_every_six_months_remind_and_stand_late_at_the_caisse() {
    let app = TestApp::monde().await;
    app.run_jobs().await;
    let start = app.ctx.now();
    let subjects = |app: &TestApp, part: &str| app.mails().iter().filter(|m| m.sujet.contains(part)).count();
    app.set_time(start + TimeDelta::days(170));
    app.run_jobs().await;
    assert_eq!(subjects(&app, "revue d’habilitation à faire"), 0);
    app.set_time(start + TimeDelta::days(190));
    app.run_jobs().await;
    let opened = subjects(&app, "revue d’habilitation à faire");
    assert!(opened > 0);
    app.run_jobs().await;
    assert_eq!(subjects(&app, "revue d’habilitation à faire"), opened, "twice is harmless");
    app.set_time(start + TimeDelta::days(190 + 24));
    app.run_jobs().await;
    app.run_jobs().await;
    let reminded = subjects(&app, "rappel, revue");
    assert_eq!(reminded, opened, "one reminder each");
    app.set_time(start + TimeDelta::days(190 + 38));
    app.run_jobs().await;
    assert_eq!(subjects(&app, "en retard"), opened);
    // Who signs in after so long must choose another password first: the lists are read as they lie.
    let portee = Portee::Caisse(app.caisse("tarn-et-garonne").await);
    let tx = app.ctx.store.begin_read().await.unwrap();
    for sujet in [Sujet::Structures, Sujet::Bureau] {
        let late = store::revue::list(&tx, (&portee, sujet), Vue::Ouvertes, None, 10).await.unwrap();
        assert_eq!(late.len(), 1, "{sujet:?}");
        assert!(late[0].echeance < app.ctx.now().date_naive() && late[0].rappels == 3, "{late:?}");
    }
}

#[tokio::test]
async fn the_caisse_asks_for_a_review_and_sets_its_rhythm() {
    let app = TestApp::monde().await;
    app.run_jobs().await;
    let referent = app.requete("82.referent").await;
    let convention = convention(&app, &referent).await;
    let past = demand(&app.ctx, &referent, convention, app.ctx.now().date_naive()).await;
    assert_eq!(fields(past), ["echeance"]);
    let due = app.ctx.now().date_naive() + TimeDelta::days(10);
    let id = demand(&app.ctx, &referent, convention, due).await.unwrap();
    assert_eq!(fields(demand(&app.ctx, &referent, convention, due).await), ["convention"]);
    let gestionnaire = app.requete("82.gestionnaire").await;
    let fiche = show(&app.ctx, &gestionnaire, id).await.unwrap();
    answer(&app.ctx, &gestionnaire, id, &answered(&fiche, &[])).await.unwrap();
    assert_eq!(fields(set_rhythm(&app.ctx, &referent, Some(convention), "13").await), ["mois"]);
    set_rhythm(&app.ctx, &referent, Some(convention), "2").await.unwrap();
    app.advance(TimeDelta::days(63));
    app.run_jobs().await;
    let gestionnaire = app.requete("82.gestionnaire").await;
    assert_eq!(list(&app.ctx, &gestionnaire, Vue::Ouvertes, None).await.unwrap().revues.len(), 1, "after two months");
    let other = app.requete("83.referent").await;
    let foreign = set_rhythm(&app.ctx, &other, Some(convention), "2").await;
    assert!(matches!(foreign, Err(AppError::Introuvable)));
    let local = app.requete("82.administrateur").await;
    assert_eq!(fields(set_rhythm(&app.ctx, &local, None, "7").await), ["mois"], "twice a year at least");
}

#[tokio::test]
async fn the_desk_is_reviewed_by_its_administrateur_local() {
    let app = TestApp::monde().await;
    let local = app.requete("82.administrateur").await;
    let id = begin(&app.ctx, &local).await.unwrap();
    let fiche = show(&app.ctx, &local, id).await.unwrap();
    assert_eq!(fiche.lignes.len(), 8);
    let agent = app.monde.qui("82.agent2").id();
    let mut reponse = answered(&fiche, &[agent]);
    reponse.attestations.clear();
    answer(&app.ctx, &local, id, &reponse).await.unwrap();
    let tx = app.ctx.store.begin_read().await.unwrap();
    let closed = compte::load(&tx, &Portee::Soi(agent), agent, app.ctx.now()).await.unwrap().unwrap();
    assert_eq!(closed.fermeture.unwrap().raison, RaisonInactif::Revue);
    let referent = app.requete("82.referent").await;
    assert!(matches!(show(&app.ctx, &referent, id).await, Err(AppError::Introuvable)));
}

#[tokio::test]
async fn a_structure_under_two_conventions_begins_one_review_for_each_and_answers_once() {
    let app = TestApp::monde().await;
    app.with_fictives().await;
    let gestionnaire = app.requete("57.gestionnaire").await;
    let id = begin(&app.ctx, &gestionnaire).await.unwrap();
    assert_eq!(begin(&app.ctx, &gestionnaire).await.unwrap(), id);
    let open = list(&app.ctx, &gestionnaire, Vue::Ouvertes, None).await.unwrap().revues;
    assert_eq!(open.len(), 2, "one for each caisse");
    let fiche = show(&app.ctx, &gestionnaire, id).await.unwrap();
    answer(&app.ctx, &gestionnaire, id, &answered(&fiche, &[])).await.unwrap();
    assert!(list(&app.ctx, &gestionnaire, Vue::Ouvertes, None).await.unwrap().revues.is_empty());
}

#[tokio::test]
async fn reminders_wait_while_a_structure_is_cut_or_frozen_and_go_on_when_it_is_lifted() {
    let app = TestApp::monde().await;
    app.with_fictives().await;
    app.run_jobs().await;
    let gestionnaire = app.requete("57.gestionnaire").await;
    begin(&app.ctx, &gestionnaire).await.unwrap();
    let referent = app.requete("57.referent").await;
    let today = app.ctx.now().date_naive();
    let saisie = CoupureSaisie {
        motif: "Usage contraire aux conditions générales".into(),
        par: "Le Directeur de la caisse".into(),
        le: Some(today),
        moyen: "Lettre recommandée".into(),
        numero: "1A 234".into(),
        envoyee_le: Some(today),
    };
    cut(&app.ctx, &referent, "002-moselle", &saisie).await.unwrap();
    let reminded = async || {
        app.run_jobs().await;
        app.mails().iter().filter(|m| m.sujet.contains("rappel, revue") || m.sujet.contains("en retard")).count()
    };
    for days in [23, 6, 5] {
        app.advance(TimeDelta::days(days));
        assert_eq!(reminded().await, 0, "nobody can answer");
    }
    let referent = app.requete("57.referent").await;
    lift(&app.ctx, &referent, "002-moselle", &Reprise { motif: "La structure a remédié".into() }).await.unwrap();
    let first = reminded().await;
    assert!(first > 0, "the last of those that were due");
    assert_eq!(reminded().await, first, "once");
    app.advance(TimeDelta::days(4));
    assert_eq!(reminded().await, 2 * first, "and the next on its day");
}

#[tokio::test]
async fn a_review_without_one_of_the_three_attestations_is_refused_at_the_field_and_with_them_they_are_in_its_table() {
    let app = TestApp::monde().await;
    let gestionnaire = app.requete("83.gestionnaire").await;
    let id = begin(&app.ctx, &gestionnaire).await.unwrap();
    let fiche = show(&app.ctx, &gestionnaire, id).await.unwrap();
    for missing in Attestation::TOUTES {
        let mut partial = answered(&fiche, &[]);
        partial.attestations.retain(|a| *a != missing);
        assert_eq!(fields(answer(&app.ctx, &gestionnaire, id, &partial).await), ["attestations"], "{missing:?}");
    }
    assert_eq!(show(&app.ctx, &gestionnaire, id).await.unwrap().revue.etat, EtatRevue::Ouverte);
    app.set_time("2029-01-20T16:30:00Z".parse().unwrap());
    let gestionnaire = app.requete("83.gestionnaire").await;
    answer(&app.ctx, &gestionnaire, id, &answered(&fiche, &[])).await.unwrap();
    let fiche = show(&app.ctx, &gestionnaire, id).await.unwrap();
    let kept = fiche.preuve.clone().unwrap().contenu;
    let said = |label: &str| kept.iter().filter(|(l, _)| l == label).map(|(_, v)| v.as_str()).collect::<Vec<_>>();
    assert_eq!(said("Attestation"), Attestation::TOUTES.map(Attestation::texte_de_revue));
    assert_eq!(said("Version du texte"), [Attestation::VERSION]);
    assert!(said("Attestée le")[0].starts_with("20 janvier 2029"), "{kept:?}");
    assert!(said("Attestée par")[0].len() > 3 && said("Compte").len() == 3, "{kept:?}");
    let printed = format!("{:?}", imprime(&fiche).unwrap());
    for phrase in Attestation::TOUTES.map(Attestation::texte_de_revue) {
        assert!(printed.contains(phrase), "{phrase}");
    }
}

#[tokio::test]
async fn a_review_under_an_ended_convention_is_late_for_nobody() {
    let app = TestApp::monde().await;
    let referent = app.requete("82.referent").await;
    let convention = convention(&app, &referent).await;
    let due = app.ctx.now().date_naive() + TimeDelta::days(5);
    demand(&app.ctx, &referent, convention, due).await.unwrap();
    assert_eq!(list(&app.ctx, &referent, Vue::Ouvertes, None).await.unwrap().revues.len(), 1);
    super::preuves::ended(&app, app.ctx.now().date_naive()).await;
    assert!(list(&app.ctx, &referent, Vue::Ouvertes, None).await.unwrap().revues.is_empty());
    app.advance(TimeDelta::days(20));
    app.run_jobs().await;
    let reminded =
        app.mails().iter().filter(|m| m.sujet.contains("rappel, revue") || m.sujet.contains("en retard")).count();
    assert_eq!(reminded, 0);
}
