//! Nothing personal lies in clear in any byte of the database: files and write-ahead log, or a dump of every table.

use crate::brut::{Brut, hex};
use crate::monde::{Depot, Monde, instant, nous, uuid};
use domain::demande::Sorte;
use domain::droits;
use domain::ids::{BrouillonId, MessageId};
use std::path::Path;
use std::process::Command;
use store::Database;
use store::brouillon::Saisie;
use store::demande::{Cote, ecrire};

const SECRETS: [&str; 8] = [
    "Zwingelstein",
    "Clothaire",
    "zwingelstein",
    "zwing",
    "1961-03-14",
    "sa carte est perdue",
    "merci de la renvoyer",
    "brouillon inachevé",
];

async fn fill(m: &Monde) {
    let depot = Depot {
        nom: "Zwingelstein".to_owned(),
        prenom: "Clothaire".to_owned(),
        precisions: "sa carte est perdue".to_owned(),
        ..Depot::default()
    };
    let reference = m.depose(&depot).await;
    let lue = m.lue(&reference).await;
    let tx = m.store.begin_write().await.unwrap();
    let permis = droits::repondre(&nous()).unwrap();
    let line = (MessageId::new(uuid()), Cote::Partenaire, "merci de la renvoyer");
    ecrire(&tx, &permis, &lue, line, instant()).await.unwrap();
    let permis = droits::garder_brouillon(&nous(), Sorte::Document).unwrap();
    let saisie = Saisie([("nom".to_owned(), vec!["brouillon inachevé".to_owned()])].into());
    store::brouillon::insert(&tx, &permis, BrouillonId::new(uuid()), (Sorte::Document, &saisie), instant())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Every byte of the database as it lies on the disk or in a dump.
fn bytes(m: &Monde) -> Vec<(String, Vec<u8>)> {
    match &m.base.database {
        Database::Sqlite(_) => {
            m.base.files().into_iter().map(|p| (p.display().to_string(), std::fs::read(p).unwrap())).collect()
        }
        Database::Postgres { url, .. } => vec![("dump".to_owned(), dump(url))],
    }
}

fn dump(url: &str) -> Vec<u8> {
    let newest = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|e| e.path()).max();
    let program = newest.map(|p| p.join("bin/pg_dump")).filter(|p| Path::exists(p)).unwrap_or_else(|| "pg_dump".into());
    let done = Command::new(program).arg("--inserts").arg(url).output().expect("pg_dump runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    done.stdout
}

/// Where a text appears: as it is, or, in a dump, as the hexadecimal of bytes.
fn places(haystacks: &[(String, Vec<u8>)], needle: &str) -> Vec<String> {
    let spelled = hex(needle.as_bytes());
    let holds = |bytes: &[u8], n: &[u8]| bytes.windows(n.len()).any(|w| w == n);
    let hit = haystacks.iter().filter(|(_, b)| holds(b, needle.as_bytes()) || holds(b, spelled.as_bytes()));
    hit.map(|(name, _)| name.clone()).collect()
}

async fn checkpoint(m: &Monde) {
    let mut db = Brut::main(&m.base).await;
    if db.is_sqlite() {
        db.run("PRAGMA wal_checkpoint(PASSIVE)").await;
    }
}

#[tokio::test]
async fn names_texts_and_drafts_are_nowhere_in_clear() {
    let m = Monde::new().await;
    fill(&m).await;
    for round in ["in the log", "in the files"] {
        let found = bytes(&m);
        assert!(!found.is_empty());
        for secret in SECRETS {
            assert_eq!(places(&found, secret), Vec::<String>::new(), "« {secret} » {round}");
        }
        checkpoint(&m).await;
    }
}

#[tokio::test]
async fn the_search_finds_what_was_planted_as_text_or_as_bytes() {
    let m = Monde::new().await;
    fill(&m).await;
    let mut db = Brut::main(&m.base).await;
    db.run("INSERT INTO reglage VALUES ('essai', 'sa carte est perdue')").await;
    let planted = db.bytes("Zwingelstein".as_bytes());
    db.run(&format!("UPDATE compte SET scelle = {planted}")).await;
    for _ in 0..2 {
        let found = bytes(&m);
        assert!(!places(&found, "sa carte est perdue").is_empty());
        assert!(!places(&found, "Zwingelstein").is_empty());
        assert!(places(&found, "Clothaire").is_empty());
        checkpoint(&m).await;
    }
}

#[tokio::test]
async fn what_was_replaced_or_removed_leaves_no_sealed_bytes_behind() {
    let m = Monde::new().await;
    fill(&m).await;
    let mut db = Brut::main(&m.base).await;
    if !db.is_sqlite() {
        return;
    }
    let sealed = db.blobs("SELECT scelle FROM brouillon").await.remove(0);
    let tail = &sealed[sealed.len() - 24..];
    let held = |m: &Monde| bytes(m).iter().any(|(_, b)| b.windows(tail.len()).any(|w| w == tail));
    assert!(held(&m));
    let tx = m.store.begin_write().await.unwrap();
    assert_eq!(store::brouillon::expire(&tx, crate::monde::apres(1)).await.unwrap(), 1);
    tx.commit().await.unwrap();
    db.run("PRAGMA wal_checkpoint(TRUNCATE)").await;
    assert!(!held(&m), "overwritten by secure_delete");
}
