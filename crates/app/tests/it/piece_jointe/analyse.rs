use super::{attach, draft, fichier, list};
use crate::demande::Scene;
use app::AppError;
use app::demande::submit;
use app::piece_jointe::download;
use app::ports::ObjectStore as _;
use chrono::TimeDelta;
use domain::piece_jointe::Etat;
use testkit::fichiers::{Antivirus, pdf};

/// States of the draft's files.
async fn etats(scene: &Scene, requete: &app::Requete, id: domain::ids::BrouillonId) -> Vec<Etat> {
    list(scene, requete, id).await.iter().map(|p| p.etat).collect()
}

#[tokio::test]
async fn a_clean_file_is_opened_as_it_was_sent_and_not_before_its_analysis() {
    let scene = Scene::new().await;
    let (requete, id) = draft(&scene).await;
    attach(&scene, &requete, id, vec![fichier("a.pdf", "bonjour")]).await;
    let piece = list(&scene, &requete, id).await[0].id;
    let reference = submit(&scene.essai.ctx, &requete, id).await.unwrap();
    let ctx = &scene.essai.ctx;
    let early = download(ctx, &requete, &reference, piece).await;
    assert!(matches!(early, Err(AppError::PieceFermee(Etat::Quarantaine))));
    scene.jobs().await;
    let opened = download(ctx, &requete, &reference, piece).await.unwrap();
    assert_eq!((opened.nom.as_str(), opened.octets), ("a.pdf", pdf("bonjour")));
    assert_eq!(scene.essai.antivirus.seen(), [pdf("bonjour")], "the scanner sees the plain bytes, once");
}

#[tokio::test]
async fn a_virus_is_never_served_its_author_is_told_and_nothing_is_left_of_it() {
    for (role, etat) in [(Antivirus::Infecte, Etat::Infectee), (Antivirus::Illisible, Etat::Illisible)] {
        let scene = Scene::new().await;
        scene.essai.antivirus.play(role);
        let (requete, id) = draft(&scene).await;
        attach(&scene, &requete, id, vec![fichier("secret.pdf", "bonjour")]).await;
        scene.jobs().await;
        assert_eq!(etats(&scene, &requete, id).await, [etat]);
        assert!(scene.essai.objets.all().is_empty());
        let mail = scene.essai.mailer.sent().pop().unwrap();
        assert!(mail.corps.contains(&format!("/brouillons/{id}")) && mail.corps.contains("détruit"), "{}", mail.corps);
        let virus = etat == Etat::Infectee;
        assert_eq!(mail.corps.contains("a trouvé un virus"), virus, "{}", mail.corps);
        assert_eq!(mail.corps.contains("n’a pas pu lire"), !virus, "{}", mail.corps);
        assert!(!mail.corps.contains("secret") && !mail.sujet.contains("secret"));
        let reference = submit(&scene.essai.ctx, &requete, id).await.unwrap();
        let fiche = app::demande::show(&scene.essai.ctx, &requete, &reference).await.unwrap();
        assert!(fiche.pieces.is_empty(), "a refused file is not filed");
    }
}

#[tokio::test]
async fn a_virus_found_after_the_filing_is_told_with_the_number() {
    let scene = Scene::new().await;
    scene.essai.antivirus.play(Antivirus::Infecte);
    let (requete, id) = draft(&scene).await;
    attach(&scene, &requete, id, vec![fichier("a.pdf", "a")]).await;
    let piece = list(&scene, &requete, id).await[0].id;
    let ctx = &scene.essai.ctx;
    let reference = submit(ctx, &requete, id).await.unwrap();
    assert!(download(ctx, &requete, &reference, piece).await.is_err());
    scene.jobs().await;
    let after = download(ctx, &requete, &reference, piece).await;
    assert!(matches!(after, Err(AppError::PieceFermee(Etat::Infectee))));
    let sent = scene.essai.mailer.sent();
    assert!(sent.iter().any(|m| m.sujet.contains("fichier refusé") && m.corps.contains(&reference)));
}

