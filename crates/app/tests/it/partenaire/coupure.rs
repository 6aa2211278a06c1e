//! A caisse cuts a structure: at once, everywhere, with proofs; each other caisse decides for itself (PA-3).

use super::{champs, convention, le, live, preuves, projet, told};
use app::AppError;
use app::compte::load_acteur;
use app::partenaire::{CoupureSaisie, Reprise, cut, lift, note_receipt, preview, reopen};
use app::{Requete, compte};
use domain::compte::Profil;
use domain::droits::Rattachement;
use domain::preuve::Nature;
use testkit::TestApp;
use testkit::monde::MOT_DE_PASSE;

fn saisie() -> CoupureSaisie {
    CoupureSaisie {
        motif: "Usage contraire aux conditions générales".into(),
        par: "Le Directeur de la caisse".into(),
        le: Some(le("2029-01-07")),
        moyen: "Lettre recommandée".into(),
        numero: "1A 234 567 8901 2".into(),
        envoyee_le: Some(le("2029-01-08")),
    }
}

fn reprise() -> Reprise {
    Reprise { motif: "La structure a remédié".into() }
}

/// Whether a session still acts.
async fn acts(app: &TestApp, requete: &Requete) -> bool {
    let tx = app.ctx.store.begin_read().await.unwrap();
    load_acteur(&app.ctx, &tx, requete).await.is_ok()
}

/// What somebody who signs in with both factors is told.
async fn sign_in(app: &TestApp, nom: &str) -> Result<(), AppError> {
    let persona = app.monde.qui(nom);
    let saisi = compte::Identifiants {
        identifiant: persona.identifiant.clone(),
        mot_de_passe: MOT_DE_PASSE.to_owned(),
        ..compte::Identifiants::default()
    };
    let ouverture = compte::sign_in(&app.ctx, &Requete::systeme("essai"), saisi).await?;
    let appelant = Some(app::Appelant::Session(compte::jeton::empreinte(&ouverture.jeton)));
    let requete = Requete { appelant, ..Requete::systeme("essai") };
    compte::second_factor(&app.ctx, &requete, &app.code(&persona.secret)).await.map(drop)
}

#[tokio::test]
async fn a_cut_closes_access_and_sessions_at_once_and_signing_in_tells_whom_to_call_and_not_why() {
    let app = TestApp::monde().await;
    let (technicien, gestionnaire) = (app.requete("83.technicien").await, app.requete("83.gestionnaire").await);
    let referent = app.requete("83.referent").await;
    let apercu = preview(&app.ctx, &referent, "001-var").await.unwrap();
    assert_eq!((apercu.gestionnaires, apercu.techniciens, apercu.autres.len()), (1, 2, 0));
    assert!(acts(&app, &technicien).await && acts(&app, &gestionnaire).await);
    let before = app.mails().len();
    cut(&app.ctx, &referent, "001-var", &saisie()).await.unwrap();
    assert!(!acts(&app, &technicien).await && !acts(&app, &gestionnaire).await, "at the next request");
    for nom in ["83.technicien", "83.gestionnaire"] {
        match sign_in(&app, nom).await {
            Err(AppError::StructureArretee(arret)) => {
                assert_eq!(arret.contacts[0].courriel.as_deref(), Some("honorine.castelbrun@cpam-var.example"));
                assert_eq!(arret.contacts[0].telephone.as_deref(), Some("04 65 71 10 21"));
                assert!(!format!("{arret:?}").contains("contraire"), "the reason stays between caisse and structure");
            }
            other => panic!("{nom}: {other:?}"),
        }
    }
    assert!(sign_in(&app, "82.technicien").await.is_ok(), "nobody else is touched");
    app.run_jobs().await;
    let told = told(&app, before);
    assert!(told.iter().any(|(to, _)| to == "accueil@ccas-grimaud.example"), "{told:?}");
    let natures: Vec<Nature> = preuves(&app, "001-var").await.iter().map(|p| p.nature).collect();
    assert_eq!(natures[..2], [Nature::Notice, Nature::Decision]);
    assert!(natures[2..].iter().all(|n| *n == Nature::Attestation), "what was accepted before: {natures:?}");
    let notice = &preuves(&app, "001-var").await[0].contenu;
    assert!(notice.iter().any(|(nom, valeur)| nom == "Numéro" && valeur == "1A 234 567 8901 2"), "{notice:?}");
    assert!(matches!(cut(&app.ctx, &referent, "001-var", &saisie()).await, Err(AppError::Conflit)), "once");
}

#[tokio::test]
async fn sessions_of_before_a_cut_do_not_come_back_when_it_is_lifted() {
    let app = TestApp::monde().await;
    let (technicien, referent) = (app.requete("83.technicien").await, app.requete("83.referent").await);
    assert!(acts(&app, &technicien).await);
    cut(&app.ctx, &referent, "001-var", &saisie()).await.unwrap();
    lift(&app.ctx, &referent, "001-var", &reprise()).await.unwrap();
    assert!(!acts(&app, &technicien).await, "it ended with the cut");
    sign_in(&app, "83.technicien").await.unwrap();
}

