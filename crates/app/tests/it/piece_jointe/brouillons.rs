//! Drafts that end while somebody still works on them (DE-12, PJ-1).

use super::{draft, fichier, list};
use crate::demande::Scene;
use app::AppError;
use app::compte::load_acteur;
use app::demande::{discard, load_draft};
use app::piece_jointe::attach_to_draft;
use chrono::TimeDelta;
use domain::demande::Sorte;
use domain::droits::{self, Acteur};
use std::time::Duration;
use store::brouillon;

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_is_being_saved_is_not_old() {
    // On SQLite there is one writer: nobody saves meanwhile.
    if testkit::base::postgres().is_none() {
        return;
    }
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let (requete, id) = draft(&scene).await;
    super::attach(&scene, &requete, id, vec![fichier("bail.pdf", "Bail")]).await;
    scene.essai.clock.advance(TimeDelta::days(31));
    let technicien = scene.signin("82.technicien").await;
    // A saving has written and not committed yet.
    let saving = ctx.store.begin_write().await.unwrap();
    let moi = scene.monde.qui("82.technicien").id();
    let found = brouillon::lock(&saving, moi, id).await.unwrap().unwrap();
    let acteur = Acteur::Compte(load_acteur(ctx, &saving, &technicien).await.unwrap());
    let permis = droits::garder_brouillon(&acteur, Sorte::Document).unwrap();
    brouillon::update(&saving, &permis, &found, ctx.now()).await.unwrap();
    let expiring = async {
        let tx = ctx.store.begin_write().await.unwrap();
        let gone = brouillon::expire(&tx, ctx.now() - TimeDelta::days(30)).await.unwrap();
        tx.commit().await.unwrap();
        gone
    };
    let gone = tokio::time::timeout(Duration::from_secs(20), expiring).await.expect("waits for nobody");
    saving.commit().await.unwrap();
    assert_eq!((gone, list(&scene, &technicien, id).await.len()), (0, 1), "with its file");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_thrown_away_while_a_file_comes_goes_with_it_or_before_it() {
    let scene = Scene::new().await;
    for n in 0..12 {
        let (requete, id) = draft(&scene).await;
        let (ctx, r) = (scene.essai.ctx.clone(), requete.clone());
        let file = fichier("bail.pdf", &format!("Bail {n}"));
        let attaching = tokio::spawn(async move { attach_to_draft(&ctx, &r, id, vec![file]).await.map(drop) });
        let (ctx, r) = (scene.essai.ctx.clone(), requete.clone());
        let discarding = tokio::spawn(async move { discard(&ctx, &r, id).await });
        discarding.await.unwrap().unwrap();
        let attached = attaching.await.unwrap();
        assert!(matches!(attached, Ok(()) | Err(AppError::Introuvable)), "{attached:?}");
        assert!(matches!(load_draft(&scene.essai.ctx, &requete, id).await, Err(AppError::Introuvable)));
    }
}