#[tokio::test]
async fn while_the_scanner_is_away_a_file_waits_and_heals_by_itself() {
    let scene = Scene::new().await;
    scene.essai.antivirus.play(Antivirus::Absent);
    let (requete, id) = draft(&scene).await;
    attach(&scene, &requete, id, vec![fichier("a.pdf", "a"), fichier("b.pdf", "b")]).await;
    for _ in 0..20 {
        scene.jobs().await;
        scene.essai.clock.advance(TimeDelta::hours(1));
    }
    let requete = scene.signin("82.technicien").await;
    assert_eq!(etats(&scene, &requete, id).await, [Etat::Quarantaine, Etat::Quarantaine]);
    scene.essai.antivirus.play(Antivirus::Sain);
    scene.jobs().await;
    assert_eq!(etats(&scene, &requete, id).await, [Etat::Saine, Etat::Saine]);
    assert!(scene.essai.mailer.sent().iter().all(|m| !m.sujet.contains("refusé")));
}

#[tokio::test]
async fn without_a_scanner_a_file_waits_and_pages_may_say_so() {
    let scene = Scene::new().await;
    scene.essai.antivirus.play(Antivirus::Debranche);
    let (requete, id) = draft(&scene).await;
    assert!(!scene.essai.ctx.antivirus_branche());
    attach(&scene, &requete, id, vec![fichier("a.pdf", "a")]).await;
    scene.essai.clock.advance(TimeDelta::minutes(20));
    scene.jobs().await;
    assert_eq!(etats(&scene, &requete, id).await, [Etat::Quarantaine]);
    assert!(scene.essai.antivirus.seen().is_empty());
}

#[tokio::test]
async fn a_file_that_the_scanner_never_answers_for_does_not_hold_up_the_others() {
    let scene = Scene::new().await;
    scene.essai.antivirus.play(Antivirus::Absent);
    let (requete, id) = draft(&scene).await;
    attach(&scene, &requete, id, vec![fichier("a.pdf", "a"), fichier("b.pdf", "b")]).await;
    scene.jobs().await;
    let tried = |n: &str| scene.essai.antivirus.seen().iter().filter(|o| **o == pdf(n)).count();
    let before = (tried("a"), tried("b"));
    for _ in 0..4 {
        scene.essai.clock.advance(TimeDelta::minutes(2));
        scene.jobs().await;
    }
    assert!(tried("a") > before.0 && tried("b") > before.1, "they take turns");
}

#[tokio::test]
async fn the_object_store_away_keeps_a_file_in_quarantine() {
    let scene = Scene::new().await;
    let (requete, id) = draft(&scene).await;
    attach(&scene, &requete, id, vec![fichier("a.pdf", "a")]).await;
    scene.essai.objets.set_away(true);
    // The collector of orphans fails too: the reconcilers are tried again, nothing is lost.
    assert!(app::jobs::run_due(&scene.essai.ctx).await.is_err());
    assert_eq!(etats(&scene, &requete, id).await, [Etat::Quarantaine]);
    scene.essai.objets.set_away(false);
    scene.essai.clock.advance(TimeDelta::minutes(2));
    scene.jobs().await;
    assert_eq!(etats(&scene, &requete, id).await, [Etat::Saine]);
}

#[tokio::test]
async fn bytes_that_are_not_in_the_store_leave_the_file_and_its_key_as_they_are() {
    let scene = Scene::new().await;
    let (requete, id) = draft(&scene).await;
    attach(&scene, &requete, id, vec![fichier("a.pdf", "a")]).await;
    let kept = scene.essai.objets.all();
    let (cle, octets) = kept.first_key_value().unwrap();
    // As behind a wrong folder: everything works, and nothing is there.
    scene.essai.objets.delete(cle).await.unwrap();
    scene.jobs().await;
    assert_eq!(etats(&scene, &requete, id).await, [Etat::Quarantaine]);
    assert!(scene.essai.mailer.sent().iter().all(|m| !m.sujet.contains("refusé")));
    scene.essai.objets.put(cle, octets.clone()).await.unwrap();
    scene.essai.clock.advance(TimeDelta::minutes(2));
    scene.jobs().await;
    assert_eq!(etats(&scene, &requete, id).await, [Etat::Saine]);
}

#[tokio::test]
async fn mails_leave_while_a_scanner_never_answers() {
    let scene = Scene::new().await;
    scene.essai.antivirus.play(Antivirus::Infecte);
    let (requete, id) = draft(&scene).await;
    attach(&scene, &requete, id, vec![fichier("a.pdf", "a")]).await;
    app::jobs::work_off(&scene.essai.ctx).await.unwrap();
    assert!(scene.essai.antivirus.seen().is_empty(), "the outbox never waits for the scanner");
    scene.jobs().await;
    assert_eq!(scene.essai.antivirus.seen().len(), 1);
}
