//! The same form sent twice: what the person did stands once, and both sendings are answered as done (finding of a double
//! click at the desk; DE-7, DE-10).

use super::{Scene, saisie};
use app::demande::{
    Cloture, DemandeDeComplement, Vue, annotate, ask, cancel, cancel_and_redo, close, hold, queue, reopen, reply,
    resume, show, take, take_next, take_next_once, then_next,
};
use app::{AppError, Requete};
use chrono::TimeDelta;
use domain::demande::Etat;
use std::future::Future;

/// Two sendings at once: both must be answered as done.
async fn twice<F: Future<Output = Result<(), AppError>> + Send + 'static>(act: impl Fn() -> F) {
    let (first, second) = (tokio::spawn(act()), tokio::spawn(act()));
    first.await.unwrap().unwrap();
    second.await.unwrap().unwrap();
}

/// An act as a task: everything it needs is its own.
macro_rules! act {
    ($scene:expr, $who:expr, $reference:expr, |$ctx:ident, $requete:ident, $id:ident| $body:expr) => {
        || {
            let ($ctx, $requete, $id) = ($scene.essai.ctx.clone(), $who.clone(), $reference.clone());
            async move { $body.await }
        }
    };
}

const COMPLEMENT: DemandeDeComplement<'static> = DemandeDeComplement {
    version: 3,
    motif: "piece_manquante",
    texte: "Il manque la copie du bail.",
    reponse_avant: ["22", "1", "2029"],
};

async fn taken(scene: &Scene) -> (Requete, Requete, String) {
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let agent = scene.signin("82.agent").await;
    twice(act!(scene, agent, reference, |ctx, r, id| take(&ctx, &r, &id, 1))).await;
    (technicien, agent, reference)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_act_of_the_desk_sent_twice_at_once_is_done_once() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let (_, agent, reference) = taken(&scene).await;
    twice(act!(scene, agent, reference, |ctx, r, id| reply(&ctx, &r, &id, 2, "L’attestation part ce soir."))).await;
    twice(act!(scene, agent, reference, |ctx, r, id| annotate(&ctx, &r, &id, "Appelée sans réponse."))).await;
    twice(act!(scene, agent, reference, |ctx, r, id| ask(&ctx, &r, &id, &COMPLEMENT))).await;
    twice(act!(scene, agent, reference, |ctx, r, id| resume(&ctx, &r, &id, 5))).await;
    twice(act!(scene, agent, reference, |ctx, r, id| hold(&ctx, &r, &id, 6, "Avis demandé."))).await;
    let cloture = |texte| Cloture { version: 7, issue: "refusee", texte };
    twice(act!(scene, agent, reference, |ctx, r, id| {
        let cloture = cloture("Autre régime.");
        async move { close(&ctx, &r, &id, &cloture).await }
    }))
    .await;
    twice(act!(scene, agent, reference, |ctx, r, id| reopen(&ctx, &r, &id, 9, "La pièce était là."))).await;
    let fiche = show(ctx, &agent, &reference).await.unwrap();
    let etats: Vec<Etat> = fiche.evenements.iter().map(|e| e.vers).collect();
    assert_eq!(
        etats,
        [
            Etat::Transmise,
            Etat::PriseEnCharge,
            Etat::AttentePartenaire,
            Etat::PriseEnCharge,
            Etat::AttenteInterne,
            Etat::Cloturee,
            Etat::PriseEnCharge
        ]
    );
    assert_eq!((fiche.echanges.len(), fiche.notes.len(), fiche.demande.version), (4, 2, 11));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_sent_twice_at_once_is_made_once_and_its_draft_is_the_same() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let first = scene.file(&technicien, &saisie("82")).await;
    twice(act!(scene, technicien, first, |ctx, r, id| cancel(&ctx, &r, &id, 1))).await;
    assert_eq!(scene.facts("annulation").await, 1);
    let second = scene.file(&technicien, &saisie("82")).await;
    let draft = cancel_and_redo(ctx, &technicien, &second, 1).await.unwrap();
    assert_eq!(cancel_and_redo(ctx, &technicien, &second, 1).await.unwrap(), draft);
    assert_eq!(scene.facts("annulation").await, 2);
    let colleague = scene.signin("82.technicien2").await;
    assert!(matches!(cancel(ctx, &colleague, &second, 1).await, Err(AppError::Conflit)), "it was not their click");
}

