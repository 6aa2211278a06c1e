//! The thread between référents and the news of a caisse (PA-5).

use super::{champs, le, told};
use app::AppError;
use app::partenaire::{ActualiteSaisie, archive, mark_read, publish, sheet, thread, unread, withdraw, write};
use testkit::TestApp;

const CLE: &str = "001-var";

#[tokio::test]
async fn both_sides_write_are_told_by_mail_and_see_what_is_new_once() {
    let app = TestApp::monde().await;
    let (referent, gestionnaire) = (app.requete("83.referent").await, app.requete("83.gestionnaire").await);
    let before = app.mails().len();
    write(&app.ctx, &referent, CLE, "Le service à contacter pour l’AME change en février.").await.unwrap();
    app.run_jobs().await;
    let first = told(&app, before);
    assert!(first.iter().any(|(to, _)| to == "gestionnaire.83@essai.example"), "{first:?}");
    assert!(first.iter().all(|(to, _)| !to.contains("cpam-var")), "not one’s own side: {first:?}");
    assert!(app.mails()[before..].iter().all(|m| !m.corps.contains("AME")), "a mail says that, not what");
    assert_eq!(sheet(&app.ctx, &gestionnaire, CLE).await.unwrap().non_lus, 1);
    let fil = thread(&app.ctx, &gestionnaire, CLE, None).await.unwrap();
    assert!(fil.lignes[0].nouvelle && !fil.au_bureau);
    assert_eq!(sheet(&app.ctx, &gestionnaire, CLE).await.unwrap().non_lus, 0);
    assert!(!thread(&app.ctx, &gestionnaire, CLE, None).await.unwrap().lignes[0].nouvelle, "once");
    app.advance(chrono::TimeDelta::minutes(1));
    write(&app.ctx, &gestionnaire, CLE, "Merci, nous prévenons l’équipe.").await.unwrap();
    assert_eq!(sheet(&app.ctx, &referent, CLE).await.unwrap().non_lus, 1);
    let texts: Vec<String> =
        thread(&app.ctx, &referent, CLE, None).await.unwrap().lignes.into_iter().map(|l| l.texte).collect();
    assert_eq!(texts[0], "Merci, nous prévenons l’équipe.");
}

#[tokio::test]
async fn nothing_on_an_assure_is_written_and_nobody_else_reads() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    for texte in ["", "Le 1 85 05 78 006 084 91 n’a rien reçu", "Où en est EP-M3FJ-C7RP-TW5 ?"] {
        assert_eq!(champs(write(&app.ctx, &referent, CLE, texte).await), ["texte"], "{texte}");
    }
    for (nobody, unknown) in
        [("57.referent", true), ("82.gestionnaire", true), ("83.technicien", false), ("83.superviseur", false)]
    {
        let read = thread(&app.ctx, &app.requete(nobody).await, CLE, None).await;
        assert_eq!(matches!(read, Err(AppError::Introuvable)), unknown, "{nobody}");
        assert!(unknown || matches!(read, Err(AppError::Interdit(_))), "{nobody}");
    }
}

#[tokio::test]
async fn a_long_thread_is_read_page_by_page() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    for n in 0..30 {
        write(&app.ctx, &referent, CLE, &format!("Ligne {n}")).await.unwrap();
    }
    let first = thread(&app.ctx, &referent, CLE, None).await.unwrap();
    let second = thread(&app.ctx, &referent, CLE, first.suite.as_ref()).await.unwrap();
    assert_eq!((first.lignes.len(), second.lignes.len(), second.suite), (25, 5, None));
    assert_eq!((first.lignes[0].texte.as_str(), second.lignes[4].texte.as_str()), ("Ligne 29", "Ligne 0"));
}

fn saisie() -> ActualiteSaisie {
    ActualiteSaisie {
        titre: "Un webinaire le 20 janvier".into(),
        texte: "Inscription auprès de votre référent.".into(),
        jusqu_au: Some(le("2029-01-20")),
    }
}

#[tokio::test]
async fn news_is_sent_to_the_unique_address_and_shown_until_read() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    let before = app.mails().len();
    publish(&app.ctx, &referent, &saisie()).await.unwrap();
    app.run_jobs().await;
    let told = told(&app, before);
    assert_eq!(told.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(), ["accueil@ccas-grimaud.example"]);
    assert!(app.mails()[before].corps.contains("Inscription auprès de votre référent."));
    for nom in ["83.gestionnaire", "83.technicien"] {
        let reader = app.requete(nom).await;
        let news = unread(&app.ctx, &reader).await.unwrap().lignes;
        assert_eq!(news.len(), 1, "{nom}");
        mark_read(&app.ctx, &reader, news[0].1.id).await.unwrap();
        assert!(unread(&app.ctx, &reader).await.unwrap().lignes.is_empty(), "{nom} has read it");
        assert_eq!(archive(&app.ctx, &reader, None).await.unwrap().lignes.len(), 1, "and finds it again");
    }
    for nobody in ["82.gestionnaire", "83.agent"] {
        assert!(unread(&app.ctx, &app.requete(nobody).await).await.unwrap().lignes.is_empty(), "{nobody}");
    }
}

#[tokio::test]
async fn news_ends_on_its_day_is_taken_back_by_its_caisse_and_published_by_its_referent_alone() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    let empty = ActualiteSaisie { jusqu_au: Some(le("2029-01-07")), ..ActualiteSaisie::default() };
    assert_eq!(champs(publish(&app.ctx, &referent, &empty).await), ["titre", "texte", "jusqu_au"]);
    publish(&app.ctx, &referent, &saisie()).await.unwrap();
    app.set_time("2029-01-20T22:59:00Z".parse().unwrap());
    assert_eq!(unread(&app.ctx, &app.requete("83.technicien").await).await.unwrap().lignes.len(), 1, "the last day");
    app.set_time("2029-01-20T23:00:00Z".parse().unwrap());
    let technicien = app.requete("83.technicien").await;
    assert!(unread(&app.ctx, &technicien).await.unwrap().lignes.is_empty(), "midnight in Paris");
    let open = ActualiteSaisie { jusqu_au: None, ..saisie() };
    let referent = app.requete("83.referent").await;
    publish(&app.ctx, &referent, &open).await.unwrap();
    let id = unread(&app.ctx, &technicien).await.unwrap().lignes[0].1.id;
    let other = app.requete("57.referent").await;
    assert!(matches!(withdraw(&app.ctx, &other, id).await, Err(AppError::Introuvable)));
    assert!(matches!(mark_read(&app.ctx, &app.requete("82.technicien").await, id).await, Err(AppError::Introuvable)));
    withdraw(&app.ctx, &referent, id).await.unwrap();
    assert!(unread(&app.ctx, &technicien).await.unwrap().lignes.is_empty());
    for nobody in ["83.gestionnaire", "83.agent", "83.responsable"] {
        let refused = publish(&app.ctx, &app.requete(nobody).await, &open).await;
        assert!(matches!(refused, Err(AppError::Interdit(_))), "{nobody}");
    }
}
