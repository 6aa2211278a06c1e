use super::{attach, draft, fichier, list};
use crate::demande::Scene;
use app::demande::submit;
use app::piece_jointe::{attach_to_draft, detach, download, list_of_draft};
use app::{AppError, Requete};
use domain::ids::PieceJointeId;
use uuid::Uuid;

#[tokio::test]
async fn a_foreign_draft_is_an_unknown_one_for_every_act_on_its_files() {
    let scene = Scene::new().await;
    let (requete, id) = draft(&scene).await;
    attach(&scene, &requete, id, vec![fichier("a.pdf", "a")]).await;
    let piece = list(&scene, &requete, id).await[0].id;
    let ctx = &scene.essai.ctx;
    for nom in ["82.technicien2", "83.technicien", "82.agent"] {
        let autre = scene.signin(nom).await;
        let errors = [
            attach_to_draft(ctx, &autre, id, vec![fichier("b.pdf", "b")]).await.err(),
            list_of_draft(ctx, &autre, id).await.err(),
            detach(ctx, &autre, id, piece).await.err(),
        ];
        for error in errors {
            assert!(matches!(error, Some(AppError::Introuvable)), "{nom}: {error:?}");
        }
    }
    assert_eq!(list(&scene, &requete, id).await.len(), 1);
    assert_eq!(scene.essai.objets.all().len(), 1, "nothing of a stranger is even stored");
}

/// A demande filed with one file, not analysed yet.
async fn filed(scene: &Scene) -> (Requete, String, PieceJointeId) {
    let (requete, id) = draft(scene).await;
    attach(scene, &requete, id, vec![fichier("a.pdf", "a")]).await;
    let piece = list(scene, &requete, id).await[0].id;
    let reference = submit(&scene.essai.ctx, &requete, id).await.unwrap();
    (requete, reference, piece)
}

#[tokio::test]
async fn a_file_is_opened_through_its_own_demande_by_who_reads_it_alone() {
    let scene = Scene::new().await;
    let (requete, reference, piece) = filed(&scene).await;
    let ctx = &scene.essai.ctx;
    let other = scene.file(&requete, &crate::demande::saisie("82")).await;
    scene.jobs().await;
    for nom in ["82.technicien", "82.technicien2", "82.agent", "82.superviseur"] {
        let qui = scene.signin(nom).await;
        assert!(download(ctx, &qui, &reference, piece).await.is_ok(), "{nom}");
        assert!(matches!(download(ctx, &qui, &other, piece).await, Err(AppError::Introuvable)), "{nom}");
        let unknown = PieceJointeId::new(Uuid::nil());
        assert!(matches!(download(ctx, &qui, &reference, unknown).await, Err(AppError::Introuvable)), "{nom}");
    }
    for nom in ["83.technicien", "57.agent", "82.examens"] {
        let qui = scene.signin(nom).await;
        assert!(matches!(download(ctx, &qui, &reference, piece).await, Err(AppError::Introuvable)), "{nom}");
    }
    for nom in ["82.gestionnaire", "82.dpo", "national"] {
        let qui = scene.signin(nom).await;
        assert!(matches!(download(ctx, &qui, &reference, piece).await, Err(AppError::Interdit(_))), "{nom}");
    }
}

#[tokio::test]
async fn each_opening_of_a_file_is_one_row_of_the_journal_and_a_refused_one_none() {
    let scene = Scene::new().await;
    let (requete, reference, piece) = filed(&scene).await;
    let ctx = &scene.essai.ctx;
    assert!(download(ctx, &requete, &reference, piece).await.is_err(), "not analysed yet");
    scene.jobs().await;
    let stranger = scene.signin("83.technicien").await;
    assert!(download(ctx, &stranger, &reference, piece).await.is_err());
    assert_eq!(scene.openings("piece.read").await, []);
    let readers = ["82.technicien", "82.agent"];
    for nom in readers {
        let qui = scene.signin(nom).await;
        download(ctx, &qui, &reference, piece).await.unwrap();
    }
    let told = readers.map(|nom| (Some(scene.monde.qui(nom).id().get()), Some(piece.to_string())));
    assert_eq!(scene.openings("piece.read").await, told);
}
