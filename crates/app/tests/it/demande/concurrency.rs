use super::{Scene, saisie};
use app::demande::{Lieu, Question, list, reply, show, submit, take_next};
use app::{AppError, Contexte, Requete};
use std::collections::BTreeSet;

#[tokio::test(flavor = "multi_thread")]
async fn take_next_gives_each_demande_to_one_agent() {
    let scene = Scene::new().await;
    let technicien = scene.signin("82.technicien").await;
    for _ in 0..300 {
        scene.file(&technicien, &saisie("82")).await;
    }
    let mut tasks = Vec::new();
    for n in 0..20 {
        let requete = scene.signin(["82.agent", "82.agent2", "82.superviseur"][n % 3]).await;
        tasks.push(tokio::spawn(take_all(scene.essai.ctx.clone(), requete)));
    }
    let mut taken = Vec::new();
    for task in tasks {
        taken.extend(task.await.unwrap());
    }
    assert_eq!(taken.len(), 300);
    assert_eq!(taken.iter().collect::<BTreeSet<_>>().len(), 300, "no demande twice");
}

async fn take_all(ctx: Contexte, requete: Requete) -> Vec<String> {
    let mut taken = Vec::new();
    let mut empty = 0;
    // A queue may look empty while a colleague holds its last row: look again before believing it.
    while empty < 5 {
        match take_next(&ctx, &requete).await.unwrap() {
            Some(reference) => taken.push(reference),
            None => {
                empty += 1;
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        }
    }
    taken
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_writers_lose_no_line_of_a_thread() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let mut tasks = Vec::new();
    for task in 0..8 {
        tasks.push(tokio::spawn(write_forty(ctx.clone(), technicien.clone(), (reference.clone(), task))));
    }
    for task in tasks {
        task.await.unwrap();
    }
    let vue = show(ctx, &technicien, &reference).await.unwrap();
    assert_eq!((vue.echanges.len(), vue.demande.version), (320, 321));
}

async fn write_forty(ctx: Contexte, requete: Requete, (reference, task): (String, u32)) {
    let mut written = 0;
    while written < 40 {
        let version = show(&ctx, &requete, &reference).await.unwrap().demande.version;
        match reply(&ctx, &requete, &reference, version, &format!("Ligne {written} de {task}.")).await {
            Ok(()) => written += 1,
            Err(AppError::Conflit) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_sendings_of_one_draft_at_once_file_once_and_give_one_reference() {
    let scene = Scene::new().await;
    let technicien = scene.signin("82.technicien").await;
    let id = scene.draft(&technicien, &saisie("82")).await;
    let mut tasks = Vec::new();
    for _ in 0..8 {
        let (ctx, requete) = (scene.essai.ctx.clone(), technicien.clone());
        tasks.push(tokio::spawn(async move { submit(&ctx, &requete, id).await }));
    }
    let mut references = BTreeSet::new();
    for task in tasks {
        references.insert(task.await.unwrap().unwrap());
    }
    assert_eq!(references.len(), 1);
    assert_eq!(
        list(&scene.essai.ctx, &technicien, Lieu::Structure, &Question::default()).await.unwrap().lignes.len(),
        1
    );
}
