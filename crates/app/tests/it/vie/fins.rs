//! Letters, first dates, ends recorded by a person, and what happens on their day (CO-5, CO-6).

use super::*;
use app::compte::{Identifiants, sign_in};
use app::convention::{end, preview_end, receive_letter, repair};
use chrono::TimeDelta;
use domain::compte::{EtatCompte, RaisonInactif};
use domain::convention::Situation;
use domain::droits::Portee;
use domain::ids::CompteId;
use store::compte::Compte;

const VAR: &str = "001-var";

async fn compte(app: &TestApp, id: CompteId) -> Compte {
    let tx = app.ctx.store.begin_read().await.unwrap();
    store::compte::load(&tx, &Portee::Soi(id), id, app.ctx.now()).await.unwrap().unwrap()
}

async fn ends(app: &TestApp, who: &str, cle: &str, demandee: &FinDemandee<'_>) -> Result<(), AppError> {
    let requete = app.requete(who).await;
    end(&app.ctx, &requete, (cle, version(app, cle).await), demandee).await
}

#[tokio::test]
async fn the_metier_may_end_15_days_after_the_sending_and_nothing_ends_by_itself() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    let none = ends(&app, "83.referent", VAR, &asked("metier", "manquement", "2029-02-01")).await;
    assert_eq!(refused(none)[0].0, "voie");
    let future = letter("metier", "mise_en_demeure", "2029-01-09");
    let refusal = record_letter(&app.ctx, &referent, (VAR, version(&app, VAR).await), &future).await;
    assert_eq!(refused(refusal)[0].0, "envoyee_le");
    write(&app, &referent, VAR, &letter("metier", "mise_en_demeure", "2029-01-05")).await;
    let fiche = fiche(&app, &referent, VAR).await;
    let delai = fiche.lettres[0].delai.unwrap();
    assert_eq!((delai.dernier_jour_pour_reparer, delai.possible_le), (le("2029-01-20"), le("2029-01-21")));
    assert_eq!((fiche.situation, fiche.metier.0), (Situation::MiseEnDemeure, Situation::MiseEnDemeure));
    let twice = record_letter(
        &app.ctx,
        &referent,
        (VAR, version(&app, VAR).await),
        &letter("metier", "mise_en_demeure", "2029-01-06"),
    )
    .await;
    assert_eq!(refused(twice)[0].0, "nature");
    let early = ends(&app, "83.referent", VAR, &asked("metier", "manquement", "2029-01-20")).await;
    let (champ, message) = refused(early).remove(0);
    assert_eq!(champ, "le");
    assert!(message.contains("21 janvier 2029"), "{message}");
    // A year goes by: nobody acted, the convention lives.
    app.set_time(at("2029-12-31T08:00:00Z"));
    app.run_jobs().await;
    let (ctx, later) = later(&app, "83.referent");
    let fiche = sheet(&ctx, &later, VAR, None).await.unwrap();
    assert_eq!((fiche.situation, fiche.row.actes.fin_acces()), (Situation::MiseEnDemeure, None));
}

#[tokio::test]
async fn a_repaired_breach_closes_the_procedure_and_the_convention_goes_on() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    let id = write(&app, &referent, VAR, &letter("metier", "mise_en_demeure", "2029-01-05")).await;
    let at = (VAR, version(&app, VAR).await);
    let silent = repair(&app.ctx, &referent, at, (id, le("2029-01-08"), "")).await;
    assert_eq!(refused(silent)[0].0, "reparation");
    let before = repair(&app.ctx, &referent, at, (id, le("2029-01-04"), "Comptes séparés.")).await;
    assert_eq!(refused(before)[0].0, "reparee_le");
    repair(&app.ctx, &referent, at, (id, le("2029-01-08"), "Chacun a son compte.")).await.unwrap();
    let fiche = fiche(&app, &referent, VAR).await;
    assert_eq!((fiche.situation, fiche.metier.0), (Situation::Regularisee, Situation::Regularisee));
    let none = ends(&app, "83.referent", VAR, &asked("metier", "manquement", "2029-02-01")).await;
    assert_eq!(refused(none)[0].0, "voie", "no procedure is open any more");
}

