use super::{Scene, saisie};
use app::demande::{
    Cloture, Lieu, Question, Vue, cancel, close, discard, list, load_draft, print_receipt, queue, receipt, reply,
    review, search, show, submit, take, take_next,
};
use app::{AppError, Outcome, Requete};
use domain::droits::Refus;
use std::fmt::Debug;

/// Every act on a demande, each as its error.
async fn every_act(scene: &Scene, requete: &Requete, reference: &str) -> Vec<AppError> {
    let ctx = &scene.essai.ctx;
    let cloture = Cloture { version: 1, issue: "satisfaite", texte: "" };
    vec![
        fails(show(ctx, requete, reference).await),
        fails(receipt(ctx, requete, reference).await),
        fails(print_receipt(ctx, requete, reference).await),
        fails(reply(ctx, requete, reference, 1, "Bonjour").await),
        fails(cancel(ctx, requete, reference, 1).await),
        fails(take(ctx, requete, reference, 1).await),
        fails(close(ctx, requete, reference, &cloture).await),
    ]
}

fn fails<T: Debug>(outcome: Outcome<T>) -> AppError {
    outcome.expect_err("a stranger must be refused")
}

#[tokio::test]
async fn a_foreign_demande_is_an_unknown_one_for_every_act() {
    let scene = Scene::new().await;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    for stranger in ["83.technicien", "57.agent", "82.examens", "57.superviseur"] {
        let requete = scene.signin(stranger).await;
        for (foreign, unknown) in every_act(&scene, &requete, &reference)
            .await
            .iter()
            .zip(every_act(&scene, &requete, "EP-0000-0000-000").await)
        {
            assert!(matches!(foreign, AppError::Introuvable), "{stranger}: {foreign:?}");
            assert_eq!(foreign.to_string(), unknown.to_string());
        }
    }
    let mine = show(&scene.essai.ctx, &technicien, &reference).await.unwrap();
    assert_eq!((mine.demande.version, mine.echanges.len()), (1, 0), "nobody changed anything");
}

#[tokio::test]
async fn profils_without_content_are_refused_whatever_the_reference() {
    let scene = Scene::new().await;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    for nom in ["82.gestionnaire", "82.referent", "82.responsable", "82.dpo", "82.administrateur", "national"] {
        let requete = scene.signin(nom).await;
        for error in every_act(&scene, &requete, &reference).await {
            assert!(matches!(error, AppError::Interdit(Refus::ActeInterdit)), "{nom}: {error:?}");
        }
        let ctx = &scene.essai.ctx;
        assert!(matches!(queue(ctx, &requete, Vue::APrendre, None).await, Err(AppError::Interdit(_))), "{nom}");
        for lieu in [Lieu::Structure, Lieu::Bureau] {
            let listed = list(ctx, &requete, lieu, &Question::default()).await;
            assert!(matches!(listed, Err(AppError::Interdit(Refus::ActeInterdit))), "{nom}: {lieu:?}");
            assert!(
                matches!(search(ctx, &requete, lieu, "martin").await, Err(AppError::Interdit(_))),
                "{nom}: {lieu:?}"
            );
        }
        assert!(take_next(ctx, &requete).await.is_err(), "{nom}");
    }
}

#[tokio::test]
async fn a_draft_is_its_authors_alone() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let id = scene.draft(&technicien, &saisie("82")).await;
    let colleague = scene.signin("82.technicien2").await;
    assert!(matches!(load_draft(ctx, &colleague, id).await, Err(AppError::Introuvable)));
    assert!(matches!(review(ctx, &colleague, id).await, Err(AppError::Introuvable)));
    assert!(matches!(submit(ctx, &colleague, id).await, Err(AppError::Introuvable)));
    assert!(matches!(discard(ctx, &colleague, id).await, Err(AppError::Introuvable)));
    let over = app::demande::save_draft(ctx, &colleague, domain::demande::Sorte::Document, id, &saisie("82")).await;
    assert!(matches!(over, Err(AppError::Conflit)), "somebody else's id is never overwritten");
    assert!(load_draft(ctx, &technicien, id).await.is_ok());
}

#[tokio::test]
async fn a_colleague_of_the_structure_sees_state_and_thread() {
    let scene = Scene::new().await;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let colleague = scene.signin("82.technicien2").await;
    assert!(show(&scene.essai.ctx, &colleague, &reference).await.is_ok());
    assert_eq!(
        list(&scene.essai.ctx, &colleague, Lieu::Structure, &Question::default()).await.unwrap().lignes.len(),
        1
    );
}

#[tokio::test]
async fn without_a_session_nothing_is_answered() {
    let scene = Scene::new().await;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let demo = Requete {
        appelant: Some(app::Appelant::Demonstration(scene.monde.qui("82.technicien").id())),
        ..Requete::systeme("x")
    };
    let unknown = Requete { appelant: Some(app::Appelant::Session([0; 32])), ..Requete::systeme("x") };
    for requete in [Requete::systeme("x"), demo, unknown] {
        for error in every_act(&scene, &requete, &reference).await {
            assert!(matches!(error, AppError::SessionFermee), "{error:?}");
        }
    }
}
