//! Internal notes, internal waits, archiving (DE-7, DE-10).

use super::{Scene, saisie};
use app::AppError;
use app::demande::{
    Cloture, Lieu, Question, Vue, annotate, cancel, close, hold, home, list, queue, resume, show, take_next,
};
use chrono::TimeDelta;
use domain::demande::{Etat, RefusTransition};
use domain::droits::Portee;

const NOTE: &str = "Appelée trois fois sans réponse.";

#[tokio::test]
async fn a_note_is_for_the_desk_alone_and_leaves_no_form_stale() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let colleague = scene.signin("82.agent2").await;
    for _ in 0..2 {
        annotate(ctx, &colleague, &reference, NOTE).await.unwrap();
    }
    let agent = scene.signin("82.agent").await;
    let fiche = show(ctx, &agent, &reference).await.unwrap();
    assert_eq!((fiche.notes.len(), fiche.demande.version), (1, 1), "a second click adds nothing");
    assert_eq!(fiche.notes[0].note.texte, NOTE);
    let seen = show(ctx, &technicien, &reference).await.unwrap();
    assert!(seen.notes.is_empty() && !format!("{seen:?}").contains(NOTE));
    assert!(matches!(annotate(ctx, &technicien, &reference, "Non").await, Err(AppError::Interdit(_))));
    let foreign = scene.signin("57.agent").await;
    assert!(matches!(annotate(ctx, &foreign, &reference, "Non").await, Err(AppError::Introuvable)));
    let cle = 97 - (1_701_282_899_002_u64 % 97);
    let nir = format!("NIR 1701282899002{cle:02}");
    assert!(matches!(annotate(ctx, &agent, &reference, &nir).await, Err(AppError::Saisie(_))));
    scene.jobs().await;
    let told = scene.essai.mailer.sent().into_iter().any(|m| format!("{m:?}").contains("trois fois"));
    assert!(!told, "no mail holds it");
}

#[tokio::test]
async fn an_internal_wait_runs_on_both_clocks_and_ends_by_hand() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let agent = scene.signin("82.agent").await;
    take_next(ctx, &agent).await.unwrap();
    assert!(matches!(hold(ctx, &agent, &reference, 2, " ").await, Err(AppError::Saisie(_))));
    hold(ctx, &agent, &reference, 2, "Avis du service médical demandé.").await.unwrap();
    assert!(matches!(hold(ctx, &agent, &reference, 2, "Encore.").await, Err(AppError::Conflit)));
    scene.essai.clock.advance(TimeDelta::days(2));
    let agent = scene.signin("82.agent").await;
    let fiche = show(ctx, &agent, &reference).await.unwrap();
    assert_eq!((fiche.horloges.total, fiche.horloges.net, fiche.notes.len()), (2, 2, 1));
    assert_eq!(queue(ctx, &agent, Vue::Miennes, None).await.unwrap().page.lignes.len(), 1);
    let colleague = scene.signin("82.agent2").await;
    let refused = resume(ctx, &colleague, &reference, 3).await;
    assert!(matches!(refused, Err(AppError::Etat(RefusTransition::AutreAgent))));
    resume(ctx, &agent, &reference, 3).await.unwrap();
    assert!(matches!(resume(ctx, &agent, &reference, 2).await, Err(AppError::Conflit)));
    assert_eq!(show(ctx, &agent, &reference).await.unwrap().demande.etat.etat(), Etat::PriseEnCharge);
}

#[tokio::test]
async fn six_months_after_its_end_a_demande_leaves_the_partner_and_never_while_open() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let (closed, open) = (scene.file(&technicien, &saisie("82")).await, scene.file(&technicien, &saisie("82")).await);
    let cancelled = scene.file(&technicien, &saisie("82")).await;
    let agent = scene.signin("82.agent").await;
    take_next(ctx, &agent).await.unwrap();
    close(ctx, &agent, &closed, &Cloture { version: 2, issue: "satisfaite", texte: "" }).await.unwrap();
    cancel(ctx, &technicien, &cancelled, 1).await.unwrap();
    scene.essai.clock.set("2029-07-07T08:00:00Z".parse().unwrap());
    scene.jobs().await;
    let technicien = scene.signin("82.technicien").await;
    assert_eq!(
        list(ctx, &technicien, Lieu::Structure, &Question::default()).await.unwrap().lignes.len(),
        3,
        "a day before nothing has left"
    );
    scene.essai.clock.set("2029-07-08T08:10:00Z".parse().unwrap());
    for _ in 0..2 {
        scene.jobs().await;
    }
    let technicien = scene.signin("82.technicien").await;
    let left: Vec<String> = list(ctx, &technicien, Lieu::Structure, &Question::default())
        .await
        .unwrap()
        .lignes
        .into_iter()
        .map(|l| l.reference)
        .collect();
    assert_eq!(left, [open]);
    assert!(matches!(show(ctx, &technicien, &closed).await, Err(AppError::Introuvable)), "as unknown as any");
    assert!(home(ctx, &technicien).await.unwrap().a_lire.is_empty());
    // The desk's passwords are older than they may be by now: what its scope holds is read below the use case.
    let tx = ctx.store.begin_read().await.unwrap();
    let caisse = store::caisse::by_slug(&tx, "tarn-et-garonne").await.unwrap().unwrap().id;
    let kept = store::demande::load(&tx, &Portee::Caisse(caisse), &closed).await.unwrap().unwrap();
    assert_eq!(kept.etat.etat(), Etat::Archivee, "the caisse still reads it");
}

#[tokio::test]
async fn what_is_treated_is_listed_by_its_end_and_pages_without_gap_or_double() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let mut ended = Vec::new();
    for n in 0..56_i64 {
        let reference = scene.file(&technicien, &saisie("82")).await;
        ended.push(reference);
        scene.essai.clock.advance(TimeDelta::seconds(n));
    }
    for reference in ended.iter().rev() {
        scene.essai.clock.advance(TimeDelta::seconds(1));
        cancel(ctx, &technicien, reference, 1).await.unwrap();
    }
    let agent = scene.signin("82.agent").await;
    let first = queue(ctx, &agent, Vue::Traitees, None).await.unwrap().page;
    let second = queue(ctx, &agent, Vue::Traitees, first.suite).await.unwrap().page;
    assert_eq!((first.lignes.len(), second.lignes.len(), second.suite), (50, 6, None));
    let shown: Vec<String> = first.lignes.into_iter().chain(second.lignes).map(|l| l.reference).collect();
    assert_eq!(shown, ended, "the last ended first");
}
