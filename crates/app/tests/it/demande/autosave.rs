//! Drafts written by several windows, or by the page itself: nothing newer is overwritten (DE-12).

use super::{Scene, saisie, with, with_a_nir};
use app::demande::{Origine, Saisie, VERSION, load_draft, save_draft, submit};
use app::{AppError, Requete};
use domain::demande::Sorte;
use domain::ids::BrouillonId;

/// What a window sends: a text, and what its form was made from.
fn sent(texte: &str, version: i64, page: BrouillonId) -> Saisie {
    with(saisie("82"), &[("precisions", texte), (VERSION, &Origine { version, page }.to_string())])
}

fn window(scene: &Scene) -> BrouillonId {
    BrouillonId::new(scene.essai.ctx.new_id())
}

async fn save(scene: &Scene, qui: &Requete, id: BrouillonId, saisie: &Saisie) -> Result<(), AppError> {
    save_draft(&scene.essai.ctx, qui, Sorte::Document, id, saisie).await.map(drop)
}

async fn text(scene: &Scene, qui: &Requete, id: BrouillonId) -> String {
    load_draft(&scene.essai.ctx, qui, id).await.unwrap().saisie.0["precisions"][0].clone()
}

#[tokio::test]
async fn a_stale_window_never_overwrites_and_one_page_follows_itself() {
    let scene = Scene::new().await;
    let qui = scene.signin("82.technicien").await;
    let id = window(&scene);
    let (first, second) = (window(&scene), window(&scene));
    for texte in ["Un", "Deux", "Deux"] {
        save(&scene, &qui, id, &sent(texte, 0, first)).await.unwrap();
    }
    let version = load_draft(&scene.essai.ctx, &qui, id).await.unwrap().version;
    assert!(matches!(save(&scene, &qui, id, &sent("Vieux", version - 1, second)).await, Err(AppError::Conflit)));
    assert!(matches!(save(&scene, &qui, id, &saisie("82")).await, Err(AppError::Conflit)), "a form that does not say");
    assert_eq!(text(&scene, &qui, id).await, "Deux");
    save(&scene, &qui, id, &sent("Trois", version, second)).await.unwrap();
    assert!(matches!(save(&scene, &qui, id, &sent("Quatre", 0, first)).await, Err(AppError::Conflit)));
    assert_eq!(text(&scene, &qui, id).await, "Trois");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_page_sent_eight_times_at_once_is_one_draft() {
    let scene = Scene::new().await;
    let qui = scene.signin("82.technicien").await;
    let (id, page) = (window(&scene), window(&scene));
    let mut tasks = Vec::new();
    for _ in 0..8 {
        let (ctx, qui) = (scene.essai.ctx.clone(), qui.clone());
        let saisie = sent("Un", 0, page);
        tasks.push(tokio::spawn(async move { save_draft(&ctx, &qui, Sorte::Document, id, &saisie).await }));
    }
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(load_draft(&scene.essai.ctx, &qui, id).await.unwrap().version, 8);
}

#[tokio::test]
async fn a_page_that_saves_after_the_draft_was_filed_makes_no_second_one() {
    let scene = Scene::new().await;
    let qui = scene.signin("82.technicien").await;
    let (id, page) = (window(&scene), window(&scene));
    save(&scene, &qui, id, &sent("Un", 0, page)).await.unwrap();
    submit(&scene.essai.ctx, &qui, id).await.unwrap();
    assert!(matches!(save(&scene, &qui, id, &sent("Deux", 0, page)).await, Err(AppError::Conflit)));
    assert!(matches!(load_draft(&scene.essai.ctx, &qui, id).await, Err(AppError::Introuvable)));
}

#[tokio::test]
async fn the_id_of_somebody_else_s_draft_is_a_conflict_and_changes_nothing() {
    let scene = Scene::new().await;
    let (author, colleague) = (scene.signin("82.technicien").await, scene.signin("82.technicien2").await);
    let (id, page) = (window(&scene), window(&scene));
    save(&scene, &author, id, &sent("Un", 0, page)).await.unwrap();
    for version in [0, 1] {
        let stolen = save(&scene, &colleague, id, &sent("Deux", version, page)).await;
        assert!(matches!(stolen, Err(AppError::Conflit)), "{stolen:?}");
    }
    assert_eq!(text(&scene, &author, id).await, "Un");
}

#[tokio::test]
async fn a_nir_is_out_of_what_the_page_saves_and_of_what_it_says_it_was_made_from() {
    let scene = Scene::new().await;
    let qui = scene.signin("82.technicien").await;
    let (id, page) = (window(&scene), window(&scene));
    save(&scene, &qui, id, &sent(&with_a_nir(), 0, page)).await.unwrap();
    assert!(!text(&scene, &qui, id).await.contains("899"));
    let other = window(&scene);
    save(&scene, &qui, other, &with(saisie("82"), &[(VERSION, &with_a_nir())])).await.unwrap();
    assert!(!load_draft(&scene.essai.ctx, &qui, other).await.unwrap().saisie.0.contains_key(VERSION));
}
