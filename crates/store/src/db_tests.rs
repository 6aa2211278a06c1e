//! What only the inside can try: raw statements through the store's own transactions.

use crate::test_base::{keyring, sqlite};
use crate::{Database, Store};
use sea_orm::ConnectionTrait;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::time::Duration;
use tempfile::TempDir;

const WRITES: [&str; 4] = [
    "INSERT INTO reglage (cle, valeur) VALUES ('x', 'y')",
    "UPDATE reglage SET valeur = 'y'",
    "DELETE FROM reglage",
    "DROP TABLE reglage",
];

async fn reading_refuses(store: &Store, why: &str) {
    for sql in WRITES {
        let tx = store.begin_read().await.unwrap();
        let refused = tx.inner.execute_unprepared(sql).await.expect_err(sql).to_string();
        assert!(refused.contains(why), "{sql}: {refused}");
    }
    let tx = store.begin_write().await.unwrap();
    tx.inner.execute_unprepared(WRITES[0]).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_reading_transaction_cannot_write_on_sqlite() {
    let (_folder, store) = sqlite().await;
    reading_refuses(&store, "readonly").await;
    let tx = store.begin_journal_read().await.unwrap();
    assert!(tx.inner.execute_unprepared("DELETE FROM journal_chaine").await.is_err());
}

#[tokio::test]
async fn a_reading_transaction_cannot_write_on_postgresql() {
    let Some(admin) = std::env::var("EP_TEST_POSTGRES").ok().filter(|v| !v.is_empty()) else { return };
    let name = format!("ep_inside_{}", std::process::id());
    let mut conn = PgConnection::connect(&admin).await.unwrap();
    conn.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    let (start, query) = admin.split_once('?').map_or((admin.as_str(), ""), |(s, q)| (s, q));
    let (server, _) = start.rsplit_once('/').unwrap();
    let database = Database::Postgres { url: format!("{server}/{name}?{query}"), proprietaire: None };
    let store = Store::open(&database, keyring()).await.unwrap();
    reading_refuses(&store, "read-only transaction").await;
    store.close().await.unwrap();
    conn.execute(AssertSqlSafe(format!("DROP DATABASE {name}"))).await.unwrap();
}

/// The triggers see a replaced row only with `recursive_triggers`, which each connection must set.
#[tokio::test]
async fn the_writers_of_sqlite_replace_nothing_in_the_journal() {
    let (_folder, store) = sqlite().await;
    let row = "(numero, id, le, requete, acteur, action, objet, resultat, details) \
               VALUES (1, x'01', 't', 'r', 'a', 'a', 'o', 'fait', '{}')";
    for table in ["journal_ecriture", "journal_lecture"] {
        let open =
            if table == "journal_ecriture" { store.begin_write().await } else { store.begin_journal_write().await };
        let tx = open.unwrap();
        tx.inner.execute_unprepared(&format!("INSERT INTO {table} {row}")).await.unwrap();
        let refused = tx.inner.execute_unprepared(&format!("INSERT OR REPLACE INTO {table} {row}")).await;
        assert!(refused.expect_err("refused").to_string().contains("append only"), "{table}");
    }
}

#[tokio::test]
async fn a_commit_on_sqlite_reaches_the_disk_before_it_is_answered() {
    let (_folder, store) = sqlite().await;
    for (open, wanted) in [("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1), ("recursive_triggers", 1)] {
        for tx in [store.begin_write().await.unwrap(), store.begin_journal_write().await.unwrap()] {
            let row = sqlx_pragma(&tx, open).await;
            assert_eq!(row, wanted, "{open}");
        }
    }
}

/// A folder that is being filled waits for no disk; opened again to be served, it does.
#[tokio::test]
async fn a_filled_folder_is_served_with_the_durability_of_every_other() {
    let folder = TempDir::new().unwrap();
    let filling = Store::open_disposable(folder.path(), keyring()).await.unwrap();
    let tx = filling.begin_write().await.unwrap();
    assert_eq!(sqlx_pragma(&tx, "synchronous").await, 0);
    tx.inner.execute_unprepared(WRITES[0]).await.unwrap();
    tx.commit().await.unwrap();
    filling.close().await.unwrap();
    let served = Store::open(&Database::Sqlite(folder.path().to_owned()), keyring()).await.unwrap();
    for tx in [served.begin_write().await.unwrap(), served.begin_journal_write().await.unwrap()] {
        assert_eq!(sqlx_pragma(&tx, "synchronous").await, 2);
    }
}

async fn sqlx_pragma(tx: &crate::Tx, name: &str) -> i64 {
    use sea_orm::{DbBackend, Statement};
    let row = tx.inner.query_one_raw(Statement::from_string(DbBackend::Sqlite, format!("PRAGMA {name}"))).await;
    row.unwrap().unwrap().try_get_by_index(0).unwrap()
}

/// IMMEDIATE: whoever means to write holds the file from its first reading on, and does not learn at its first write that it
/// read too early.
#[tokio::test]
async fn a_writing_transaction_on_sqlite_holds_the_file_from_its_first_statement() {
    let (folder, store) = sqlite().await;
    let tx = store.begin_write().await.unwrap();
    sqlx_pragma(&tx, "user_version").await;
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(folder.path().join("espace.sqlite"))
        .busy_timeout(Duration::ZERO);
    let mut other = sqlx::ConnectOptions::connect(&options).await.unwrap();
    assert!(other.execute("BEGIN IMMEDIATE").await.unwrap_err().to_string().contains("locked"));
    tx.commit().await.unwrap();
    // The turn is given back. A dropped transaction would be rolled back a moment later, by the pool.
    other.execute("BEGIN IMMEDIATE").await.unwrap();
}

/// The beginning goes with the first statement, whose changes are counted alone.
#[tokio::test]
async fn the_first_statement_of_a_transaction_counts_its_own_changes() {
    let (_folder, store) = sqlite().await;
    let tx = store.begin_write().await.unwrap();
    for cle in ["a", "b", "c"] {
        let sql = format!("INSERT INTO reglage (cle, valeur) VALUES ('{cle}', 'y')");
        tx.inner.execute_unprepared(&sql).await.unwrap();
    }
    assert_eq!(tx.inner.execute_unprepared("UPDATE reglage SET valeur = 'z'").await.unwrap().rows_affected(), 4);
    tx.commit().await.unwrap();
    let tx = store.begin_write().await.unwrap();
    let none = tx.inner.execute_unprepared("UPDATE reglage SET valeur = 'x' WHERE cle = 'd'").await.unwrap();
    assert_eq!(none.rows_affected(), 0, "not the four of the transaction before");
}

/// What is dropped is rolled back before anybody else has the connection.
#[tokio::test]
async fn what_a_dropped_transaction_wrote_is_never_seen() {
    let (_folder, store) = sqlite().await;
    for _ in 0..20 {
        let tx = store.begin_write().await.unwrap();
        tx.inner.execute_unprepared(WRITES[0]).await.unwrap();
        drop(tx);
        let tx = store.begin_write().await.unwrap();
        assert_eq!(sqlx_count(&tx).await, 1, "the check value of the master key alone");
    }
}

async fn sqlx_count(tx: &crate::Tx) -> i64 {
    use sea_orm::{DbBackend, Statement};
    let sql = "SELECT COUNT(*) FROM reglage";
    let row = tx.inner.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await;
    row.unwrap().unwrap().try_get_by_index(0).unwrap()
}
