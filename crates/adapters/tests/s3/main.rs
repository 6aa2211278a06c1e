//! The object store against a real S3 endpoint in this process: signatures, errors and time limits are the client's own.
#![expect(clippy::unwrap_used, reason = "a test that panics is a test that fails")]

use adapters::objets::{Objets, S3};
use app::ports::ObjectStore;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

struct Endpoint {
    adresse: String,
    server: JoinHandle<()>,
    _folder: tempfile::TempDir,
}

async fn endpoint() -> Endpoint {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("pieces")).unwrap();
    let mut service = S3ServiceBuilder::new(s3s_fs::FileSystem::new(folder.path()).unwrap());
    service.set_auth(SimpleAuth::from_single("cle", "secret"));
    let service = service.build();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let adresse = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let mut open = tokio::task::JoinSet::new();
        loop {
            let (socket, _) = listener.accept().await.unwrap();
            let service = service.clone();
            open.spawn(async move {
                let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(socket), service).await;
            });
        }
    });
    Endpoint { adresse, server, _folder: folder }
}

fn bucket(adresse: &str, secret: &str) -> Objets {
    let cles = ("cle".to_owned(), secret.to_owned());
    let (region, seau) = ("fr-par".to_owned(), "pieces".to_owned());
    Objets::bucket(&S3 { adresse: adresse.to_owned(), region, seau, cles }).unwrap()
}

#[tokio::test]
async fn a_bucket_keeps_gives_back_lists_and_removes() {
    let endpoint = endpoint().await;
    let objets = bucket(&endpoint.adresse, "secret");
    assert_eq!(objets.get("a").await.unwrap(), None);
    let large: Vec<u8> = (0..3_000_000_u32).map(|n| (n % 251) as u8).collect();
    objets.put("a", large.clone()).await.unwrap();
    objets.put("b", vec![1]).await.unwrap();
    assert_eq!(objets.get("a").await.unwrap(), Some(large));
    let mut keys = objets.list().await.unwrap();
    keys.sort();
    assert_eq!(keys, ["a", "b"]);
    objets.delete("a").await.unwrap();
    objets.delete("a").await.unwrap();
    assert_eq!(objets.get("a").await.unwrap(), None);
}

#[tokio::test]
async fn a_wrong_key_is_refused_and_nothing_is_kept() {
    let endpoint = endpoint().await;
    let wrong = bucket(&endpoint.adresse, "devine");
    assert!(wrong.put("a", vec![1]).await.is_err());
    assert!(wrong.get("a").await.is_err(), "refused is not the same as not there");
    assert_eq!(bucket(&endpoint.adresse, "secret").get("a").await.unwrap(), None);
}

#[tokio::test]
async fn a_bucket_that_is_gone_is_an_error_within_seconds() {
    let endpoint = endpoint().await;
    let objets = bucket(&endpoint.adresse, "secret");
    objets.put("a", vec![1]).await.unwrap();
    endpoint.server.abort();
    let _ = endpoint.server.await;
    let begun = Instant::now();
    assert!(objets.put("b", vec![2]).await.is_err());
    assert!(objets.get("a").await.is_err());
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}
