//! The agreement of the person, where a convention asks it: reporting and orientation (DE-3), the state of a file (PA-5).

use super::{Scene, faults};
use app::Requete;
use app::demande::{form, review};
use domain::demande::Sorte;
use testkit::saisies::{Champs, saisie};

#[tokio::test]
async fn agreement_is_asked_where_the_convention_asks_it_and_kept_there_alone() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    for (departement, asked) in [("82", false), ("83", true), ("57", false), ("92", false), ("69", true)] {
        let technicien = scene.signin(&format!("{departement}.technicien")).await;
        let model = form(ctx, &technicien, Sorte::Difficulte, None).await.unwrap();
        assert_eq!(model.accord_signalement, asked, "{departement}");
        agreement(&scene, &technicien, (Sorte::Difficulte, departement), asked).await;
    }
}

#[tokio::test]
async fn the_state_of_a_file_is_spoken_of_with_the_agreement_of_the_person_where_the_convention_says_so() {
    let scene = Scene::new().await;
    // Tarn-et-Garonne has no « Contacter ».
    for (departement, asked) in [("83", true), ("57", false), ("92", false), ("69", true)] {
        let technicien = scene.signin(&format!("{departement}.technicien")).await;
        let model = form(&scene.essai.ctx, &technicien, Sorte::Contacter, None).await.unwrap();
        assert_eq!(model.accord_dossier, asked, "{departement}");
        agreement(&scene, &technicien, (Sorte::Contacter, departement), asked).await;
    }
}

/// The agreement is kept where it is asked, and only there told as missing.
async fn agreement(scene: &Scene, technicien: &Requete, (sorte, departement): (Sorte, &str), asked: bool) {
    let ctx = &scene.essai.ctx;
    let agreed = saisie(sorte).with("departement", departement);
    let id = scene.draft_of(technicien, sorte, &agreed).await;
    assert_eq!(review(ctx, technicien, id).await.unwrap().depot.accord.is_some(), asked, "{departement}");
    let id = scene.draft_of(technicien, sorte, &agreed.with("accord", "")).await;
    let told = review(ctx, technicien, id).await;
    if asked {
        assert_eq!(faults(told), ["accord"], "{departement}");
    } else {
        assert!(told.is_ok(), "{departement}");
    }
}
