//! Where it is looked for: every byte that leaves the process.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::process::Command;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, PgConnection};
use store::Database;
use testkit::base::TestBase;

use super::aiguilles::{Aiguille, Aiguilles};

/// Bytes of one place.
pub struct Milieu {
    /// Which.
    pub nom: String,
    /// As they lie there.
    pub octets: Vec<u8>,
    /// Written for people, who are named in it: a name counts only as a whole word (« Théo » is not in « Théodore »).
    pub prose: bool,
}

/// The database's bytes: its files with their write-ahead logs, or a dump of every table.
pub fn base(base: &TestBase) -> Vec<Milieu> {
    let of = |(nom, octets)| Milieu { nom, octets, prose: false };
    match &base.database {
        Database::Sqlite(_) => {
            let name = |p: &PathBuf| p.file_name().unwrap().to_string_lossy().into_owned();
            base.files().iter().map(|p| of((name(p), std::fs::read(p).unwrap()))).collect()
        }
        Database::Postgres { url, .. } => vec![of(("dump".to_owned(), dump(url)))],
    }
}

fn dump(url: &str) -> Vec<u8> {
    let newest = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|e| e.path()).max();
    let program = newest.map(|p| p.join("bin/pg_dump")).filter(|p| Path::exists(p)).unwrap_or_else(|| "pg_dump".into());
    let done = Command::new(program).arg("--inserts").arg(url).output().expect("pg_dump runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    done.stdout
}

/// Every file of the mail folder.
pub fn courriels(dossier: &Path) -> Milieu {
    let files = std::fs::read_dir(dossier).unwrap().map(|e| std::fs::read(e.unwrap().path()).unwrap());
    Milieu { nom: "courriels".to_owned(), octets: files.collect::<Vec<_>>().join(&b'\n'), prose: true }
}

/// Writes into the database past the store, as text and as bytes; gives the places where it must be found. On SQLite the
/// text is brought into the file and the bytes stay in the log, and the journal has the text too.
pub async fn plant(base: &TestBase, texte: &str) -> &'static [&'static str] {
    let octets: String = texte.bytes().map(|b| format!("{b:02x}")).collect();
    match &base.database {
        Database::Sqlite(folder) => {
            for (file, checkpoint) in [("espace.sqlite", true), ("journal.sqlite", false)] {
                let mut db = SqliteConnectOptions::new().filename(folder.join(file)).connect().await.unwrap();
                let mut run = async |sql: String| _ = db.execute(AssertSqlSafe(sql)).await.unwrap();
                run("CREATE TABLE essai (texte TEXT, octets BLOB)".to_owned()).await;
                run(format!("INSERT INTO essai (texte) VALUES ('{texte}')")).await;
                if checkpoint {
                    run("PRAGMA wal_checkpoint(TRUNCATE)".to_owned()).await;
                    run(format!("INSERT INTO essai (octets) VALUES (x'{octets}')")).await;
                }
                db.close().await.unwrap();
            }
            &["espace.sqlite", "espace.sqlite-wal", "journal.sqlite-wal"]
        }
        Database::Postgres { url, .. } => {
            let mut db = PgConnection::connect(url).await.unwrap();
            db.execute("CREATE TABLE essai_octets (octets BYTEA)").await.unwrap();
            let sql = format!("INSERT INTO essai_octets VALUES ('\\x{octets}')");
            db.execute(AssertSqlSafe(sql)).await.unwrap();
            &["dump"]
        }
    }
}

/// The needles found in a place, as they are or spelled in hexadecimal as a dump spells bytes.
pub fn find<'a>(aiguilles: &'a Aiguilles, milieu: &Milieu) -> BTreeSet<&'a Aiguille> {
    let mut written: Vec<(Vec<u8>, &Aiguille)> = Vec::new();
    for aiguille in aiguilles.0.iter().filter(|a| !milieu.prose || a.est_d_un_assure()) {
        written.push((aiguille.octets.clone(), aiguille));
        let spelled: String = aiguille.octets.iter().map(|b| format!("{b:02x}")).collect();
        written.push((spelled.into_bytes(), aiguille));
    }
    // By their first four bytes, which every needle has.
    let mut by_start: HashMap<[u8; 4], Vec<&(Vec<u8>, &Aiguille)>> = HashMap::new();
    for one in &written {
        by_start.entry(one.0[..4].try_into().unwrap()).or_default().push(one);
    }
    let mut known = vec![false; 1 << 16];
    by_start.keys().for_each(|k| known[usize::from(k[0]) << 8 | usize::from(k[1])] = true);
    let mut found = BTreeSet::new();
    for (at, start) in milieu.octets.windows(4).enumerate() {
        if !known[usize::from(start[0]) << 8 | usize::from(start[1])] {
            continue;
        }
        for (octets, aiguille) in by_start.get(start).into_iter().flatten() {
            let here = milieu.octets[at..].starts_with(octets);
            if here && (!milieu.prose || whole(&milieu.octets, at, octets.len())) {
                found.insert(*aiguille);
            }
        }
    }
    found
}

/// Whether what is there is no part of a longer word.
fn whole(octets: &[u8], at: usize, length: usize) -> bool {
    let letter = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'-' || *b >= 0x80);
    !letter(at.checked_sub(1).and_then(|i| octets.get(i))) && !letter(octets.get(at + length))
}