#[tokio::test]
async fn the_usage_ends_30_days_after_receipt_and_a_second_letter_and_alone() {
    let app = TestApp::monde().await;
    let cle = "003-hauts-de-seine";
    let referent = app.requete("92.referent").await;
    let id = write(&app, &referent, cle, &letter("utilisation", "mise_en_demeure", "2028-12-01")).await;
    let fin = asked("utilisation", "manquement", "2029-01-08");
    let (_, message) = refused(ends(&app, "92.referent", cle, &fin).await).remove(0);
    assert!(message.contains("réception"), "{message}");
    let at = (cle, version(&app, cle).await);
    let before = receive_letter(&app.ctx, &referent, at, (id, le("2028-11-30"))).await;
    assert_eq!(refused(before)[0].0, "recue_le");
    receive_letter(&app.ctx, &referent, at, (id, le("2028-12-05"))).await.unwrap();
    let (_, message) = refused(ends(&app, "92.referent", cle, &fin).await).remove(0);
    assert!(message.contains("5 janvier 2029"), "{message}");
    // Too early: it must leave after the 30 days.
    write(&app, &referent, cle, &letter("utilisation", "seconde_lettre", "2029-01-04")).await;
    let (_, message) = refused(ends(&app, "92.referent", cle, &fin).await).remove(0);
    assert!(message.contains("partie avant la fin du délai"), "{message}");
    write(&app, &referent, cle, &letter("utilisation", "seconde_lettre", "2029-01-06")).await;
    ends(&app, "92.referent", cle, &asked("utilisation", "manquement", "2029-01-15")).await.unwrap();
    let fiche = fiche(&app, &app.requete("92.referent").await, cle).await;
    assert_eq!((fiche.metier.0, fiche.utilisation.0), (Situation::Renouvelee, Situation::Resiliee));
    let fin = fiche.row.actes.fin.unwrap();
    assert!(fin.lettre.is_some() && fin.cause == Some(domain::convention::CauseFin::Manquement));
    let again = ends(&app, "92.referent", cle, &asked("utilisation", "manquement", "2029-01-20")).await;
    assert!(refused(again)[0].1.contains("déjà enregistrée"));
}

#[tokio::test]
async fn the_moselle_ends_at_its_term_by_a_letter_of_the_window_without_breach() {
    let app = TestApp::monde().await;
    let cle = "002-moselle";
    let referent = app.requete("57.referent").await;
    let breach = record_letter(
        &app.ctx,
        &referent,
        (cle, version(&app, cle).await),
        &letter("metier", "mise_en_demeure", "2029-01-05"),
    )
    .await;
    assert_eq!(refused(breach)[0].0, "nature", "its métier has no clause of breach");
    write(&app, &referent, cle, &letter("metier", "denonciation", "2029-01-05")).await;
    let fin = asked("metier", "denonciation", "2029-11-25");
    let (_, message) = refused(ends(&app, "57.referent", cle, &fin).await).remove(0);
    assert!(message.contains("25 août 2029") && message.contains("24 novembre 2029"), "{message}");
    app.set_time(at("2029-09-03T08:00:00Z"));
    let (ctx, referent) = later(&app, "57.referent");
    let version = |app| version(app, cle);
    let sent = letter("metier", "denonciation", "2029-09-03");
    record_letter(&ctx, &referent, (cle, version(&app).await), &sent).await.unwrap();
    let wrong = asked("metier", "denonciation", "2029-11-26");
    let (champ, message) = refused(end(&ctx, &referent, (cle, version(&app).await), &wrong).await).remove(0);
    assert!(champ == "le" && message.contains("25 novembre 2029"), "{message}");
    end(&ctx, &referent, (cle, version(&app).await), &fin).await.unwrap();
    let fiche = sheet(&ctx, &referent, cle, None).await.unwrap();
    let states = (fiche.metier.0, fiche.utilisation.0, fiche.situation);
    assert_eq!(states, (Situation::Denoncee, Situation::Denoncee, Situation::Denoncee));
    assert!(!fiche.calendrier.iter().any(|e| e.nature == domain::convention::NatureEcheance::Renouvellement));
}