#[tokio::test]
async fn other_words_from_the_same_form_are_a_conflict() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let (technicien, agent, reference) = taken(&scene).await;
    let complement = DemandeDeComplement { version: 2, ..COMPLEMENT };
    ask(ctx, &agent, &reference, &complement).await.unwrap();
    let other = DemandeDeComplement { texte: "Il manque autre chose.", ..complement };
    assert!(matches!(ask(ctx, &agent, &reference, &other).await, Err(AppError::Conflit)));
    reply(ctx, &technicien, &reference, 4, "Voici le bail.").await.unwrap();
    let late = DemandeDeComplement { version: 2, ..COMPLEMENT };
    assert!(matches!(ask(ctx, &agent, &reference, &late).await, Err(AppError::Conflit)), "it was answered since");
    close(ctx, &agent, &reference, &Cloture { version: 6, issue: "satisfaite", texte: "" }).await.unwrap();
    let other = Cloture { version: 6, issue: "sans_suite", texte: "Non." };
    assert!(matches!(close(ctx, &agent, &reference, &other).await, Err(AppError::Conflit)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_click_on_the_next_one_takes_no_second_demande() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let mut references = Vec::new();
    for _ in 0..4 {
        references.push(scene.file(&technicien, &saisie("82")).await);
        scene.essai.clock.advance(TimeDelta::seconds(1));
    }
    let agent = scene.signin("82.agent").await;
    let lue_le = queue(ctx, &agent, Vue::APrendre, None).await.unwrap().lue_le;
    scene.essai.clock.advance(TimeDelta::seconds(1));
    let click = || {
        let (ctx, agent) = (ctx.clone(), agent.clone());
        tokio::spawn(async move { take_next_once(&ctx, &agent, lue_le).await.unwrap() })
    };
    let (one, two) = (click(), click());
    assert_eq!((one.await.unwrap(), two.await.unwrap()), (Some(references[0].clone()), Some(references[0].clone())));
    // The same on « Répondre et passer à la suivante », whose act is already done the second time.
    for _ in 0..2 {
        let act = async {
            reply(ctx, &agent, &references[0], 2, "L’attestation part ce soir.").await?;
            scene.essai.clock.advance(TimeDelta::seconds(1));
            Ok(())
        };
        assert_eq!(then_next(ctx, &agent, &references[0], act).await.unwrap(), Some(references[1].clone()));
    }
    let file = queue(ctx, &agent, Vue::Miennes, None).await.unwrap();
    assert_eq!((file.nombres.a_prendre, file.nombres.miennes), (2, 2));
    // A page read afterwards gives the next one.
    scene.essai.clock.advance(TimeDelta::seconds(1));
    assert_eq!(take_next_once(ctx, &agent, ctx.now()).await.unwrap(), Some(references[2].clone()));
    assert_eq!(take_next(ctx, &agent).await.unwrap(), Some(references[3].clone()));
}

#[tokio::test]
async fn a_line_written_after_the_page_was_read_stays_new() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let (technicien, agent, reference) = taken(&scene).await;
    reply(ctx, &technicien, &reference, 2, "Première ligne.").await.unwrap();
    let shown = {
        let tx = ctx.store.begin_read().await.unwrap();
        let lue = store::demande::load(&tx, &domain::droits::Portee::Tout, &reference).await.unwrap().unwrap();
        store::demande::messages(&tx, &lue).await.unwrap().iter().map(|m| m.id).collect::<Vec<_>>()
    };
    reply(ctx, &technicien, &reference, 3, "Seconde ligne.").await.unwrap();
    let tx = ctx.store.begin_write().await.unwrap();
    let lue = store::demande::lock(&tx, &domain::droits::Portee::Tout, &reference).await.unwrap().unwrap();
    let seen = store::demande::marquer_lu(&tx, &lue, app::demande::Cote::Caisse, &shown, ctx.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(seen);
    let file = queue(ctx, &agent, Vue::Miennes, None).await.unwrap();
    assert_eq!((file.nombres.a_lire, file.page.lignes[0].non_lus_desk), (1, 1), "the second line is still to be read");
    let tx = ctx.store.begin_read().await.unwrap();
    let vus: Vec<bool> = store::demande::messages(&tx, &lue).await.unwrap().iter().map(|m| m.vu_le.is_some()).collect();
    assert_eq!(vus, [true, false]);
}