#[tokio::test]
async fn a_session_left_open_by_hand_does_not_act_either() {
    let app = TestApp::monde().await;
    let technicien = app.requete("83.technicien").await;
    let mut c = convention(&app, "001-var").await;
    c.actes.coupee_le = Some(le("2029-01-08"));
    let systeme = domain::droits::Acteur::Systeme(domain::droits::Raison::Import);
    let permis = domain::droits::systeme::permis::<domain::droits::Importer>(&systeme);
    let tx = app.ctx.store.begin_write().await.unwrap();
    store::convention::update(&tx, &permis.unwrap(), &c, app.ctx.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!acts(&app, &technicien).await, "the session is there, the structure is stopped");
}

#[tokio::test]
async fn with_two_caisses_comptes_freeze_everywhere_and_each_decides_for_itself() {
    let mut app = TestApp::monde().await;
    app.with_fictives().await;
    let caisse = convention(&app, "010-fictive-meurthe-et-moselle").await.caisse;
    app.enter("54.referent", Profil::Referent, Rattachement::Caisse(caisse)).await;
    let (moselle, meurthe) = (app.requete("57.referent").await, app.requete("54.referent").await);
    let apercu = preview(&app.ctx, &moselle, "002-moselle").await.unwrap();
    assert_eq!(apercu.autres, ["CPAM de Meurthe-et-Moselle"]);
    let before = app.mails().len();
    cut(&app.ctx, &moselle, "002-moselle", &saisie()).await.unwrap();
    app.run_jobs().await;
    assert!(told(&app, before).iter().any(|(to, sujet)| to == "partenaires@cpam-meurthe-et-moselle.example"
        && sujet.contains("votre décision est attendue")));
    let contacts = match sign_in(&app, "57.technicien").await {
        Err(AppError::StructureArretee(arret)) => arret.contacts.len(),
        other => panic!("{other:?}"),
    };
    assert_eq!(contacts, 2, "both caisses may be called");
    assert!(matches!(lift(&app.ctx, &meurthe, "002-moselle", &reprise()).await, Err(AppError::Introuvable)));
    let theirs = "010-fictive-meurthe-et-moselle";
    assert!(matches!(lift(&app.ctx, &meurthe, theirs, &reprise()).await, Err(AppError::Conflit)), "nothing to lift");
    reopen(&app.ctx, &meurthe, theirs, &reprise()).await.unwrap();
    sign_in(&app, "57.technicien").await.unwrap();
    let technicien = app.requete("57.technicien").await;
    let tx = app.ctx.store.begin_read().await.unwrap();
    let acteur = load_acteur(&app.ctx, &tx, &technicien).await.unwrap();
    assert_eq!(acteur.acces.iter().map(|a| a.caisse).collect::<Vec<_>>(), [caisse], "that caisse alone");
    drop(tx);
    lift(&app.ctx, &moselle, "002-moselle", &reprise()).await.unwrap();
    let tx = app.ctx.store.begin_read().await.unwrap();
    assert_eq!(load_acteur(&app.ctx, &tx, &technicien).await.unwrap().acces.len(), 2);
}

#[tokio::test]
async fn lifting_ends_the_freezes_that_came_from_the_cut() {
    let app = TestApp::monde().await;
    app.with_fictives().await;
    let referent = app.requete("57.referent").await;
    cut(&app.ctx, &referent, "002-moselle", &saisie()).await.unwrap();
    assert!(convention(&app, "010-fictive-meurthe-et-moselle").await.actes.gel.is_some());
    lift(&app.ctx, &referent, "002-moselle", &reprise()).await.unwrap();
    assert!(convention(&app, "010-fictive-meurthe-et-moselle").await.actes.gel.is_none());
    assert!(sign_in(&app, "57.technicien").await.is_ok());
    assert!(matches!(lift(&app.ctx, &referent, "002-moselle", &reprise()).await, Err(AppError::Conflit)));
    cut(&app.ctx, &referent, "002-moselle", &saisie()).await.unwrap();
}

#[tokio::test]
async fn every_field_is_asked_for_and_the_notice_is_proved_to_have_been_received() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    let told = champs(cut(&app.ctx, &referent, "001-var", &CoupureSaisie::default()).await);
    assert_eq!(told, ["motif", "par", "moyen", "numero", "le", "envoyee_le"]);
    let early = CoupureSaisie { envoyee_le: Some(le("2029-01-06")), ..saisie() };
    assert_eq!(champs(cut(&app.ctx, &referent, "001-var", &early).await), ["envoyee_le"]);
    let nir = CoupureSaisie { motif: "Le dossier 1 85 05 78 006 084 91".into(), ..saisie() };
    assert_eq!(champs(cut(&app.ctx, &referent, "001-var", &nir).await), ["motif"]);
    let receipt = note_receipt(&app.ctx, &referent, "001-var", le("2029-01-08")).await;
    assert!(matches!(receipt, Err(AppError::Conflit)), "nothing is cut");
    cut(&app.ctx, &referent, "001-var", &saisie()).await.unwrap();
    for day in ["2029-01-07", "2029-01-09"] {
        assert_eq!(champs(note_receipt(&app.ctx, &referent, "001-var", le(day)).await), ["recue_le"], "{day}");
    }
    note_receipt(&app.ctx, &referent, "001-var", le("2029-01-08")).await.unwrap();
    let contenu = &preuves(&app, "001-var").await[0].contenu;
    assert!(contenu.contains(&("Reçue le".to_owned(), "8 janvier 2029".to_owned())), "{contenu:?}");
    let again = note_receipt(&app.ctx, &referent, "001-var", le("2029-01-08")).await;
    assert!(matches!(again, Err(AppError::Conflit)), "once");
}

