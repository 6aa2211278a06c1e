//! Fifty rounds of four people filing while the server is killed: what was acknowledged is there, once, with one mail.
//!
//! Takes half a minute: fifty starts of the unoptimised binary and two hundred demandes.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use adapters::horloge::DemoClock;
use adapters::mot_de_passe::Argon2Hasher;
use app::ports::Clock as _;
use chrono::TimeDelta;
use demo::{CompteDemo, Taille};
use server::demonstration::Ouverture;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _, Row as _};
use testkit::Page;
use testkit::adapters::SeededRandom;

use crate::navigateur::{FORM, Navigateur, champs};
use crate::processus::{Serveur, port};
use crate::{run, stderr, stdout};

const ROUNDS: u32 = 50;
const CLIENTS: usize = 4;
/// How long one person insists on one demande.
const PATIENCE: Duration = Duration::from_secs(90);

fn ouverture(folder: &Path) -> Ouverture {
    Ouverture {
        dossier: folder.to_owned(),
        neuf: false,
        url: "http://localhost:8080".to_owned(),
        taille: Taille { conventions: 2, demandes: 2 },
        hasher: Arc::new(Argon2Hasher::new(64, 2).unwrap()),
        antivirus: None,
    }
}

/// Fills the folder; gives four techniciens of two structures, each with its département.
async fn fill(folder: &Path) -> Vec<(CompteDemo, &'static str)> {
    let demonstration = ouverture(folder).open().await.unwrap_or_else(|e| panic!("{}", e.message()));
    let accounts = demonstration.fichier.accounts.clone();
    demonstration.atelier.close().await.unwrap();
    let of = |a: &CompteDemo| if a.organisation.contains("Grimaud") { "83" } else { "82" };
    let all: Vec<_> = accounts.into_iter().filter(|a| a.profile == "technicien").map(|a| (a.clone(), of(&a))).collect();
    assert!(all.len() >= CLIENTS, "{all:?}");
    all.into_iter().take(CLIENTS).collect()
}

/// What happened to the sends, so that a test in which nothing was ever interrupted is noticed.
#[derive(Default)]
struct Mesures {
    /// Requests that got no answer.
    interrompues: AtomicU32,
    /// Sends that got none, and were sent again.
    envois_repris: AtomicU32,
}

