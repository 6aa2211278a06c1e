//! For the tests inside: an empty database, and what it would do with a query.

use crate::{Database, Store};
use sea_orm::{ConnectionTrait, DbBackend, QueryTrait};
use uuid::Uuid;
use vault::{Keyring, MasterKey};

/// An id told from others by its number.
pub fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

/// A master key.
pub fn keyring() -> Keyring {
    let mut bytes = [7; 32];
    bytes[0] = 1;
    Keyring::new(MasterKey::from_bytes(bytes))
}

/// An empty SQLite database and the folder that it is in.
pub async fn sqlite() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Database::Sqlite(folder.path().to_owned()), keyring()).await.unwrap();
    (folder, store)
}

/// What SQLite would do, a line a step.
pub async fn sqlite_plan(store: &Store, query: impl QueryTrait) -> Vec<String> {
    explained(store, query, (DbBackend::Sqlite, "EXPLAIN QUERY PLAN ", "detail")).await
}

/// What PostgreSQL did, a line a step, with the rows of each.
pub async fn postgres_plan(store: &Store, query: impl QueryTrait) -> Vec<String> {
    let explain = "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) ";
    explained(store, query, (DbBackend::Postgres, explain, "QUERY PLAN")).await
}

async fn explained(
    store: &Store,
    query: impl QueryTrait,
    (backend, explain, column): (DbBackend, &str, &str),
) -> Vec<String> {
    let mut statement = query.build(backend);
    statement.sql.insert_str(0, explain);
    let tx = store.begin_read().await.unwrap();
    let rows = tx.inner.query_all_raw(statement).await.unwrap();
    rows.iter().map(|r| r.try_get::<String>("", column).unwrap()).collect()
}

/// Whether a step sorts what it read.
pub fn sorts(plan: &[String]) -> bool {
    plan.iter().any(|l| l.contains("TEMP B-TREE"))
}
