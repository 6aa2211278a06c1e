use super::{Scene, saisie};
use app::AppError;
use app::demande::{Cloture, close, home, reply, show, take_next};

#[tokio::test]
async fn each_side_sees_when_the_other_first_read_its_lines() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let agent = scene.signin("82.agent").await;
    take_next(ctx, &agent).await.unwrap();
    reply(ctx, &agent, &reference, 2, "Quelle adresse la personne a-t-elle donnée ?").await.unwrap();
    assert_eq!(home(ctx, &technicien).await.unwrap().a_lire.len(), 1);
    assert_eq!(show(ctx, &agent, &reference).await.unwrap().echanges[0].message.vu_le, None);
    scene.essai.clock.advance(chrono::TimeDelta::minutes(5));
    let read_at = scene.essai.ctx.now();
    show(ctx, &technicien, &reference).await.unwrap();
    scene.essai.clock.advance(chrono::TimeDelta::minutes(5));
    show(ctx, &technicien, &reference).await.unwrap();
    assert_eq!(
        show(ctx, &agent, &reference).await.unwrap().echanges[0].message.vu_le,
        Some(read_at),
        "the first reading counts"
    );
    assert!(home(ctx, &technicien).await.unwrap().a_lire.is_empty());
}

#[tokio::test]
async fn seeing_does_not_make_the_other_sides_form_stale() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let version = show(ctx, &technicien, &reference).await.unwrap().demande.version;
    reply(ctx, &technicien, &reference, version, "Une précision.").await.unwrap();
    let agent = scene.signin("82.agent").await;
    show(ctx, &agent, &reference).await.unwrap();
    assert_eq!(show(ctx, &technicien, &reference).await.unwrap().demande.version, version + 1);
}

#[tokio::test]
async fn an_empty_line_a_nir_and_a_closed_demande_are_refused() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let agent = scene.signin("82.agent").await;
    take_next(ctx, &agent).await.unwrap();
    let cle = 97 - (1_701_282_899_002_u64 % 97);
    for texte in ["   ".to_owned(), format!("NIR 1701282899002{cle:02}")] {
        for requete in [&technicien, &agent] {
            let AppError::Saisie(erreurs) = reply(ctx, requete, &reference, 2, &texte).await.unwrap_err() else {
                panic!("accepted")
            };
            assert_eq!(erreurs[0].champ, "texte");
            assert!(!erreurs[0].message.contains("899"), "never echoed");
        }
    }
    close(ctx, &agent, &reference, &Cloture { version: 2, issue: "satisfaite", texte: "" }).await.unwrap();
    assert!(matches!(reply(ctx, &agent, &reference, 3, "Merci").await, Err(AppError::Etat(_))));
    scene.essai.clock.advance(chrono::TimeDelta::days(31));
    let technicien = scene.signin("82.technicien").await;
    assert!(matches!(reply(ctx, &technicien, &reference, 3, "Merci").await, Err(AppError::Etat(_))));
}

#[tokio::test]
async fn a_colleague_who_only_looks_does_not_read_for_the_agent_in_charge() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let (agent, colleague) = (scene.signin("82.agent").await, scene.signin("82.agent2").await);
    take_next(ctx, &agent).await.unwrap();
    reply(ctx, &technicien, &reference, 2, "Une précision.").await.unwrap();
    show(ctx, &colleague, &reference).await.unwrap();
    let seen = async |requete| show(ctx, requete, &reference).await.unwrap().echanges[0].message.vu_le;
    assert_eq!(seen(&technicien).await, None);
    show(ctx, &agent, &reference).await.unwrap();
    assert!(seen(&technicien).await.is_some());
}

#[tokio::test]
async fn a_second_click_writes_once_and_takes_once_without_a_conflict() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let agent = scene.signin("82.agent").await;
    for _ in 0..2 {
        app::demande::take(ctx, &agent, &reference, 1).await.unwrap();
    }
    for _ in 0..2 {
        reply(ctx, &technicien, &reference, 2, "Une précision.").await.unwrap();
    }
    let vue = show(ctx, &technicien, &reference).await.unwrap();
    assert_eq!((vue.echanges.len(), vue.demande.version), (1, 3));
    assert!(matches!(reply(ctx, &technicien, &reference, 2, "Autre chose.").await, Err(AppError::Conflit)));
}
