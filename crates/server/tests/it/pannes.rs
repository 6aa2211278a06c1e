//! What people and operators see when something under the portal breaks, and that nothing is lost meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use adapters::courriel::{Chiffrement, MailerSmtp, ReglageSmtp};
use chrono::TimeDelta;
use demo::Taille;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, PgConnection};
use store::Database;
use testkit::Page;
use testkit::adapters::MemoryMailer;
use testkit::base::TestBase;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

use crate::installation::{Installation, Lignes};
use crate::navigateur::{FORM, Navigateur, champs};

const TAILLE: Taille = Taille { conventions: 1, demandes: 3 };
/// What a page must never say of a cause.
const CAUSES: [&str; 7] =
    ["no such table", "does not exist", "SQL", "journal_lecture", "absent", "panicked", "StoreError"];

async fn filled(base: &TestBase) -> Installation {
    Installation::filled(base, TAILLE, Arc::new(MemoryMailer::default())).await
}

/// Breaks the database from outside, or mends it.
async fn statement(base: &TestBase, file: &str, sql: &str) {
    let sql = AssertSqlSafe(sql.to_owned());
    match &base.database {
        Database::Sqlite(folder) => {
            let mut db = SqliteConnectOptions::new().filename(folder.join(file)).connect().await.unwrap();
            db.execute(sql).await.unwrap();
            db.close().await.unwrap();
        }
        Database::Postgres { url, .. } => {
            _ = PgConnection::connect(url).await.unwrap().execute(sql).await.unwrap();
        }
    }
}

/// The failure's page: request id, code, caisse and its other channel, nothing of the cause.
fn tells_the_way_out(page: &Page, status: u16, code: &str) {
    assert_eq!(page.status, status, "{}", page.main_text());
    let (text, id) = (page.main_text(), page.header("x-request-id"));
    assert!(!id.is_empty() && text.contains(&format!("Référence technique : {id}")), "{text}");
    for told in [code, "CPAM de Tarn-et-Garonne", "Courriel : ", "Téléphone : "] {
        assert!(text.contains(told), "{told}: {text}");
    }
    for cause in CAUSES {
        assert!(!page.body.contains(cause), "the page tells {cause}: {text}");
    }
}

/// The log has exactly one line with this cause; it names the request.
fn one_line(lignes: &Lignes, page: &Page, cause: &str) {
    let text = lignes.text();
    let found: Vec<&str> = text.lines().filter(|l| l.contains(cause)).collect();
    assert_eq!(found.len(), 1, "lines with « {cause} »: {text}");
    assert!(found[0].contains(page.header("x-request-id")) && found[0].contains("ERROR"), "{}", found[0]);
}

#[tokio::test]
async fn a_personal_page_is_not_shown_while_the_journal_cannot_be_written() {
    let base = TestBase::new().await;
    let installation = filled(&base).await;
    let compte = installation.compte("technicien", "");
    let servie = installation.serve();
    let mut technicien = servie.signed(&compte).await;
    let address = technicien.get("/demandes").await.attr("main a[href^='/demandes/EP']", "href").expect("a demande");
    let lignes = Lignes::default();
    let guard = tracing::subscriber::set_default(lignes.subscriber());
    statement(&base, "journal.sqlite", "ALTER TABLE journal_lecture RENAME TO journal_absent").await;
    let page = technicien.get(&address).await;
    drop(guard);
    tells_the_way_out(&page, 503, "EP-503");
    assert!(page.main_text().contains("utilisez l’autre canal de votre caisse"), "{}", page.main_text());
    assert_eq!(page.header("retry-after"), "30");
    one_line(&lignes, &page, "journal_lecture");
    statement(&base, "journal.sqlite", "ALTER TABLE journal_absent RENAME TO journal_lecture").await;
    assert_eq!(technicien.get(&address).await.status, 200);
    servie.stop().await;
}

