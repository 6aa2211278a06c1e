use super::{attach, draft, fichier, list};
use crate::demande::Scene;
use app::piece_jointe::download;
use app::ports::{ObjectError, ObjectStore};
use app::{AppError, Contexte};
use async_trait::async_trait;
use chrono::TimeDelta;
use std::sync::Arc;

#[tokio::test]
async fn neither_the_content_nor_the_name_is_readable_at_rest() {
    let scene = Scene::new().await;
    let (requete, id) = draft(&scene).await;
    attach(&scene, &requete, id, vec![fichier("Lefevre-attestation.pdf", "mot-tres-rare")]).await;
    app::demande::submit(&scene.essai.ctx, &requete, id).await.unwrap();
    let holds = |octets: &[u8], mot: &str| octets.windows(mot.len()).any(|w| w == mot.as_bytes());
    for octets in scene.essai.objets.all().values() {
        assert!(!holds(octets, "mot-tres-rare") && !holds(octets, "%PDF"));
    }
    let files = scene.files();
    for file in &files {
        let octets = std::fs::read(file).unwrap();
        assert!(!holds(&octets, "Lefevre-attestation") && !holds(&octets, "mot-tres-rare"), "{}", file.display());
    }
    assert!(!files.is_empty() || testkit::base::postgres().is_some());
}

#[tokio::test]
async fn a_nir_inside_a_file_is_accepted_sealed_and_opened_as_it_was_sent() {
    let scene = Scene::new().await;
    let (requete, id) = draft(&scene).await;
    let nir = crate::demande::with_a_nir();
    let sent = fichier("attestation.pdf", &nir);
    let holds = |octets: &[u8]| octets.windows(nir.len()).any(|w| w == nir.as_bytes());
    assert!(holds(&sent.octets), "the file as it is sent");
    let jointes = attach(&scene, &requete, id, vec![sent.clone()]).await;
    assert_eq!((jointes.gardees, jointes.refusees.len()), (1, 0));
    assert!(scene.essai.objets.all().values().all(|octets| !holds(octets)));
    let piece = list(&scene, &requete, id).await[0].id;
    let reference = app::demande::submit(&scene.essai.ctx, &requete, id).await.unwrap();
    scene.jobs().await;
    let opened = download(&scene.essai.ctx, &requete, &reference, piece).await.unwrap();
    assert!(opened.octets == sent.octets, "not a byte is changed");
}

#[tokio::test]
async fn the_bytes_of_another_file_do_not_open_in_its_place() {
    let scene = Scene::new().await;
    let (requete, id) = draft(&scene).await;
    attach(&scene, &requete, id, vec![fichier("a.pdf", "a"), fichier("b.pdf", "b")]).await;
    let pieces = list(&scene, &requete, id).await;
    let ctx = &scene.essai.ctx;
    let reference = app::demande::submit(ctx, &requete, id).await.unwrap();
    scene.jobs().await;
    let all = scene.essai.objets.all();
    let cle = |n: usize| all.keys().find(|k| k.ends_with(&pieces[n].id.get().simple().to_string())).unwrap().clone();
    let b = all[&cle(1)].clone();
    scene.essai.objets.put(&cle(0), b).await.unwrap();
    assert!(matches!(download(ctx, &requete, &reference, pieces[0].id).await, Err(AppError::Interne(_))));
    assert!(download(ctx, &requete, &reference, pieces[1].id).await.is_ok());
}

/// Stores, then fails as if the process had been killed before anything else.
struct Killed(Arc<dyn ObjectStore>);

#[async_trait]
impl ObjectStore for Killed {
    async fn put(&self, cle: &str, octets: Vec<u8>) -> Result<(), ObjectError> {
        self.0.put(cle, octets).await?;
        Err(ObjectError("killed".to_owned()))
    }
    async fn get(&self, cle: &str) -> Result<Option<Vec<u8>>, ObjectError> {
        self.0.get(cle).await
    }
    async fn delete(&self, cle: &str) -> Result<(), ObjectError> {
        self.0.delete(cle).await
    }
    async fn list(&self) -> Result<Vec<String>, ObjectError> {
        self.0.list().await
    }
}

#[tokio::test]
async fn killed_between_the_store_and_the_commit_no_row_is_left_and_the_bytes_are_collected() {
    let scene = Scene::new().await;
    let (requete, id) = draft(&scene).await;
    let mut ctx: Contexte = scene.essai.ctx.clone();
    ctx.fichiers.objets = Arc::new(Killed(scene.essai.objets.clone()));
    let killed = app::piece_jointe::attach_to_draft(&ctx, &requete, id, vec![fichier("a.pdf", "a")]).await;
    assert!(matches!(killed, Err(AppError::Occupe(_))));
    assert!(list(&scene, &requete, id).await.is_empty());
    assert_eq!(scene.essai.objets.all().len(), 1);
    let foreign = format!("0123456789abcdef-{}", scene.essai.ctx.new_id().simple());
    scene.essai.objets.put(&foreign, vec![1]).await.unwrap();
    attach(&scene, &requete, id, vec![fichier("b.pdf", "b")]).await;
    scene.essai.clock.advance(TimeDelta::hours(7 * 24 - 1));
    scene.jobs().await;
    assert_eq!(scene.essai.objets.all().len(), 3, "it may belong to a transaction that has not ended");
    scene.essai.clock.advance(TimeDelta::hours(2));
    scene.jobs().await;
    let left = scene.essai.objets.all();
    assert!(left.len() == 2 && left.contains_key(&foreign), "another installation keeps its own: {:?}", left.keys());
    let requete = scene.signin("82.technicien").await;
    assert_eq!(list(&scene, &requete, id).await.len(), 1);
}