/// Asks again until there is an answer.
macro_rules! insist {
    ($mesures:expr, $ask:expr) => {{
        let begun = Instant::now();
        loop {
            match $ask.await {
                Ok(page) => break page,
                Err(error) => {
                    assert!(begun.elapsed() < PATIENCE, "no answer any more: {error}");
                    $mesures.fetch_add(1, Ordering::Relaxed);
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
        }
    }};
}

/// Files one demande however often the server goes away; gives the draft's id and the reference acknowledged.
async fn file(qui: &mut Navigateur, departement: &str, nom: &str, mesures: &Mesures) -> (String, String) {
    let form = insist!(mesures.interrompues, qui.try_get(FORM));
    let id = form.attr("input[name=brouillon]", "value").expect("the form gives the draft its id");
    let fields = champs(&id, departement, nom);
    let kept = insist!(mesures.interrompues, qui.try_post(FORM, &fields));
    assert_eq!(kept.location(), format!("/brouillons/{id}"), "{} {}", kept.status, kept.main_text());
    insist!(mesures.interrompues, qui.try_get(&format!("/brouillons/{id}")));
    let path = format!("/brouillons/{id}/envoyer");
    let sent = insist!(mesures.envois_repris, qui.try_post(&path, &[]));
    (id, acknowledged(&sent))
}

/// The reference in the answer to a send.
fn acknowledged(sent: &Page) -> String {
    assert_eq!(sent.status, 303, "{}", sent.main_text());
    let reference = sent.location().strip_prefix("/demandes/").and_then(|r| r.strip_suffix("/accuse"));
    reference.expect("the receipt's address").to_owned()
}

fn below(hasard: &SeededRandom, most: u64) -> u64 {
    let mut bytes = [0; 8];
    app::ports::Random::fill(hasard, &mut bytes);
    u64::from_le_bytes(bytes) % most.max(1)
}

#[tokio::test]
async fn what_was_acknowledged_survives_fifty_kills_once_and_with_one_mail() {
    let outside = tempfile::tempdir().unwrap();
    let folder = outside.path().join("demo");
    let people = fill(&folder).await;
    let before = count(&folder, "SELECT count(*) FROM demande").await;
    let port = port();
    let words = ["demo", "--data-dir", "demo", "--port", &port.to_string()].map(str::to_owned);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut serveur = Serveur::start(outside.path(), &words, port).await;
    let clock = DemoClock::open(folder.join("horloge")).unwrap().unwrap();
    let mut clients = Vec::new();
    for (compte, departement) in &people {
        let mut client = Navigateur::new(port);
        client.signs_in(compte, clock.now()).await;
        clients.push((client, *departement));
    }

    let (mesures, hasard) = (Mesures::default(), SeededRandom::new(50));
    let mut filed: BTreeMap<String, String> = BTreeMap::new();
    let round = async |clients: &mut Vec<(Navigateur, &'static str)>| {
        let [a, b, c, d] = clients.as_mut_slice() else { panic!("four clients") };
        let all = tokio::join!(
            file(&mut a.0, a.1, "Aubrespine", &mesures),
            file(&mut b.0, b.1, "Brémontier", &mesures),
            file(&mut c.0, c.1, "Cazalès-Dorme", &mesures),
            file(&mut d.0, d.1, "Dœuvremont", &mesures),
        );
        [all.0, all.1, all.2, all.3]
    };
    // A round in peace tells how long one takes: a kill may fall anywhere in it.
    let begun = Instant::now();
    filed.extend(round(&mut clients).await);
    let longest = u64::try_from(begun.elapsed().as_micros()).unwrap();
    for _ in 0..ROUNDS {
        let moment = Duration::from_micros(below(&hasard, longest));
        let killed = async {
            tokio::time::sleep(moment).await;
            serveur.kill();
            Serveur::start(outside.path(), &words, port).await
        };
        let (done, again) = tokio::join!(round(&mut clients), killed);
        serveur = again;
        filed.extend(done);
    }
    assert_eq!(filed.len(), CLIENTS * (ROUNDS as usize + 1), "a draft is one demande");
    // The same key sent once more is the same demande.
    for (client, _) in &mut clients {
        for (id, reference) in filed.iter().rev().take(CLIENTS * 3) {
            let page = client.post(&format!("/brouillons/{id}/envoyer"), &[]).await;
            assert!(page.status == 404 || acknowledged(&page) == *reference, "{id}: {}", page.location());
        }
    }
    serveur.kill();
    let (cut, resent) = (mesures.interrompues.into_inner(), mesures.envois_repris.into_inner());
    eprintln!("{} demandes, {cut} requests without an answer, {resent} sends without an answer", filed.len());
    assert!(cut + resent >= ROUNDS / 2 && resent >= 5, "hardly anything was interrupted: {cut}, {resent}");

    work_off(&folder).await;
    verify_rows(&folder, &filed, before).await;
    verify_mails(&folder, &filed);
    let verified =
        run(&folder, &["journal", "verify", "--dossier-donnees", ".", "--cle-maitresse-fichier", "cle"], b"");
    assert!(stdout(&verified).starts_with("Journal intact : "), "{}{}", stdout(&verified), stderr(&verified));
}

/// Opens the folder once more, a day later: the leases of what was killed are over, and every mail goes.
async fn work_off(folder: &Path) {
    let demonstration = ouverture(folder).open().await.unwrap_or_else(|e| panic!("{}", e.message()));
    demonstration.horloge.advance(TimeDelta::days(1)).unwrap();
    app::jobs::run_due(&demonstration.atelier.ctx).await.unwrap();
    demonstration.atelier.close().await.unwrap();
}

async fn open(folder: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(folder.join("espace.sqlite")).connect().await.unwrap()
}

async fn count(folder: &Path, sql: &str) -> i64 {
    open(folder).await.fetch_one(AssertSqlSafe(sql.to_owned())).await.unwrap().get(0)
}

async fn verify_rows(folder: &Path, filed: &BTreeMap<String, String>, before: i64) {
    let mut db = open(folder).await;
    let all = count(folder, "SELECT count(*) FROM demande").await;
    assert_eq!(all - before, i64::try_from(filed.len()).unwrap(), "each draft is one demande");
    assert_eq!(count(folder, "SELECT count(*) FROM fait WHERE nature = 'depot'").await, all, "one fact each");
    for (id, reference) in filed {
        let of = |sql: &str| sql.replace("{ref}", reference).replace("{id}", &id.replace('-', ""));
        for (sql, expected) in [
            ("SELECT count(*) FROM demande WHERE reference = '{ref}'", 1),
            ("SELECT count(*) FROM demande WHERE reference = '{ref}' AND cle_idempotence = x'{id}'", 1),
            ("SELECT count(*) FROM demande WHERE cle_idempotence = x'{id}'", 1),
            ("SELECT count(*) FROM brouillon WHERE id = x'{id}'", 0),
            ("SELECT count(*) FROM journal_ecriture WHERE action = 'demande.submit' AND objet_id = '{ref}'", 1),
            ("SELECT count(*) FROM outbox WHERE parametres LIKE '%\"accuse\"%{ref}%'", 1),
            ("SELECT count(*) FROM outbox WHERE parametres LIKE '%{ref}%' AND fini_le IS NOT NULL", 1),
        ] {
            let sql = of(sql);
            let found: i64 = db.fetch_one(AssertSqlSafe(sql.clone())).await.unwrap().get(0);
            assert_eq!(found, expected, "{sql}");
        }
    }
}

fn verify_mails(folder: &Path, filed: &BTreeMap<String, String>) {
    let files = std::fs::read_dir(folder.join("courriels")).unwrap().map(|e| e.unwrap().path());
    let files: Vec<_> = files.filter(|p| p.extension().is_some_and(|e| e == "eml")).collect();
    let mails: Vec<String> = files.iter().map(|p| std::fs::read_to_string(p).unwrap()).collect();
    for reference in filed.values() {
        let found = mails.iter().filter(|m| m.contains(reference.as_str())).count();
        assert_eq!(found, 1, "mails about {reference}");
    }
}