#[tokio::test]
async fn a_failure_of_the_database_shows_a_request_id_and_whom_to_reach_and_nothing_of_its_cause() {
    let base = TestBase::new().await;
    let installation = filled(&base).await;
    let compte = installation.compte("technicien", "");
    let servie = installation.serve();
    let mut technicien = servie.signed(&compte).await;
    let id = technicien.get(FORM).await.attr("input[name=brouillon]", "value").unwrap();
    statement(&base, "espace.sqlite", "ALTER TABLE brouillon RENAME TO brouillon_absent").await;
    let lignes = Lignes::default();
    let guard = tracing::subscriber::set_default(lignes.subscriber());
    let page = technicien.post(FORM, &champs(&id, "82", "Wisigothane")).await;
    drop(guard);
    tells_the_way_out(&page, 500, "EP-500");
    one_line(&lignes, &page, "brouillon");
    for (typed, text) in [("Wisigothane", lignes.text()), ("Wisigothane", page.body.clone())] {
        assert!(!text.contains(typed), "{text}");
    }
    statement(&base, "espace.sqlite", "ALTER TABLE brouillon_absent RENAME TO brouillon").await;
    let kept = technicien.post(FORM, &champs(&id, "82", "Wisigothane")).await;
    assert_eq!(kept.location(), format!("/brouillons/{id}"), "{}", kept.main_text());

    statement(&base, "espace.sqlite", "ALTER TABLE session RENAME TO session_absent").await;
    let page = technicien.get("/").await;
    assert_eq!(page.status, 500);
    assert!(page.main_text().contains("aide@installation.example"), "{}", page.main_text());
    statement(&base, "espace.sqlite", "ALTER TABLE session_absent RENAME TO session").await;
    servie.stop().await;
}

/// A relay that accepts every mail.
async fn relay(port: u16, taken: Arc<AtomicU32>) {
    let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (read, mut write) = stream.into_split();
            let mut lines = BufReader::new(read).lines();
            let mut data = false;
            let mut answer = "220 relay";
            while write.write_all(format!("{answer}\r\n").as_bytes()).await.is_ok() {
                loop {
                    let Ok(Some(line)) = lines.next_line().await else { return };
                    (data, answer) = match (data, &*line) {
                        (false, "DATA") => (true, "354 go on"),
                        (true, ".") => {
                            taken.fetch_add(1, Ordering::SeqCst);
                            (false, "250 taken")
                        }
                        (true, _) => continue,
                        (false, _) => (false, "250 OK"),
                    };
                    break;
                }
            }
        }
    });
}

fn mailer(port: u16) -> MailerSmtp {
    MailerSmtp::new(&ReglageSmtp {
        hote: "localhost".to_owned(),
        port,
        chiffrement: Chiffrement::Aucun,
        identifiants: None,
        expediteur: "Espace Partenaires <ne-pas-repondre@installation.example>".to_owned(),
        domaine: "installation.example".to_owned(),
        delai: Duration::from_secs(10),
        autorite: None,
    })
    .unwrap()
}

async fn file(technicien: &mut Navigateur) {
    let id = technicien.get(FORM).await.attr("input[name=brouillon]", "value").unwrap();
    technicien.post(FORM, &champs(&id, "82", "Wisigothane")).await;
    technicien.get(&format!("/brouillons/{id}")).await;
    let sent = technicien.post(&format!("/brouillons/{id}/envoyer"), &[]).await;
    assert!(sent.location().ends_with("/accuse"), "{} {}", sent.status, sent.main_text());
    assert_eq!(technicien.get(sent.location()).await.status, 200);
}

#[tokio::test]
async fn filing_succeeds_while_the_mail_relay_is_away_and_the_mail_goes_when_it_is_back() {
    let base = TestBase::new().await;
    let mut installation = filled(&base).await;
    let (compte, port) = (installation.compte("technicien", ""), crate::processus::port());
    installation.ctx.mailer = Arc::new(mailer(port));
    let servie = installation.serve();
    let mut technicien = servie.signed(&compte).await;
    let lignes = Lignes::default();
    let guard = tracing::subscriber::set_default(lignes.subscriber());
    file(&mut technicien).await;
    assert_eq!(app::jobs::work_off(&servie.ctx).await.unwrap(), 0);
    drop(guard);
    let backlog = async || store::outbox::backlog(&servie.ctx.store.begin_read().await.unwrap()).await.unwrap();
    assert_eq!(backlog().await, (1, 0), "waiting, given up");
    let told = lignes.text();
    assert!(told.contains("deferred act will be tried again") && !told.contains(".example>"), "{told}");

    let taken = Arc::new(AtomicU32::new(0));
    relay(port, taken.clone()).await;
    assert_eq!(app::jobs::work_off(&servie.ctx).await.unwrap(), 0, "not before its time");
    servie.clock.advance(TimeDelta::minutes(2));
    assert_eq!(app::jobs::work_off(&servie.ctx).await.unwrap(), 1);
    assert_eq!((backlog().await, taken.load(Ordering::SeqCst)), ((0, 0), 1));
    servie.stop().await;
}