#[tokio::test]
async fn an_end_asks_for_a_second_factor_shown_lately() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    write(&app, &referent, VAR, &letter("metier", "mise_en_demeure", "2028-12-05")).await;
    app.advance(TimeDelta::minutes(6));
    let late =
        end(&app.ctx, &referent, (VAR, version(&app, VAR).await), &asked("metier", "manquement", "2029-02-01")).await;
    assert_eq!(refused(late)[0].0, "code");
}

#[tokio::test]
async fn a_structure_with_one_caisse_loses_every_compte_on_the_day_told_and_shown_before() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    write(&app, &referent, VAR, &letter("metier", "mise_en_demeure", "2028-12-05")).await;
    let fin = asked("metier", "manquement", "2029-02-01");
    let shown = preview_end(&app.ctx, &referent, VAR, &fin).await.unwrap();
    assert_eq!((shown.consequences.comptes.len(), shown.consequences.restent.len()), (3, 0));
    assert!(shown.consequences.comptes.iter().all(|c| !c.nom.is_empty()));
    assert_eq!(row(&app, VAR).await.actes.fin_acces(), None, "a preview records nothing");
    let mails = app.mails().len();
    ends(&app, "83.referent", VAR, &fin).await.unwrap();
    app.run_jobs().await;
    let told = subjects(&app, mails);
    for who in ["accueil@ccas-grimaud.example", "partenaires@cpam-var.example", "gestionnaire.83", "referent.83"] {
        assert!(
            told.iter().any(|t| t.starts_with(who) && t.contains("fin de convention le 1er février 2029")),
            "{who}: {told:?}"
        );
    }
    // The last minute of January in Paris: everything works.
    app.set_time(at("2029-01-31T22:58:00Z"));
    app.run_jobs().await;
    let technicien = app.monde.qui("83.technicien").id();
    assert_eq!(compte(&app, technicien).await.etat, EtatCompte::Actif);
    let session = app.requete("83.technicien").await;
    app::demande::home(&app.ctx, &session).await.unwrap();
    app.set_time(at("2029-01-31T23:00:00Z"));
    assert!(app::demande::home(&app.ctx, &session).await.unwrap().ouvertes.is_empty(), "access is computed");
    let mails = app.mails().len();
    app.run_jobs().await;
    for nom in ["83.gestionnaire", "83.technicien", "83.technicien2"] {
        let ferme = compte(&app, app.monde.qui(nom).id()).await;
        let f = ferme.fermeture.unwrap();
        assert_eq!((ferme.etat, f.raison), (EtatCompte::Inactif, RaisonInactif::FinConvention), "{nom}");
        assert_eq!(f.supprimer_le, at("2029-07-31T22:00:00Z"), "six months later, at midnight in Paris");
    }
    assert!(matches!(app::demande::home(&app.ctx, &session).await, Err(AppError::SessionFermee)));
    let saisi = Identifiants {
        identifiant: app.monde.qui("83.technicien").identifiant.clone(),
        mot_de_passe: testkit::monde::MOT_DE_PASSE.to_owned(),
        ..Identifiants::default()
    };
    assert!(sign_in(&app.ctx, &Requete::systeme("essai"), saisi).await.is_err());
    let told = subjects(&app, mails);
    assert!(told.iter().any(|t| t.starts_with("gestionnaire.83") && t.contains("accès fermé")), "{told:?}");
    // Nobody else is touched, and a second run changes nothing.
    assert_eq!(compte(&app, app.monde.qui("82.technicien").id()).await.etat, EtatCompte::Actif);
    let (mails, version) = (app.mails().len(), version(&app, VAR).await);
    app.run_jobs().await;
    assert_eq!((app.mails().len(), super::version(&app, VAR).await), (mails, version));
}