#[tokio::test]
async fn an_old_second_factor_is_asked_for_again_and_others_may_not() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    app.advance(chrono::TimeDelta::minutes(6));
    assert_eq!(champs(cut(&app.ctx, &referent, "001-var", &saisie()).await), ["code"]);
    for (nobody, expected) in [("83.agent", false), ("83.gestionnaire", false), ("57.referent", true)] {
        let refused = cut(&app.ctx, &app.requete(nobody).await, "001-var", &saisie()).await;
        assert_eq!(matches!(refused, Err(AppError::Introuvable)), expected, "{nobody}: {refused:?}");
        assert_eq!(matches!(refused, Err(AppError::Interdit(_))), !expected, "{nobody}: {refused:?}");
    }
}

#[tokio::test]
async fn a_project_with_a_known_structure_cuts_and_freezes_nothing() {
    let app = TestApp::monde().await;
    let cle = projet(&app, "83.referent", "002-moselle").await;
    let referent = app.requete("83.referent").await;
    assert!(!preview(&app.ctx, &referent, &cle).await.unwrap().en_cours);
    assert_eq!(champs(cut(&app.ctx, &referent, &cle, &saisie()).await), ["convention"]);
    assert!(convention(&app, "002-moselle").await.actes.gel.is_none());
    assert!(sign_in(&app, "57.technicien").await.is_ok());
    live(&app, &cle, "002-moselle").await;
    let mut ended = convention(&app, &cle).await;
    ended.actes.fin = Some(domain::convention::Fin::new(le("2029-01-08"), "fin"));
    super::overwrite(&app, &ended).await;
    assert_eq!(champs(cut(&app.ctx, &referent, &cle, &saisie()).await), ["convention"], "nor does one that ended");
}

#[tokio::test]
async fn a_freeze_stays_while_any_other_caisse_s_cut_holds() {
    let app = TestApp::monde().await;
    app.with_fictives().await;
    let var = projet(&app, "83.referent", "002-moselle").await;
    live(&app, &var, "002-moselle").await;
    let (moselle, referent) = (app.requete("57.referent").await, app.requete("83.referent").await);
    let gel = async || convention(&app, "010-fictive-meurthe-et-moselle").await.actes.gel.map(|gel| gel.par);
    cut(&app.ctx, &moselle, "002-moselle", &saisie()).await.unwrap();
    cut(&app.ctx, &referent, &var, &saisie()).await.unwrap();
    assert_eq!(gel().await.as_deref(), Some("moselle"));
    app.run_jobs().await;
    let before = app.mails().len();
    lift(&app.ctx, &moselle, "002-moselle", &reprise()).await.unwrap();
    assert_eq!(gel().await.as_deref(), Some("var"), "the freeze passes to the cut that holds");
    app.run_jobs().await;
    let told = told(&app, before);
    let third = told.iter().filter(|(to, _)| to == "partenaires@cpam-meurthe-et-moselle.example");
    assert!(third.map(|(_, sujet)| sujet).all(|s| s.contains("votre décision est attendue")), "{told:?}");
    lift(&app.ctx, &referent, &var, &reprise()).await.unwrap();
    assert_eq!(gel().await, None);
}

#[tokio::test]
async fn a_convention_activated_while_another_caisse_s_cut_holds_is_frozen_from_the_start() {
    let app = TestApp::monde().await;
    app::convention::import(&app.ctx, &testkit::demo::fictives(), false).await.unwrap();
    let moselle = app.requete("57.referent").await;
    cut(&app.ctx, &moselle, "002-moselle", &saisie()).await.unwrap();
    let theirs = "010-fictive-meurthe-et-moselle";
    assert!(convention(&app, theirs).await.actes.gel.is_none());
    let raison = domain::droits::Raison::Demonstration;
    app::convention::activate(&app.ctx, raison, theirs, le("2029-01-08")).await.unwrap();
    assert_eq!(convention(&app, theirs).await.actes.gel.map(|gel| gel.par).as_deref(), Some("moselle"));
    assert!(sign_in(&app, "57.technicien").await.is_err());
    lift(&app.ctx, &moselle, "002-moselle", &reprise()).await.unwrap();
    assert!(convention(&app, theirs).await.actes.gel.is_none());
}