#[tokio::test]
async fn a_partner_with_two_caisses_loses_one_and_keeps_the_other() {
    let app = with_fictives().await;
    let cle = "002-moselle";
    let referent = app.requete("57.referent").await;
    let id = write(&app, &referent, cle, &letter("utilisation", "mise_en_demeure", "2028-12-01")).await;
    receive_letter(&app.ctx, &referent, (cle, version(&app, cle).await), (id, le("2028-12-04"))).await.unwrap();
    write(&app, &referent, cle, &letter("utilisation", "seconde_lettre", "2029-01-05")).await;
    let fin = asked("utilisation", "manquement", "2029-01-10");
    let shown = preview_end(&app.ctx, &referent, cle, &fin).await.unwrap();
    assert_eq!(shown.consequences.restent.len(), 1, "{:?}", shown.consequences.restent);
    let technicien = app.requete("57.technicien").await;
    assert_eq!(app::demande::home(&app.ctx, &technicien).await.unwrap().caisses.len(), 2);
    ends(&app, "57.referent", cle, &fin).await.unwrap();
    app.set_time(at("2029-01-10T09:00:00Z"));
    app.run_jobs().await;
    let technicien = app.requete("57.technicien").await;
    let home = app::demande::home(&app.ctx, &technicien).await.unwrap();
    let slugs: Vec<_> = home.caisses.iter().map(|c| c.fiche.slug.as_str()).collect();
    assert_eq!(slugs, ["meurthe-et-moselle"], "the other caisse stays open");
    assert_eq!(compte(&app, app.monde.qui("57.gestionnaire").id()).await.etat, EtatCompte::Actif);
    let told = subjects(&app, 0);
    assert!(told.iter().any(|t| t.contains("accès fermé")), "{told:?}");
    // The other one ends too: now the comptes close.
    let mut other = row(&app, "010-fictive-meurthe-et-moselle").await;
    other.actes.fin = Some(domain::convention::Fin::new(le("2029-01-12"), "essai"));
    let acteur = domain::droits::Acteur::Systeme(domain::droits::Raison::Import);
    let permis = domain::droits::systeme::permis::<domain::droits::Importer>(&acteur).unwrap();
    let tx = app.ctx.store.begin_write().await.unwrap();
    store::convention::update(&tx, &permis, &other, app.ctx.now()).await.unwrap();
    tx.commit().await.unwrap();
    app.set_time(at("2029-02-20T09:00:00Z"));
    app.run_jobs().await;
    assert_eq!(
        compte(&app, app.monde.qui("57.gestionnaire").id()).await.etat,
        EtatCompte::Inactif,
        "a missed day is caught up"
    );
}

#[tokio::test]
async fn two_nodes_at_once_and_a_worker_killed_in_between_close_once() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    write(&app, &referent, VAR, &letter("metier", "mise_en_demeure", "2028-12-05")).await;
    ends(&app, "83.referent", VAR, &asked("metier", "manquement", "2029-02-01")).await.unwrap();
    app.run_jobs().await;
    app.set_time(at("2029-02-01T09:00:00Z"));
    let before = app.mails().len();
    // Killed before its commit: a job that is dropped half-way leaves nothing behind.
    drop(tokio::time::timeout(std::time::Duration::from_micros(300), app::jobs::run_due(&app.ctx)).await);
    let nodes: Vec<_> = (0..4)
        .map(|_| {
            let ctx = app.ctx.clone();
            tokio::spawn(async move { app::jobs::run_due(&ctx).await })
        })
        .collect();
    for node in nodes {
        node.await.unwrap().unwrap();
    }
    app.run_jobs().await;
    let told = subjects(&app, before);
    let closed = told.iter().filter(|t| t.starts_with("accueil@ccas-grimaud.example") && t.contains("accès fermé"));
    assert_eq!(closed.count(), 1, "{told:?}");
    let fiche = fiche(&app, &app.requete("83.referent").await, VAR).await;
    let acts = |n| fiche.actes.iter().filter(|a| a.acte.nature == n).count();
    use store::convention::NatureActe;
    assert_eq!((acts(NatureActe::FinEffective), acts(NatureActe::ComptesInactives)), (1, 1));
}
