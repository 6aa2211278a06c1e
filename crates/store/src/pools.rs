//! The pools of connections behind [`crate::Store`]: what each connection is told when it opens, and when it is tried.

use crate::conn::Source;
use crate::db::Side;
use crate::error::StoreError;
use crate::migrate::Migrations;
use crate::reserve::Reserve;
use crate::sqlite::{self, Commit};
use sea_orm::SqlxPostgresConnector;
use sqlx::pool::PoolConnectionMetadata;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::sqlite::{SqlitePool, SqlitePoolOptions};
use sqlx::{ConnectOptions, Connection, Executor};
use std::fs::File;
use std::path::Path;
use std::pin::Pin;
use std::time::Duration;

/// Statements kept ready by a connection: more than the product has, so that none is prepared again and again.
pub(crate) const STATEMENTS: usize = 400;

/// A connection that has rested for so long is tried before it is used: a server that was started again has cut it. One
/// used a moment ago is not, which saves a round trip a transaction.
const RESTED: Duration = Duration::from_secs(1);

/// Connections to a file of SQLite for reading.
const SQLITE_READERS: u32 = 8;

/// How long a reading transaction waits for its connection, and a writing one for its turn.
const PATIENCE: Duration = Duration::from_secs(10);
const WRITER: Duration = Duration::from_secs(30);

/// How a reading transaction begins on SQLite.
const READ: &str = "BEGIN";

/// Connections to PostgreSQL for reading, and as many for writing.
const POSTGRES_EACH: u32 = 12;

/// What every transaction of a reading connection is: one snapshot that cannot write.
const READING: &str = "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

pub(crate) fn lock_file(path: &Path) -> Result<File, StoreError> {
    let name = path.display().to_string();
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .map_err(|source| StoreError::File { path: name.clone(), source })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(StoreError::Locked(name)),
        Err(std::fs::TryLockError::Error(source)) => Err(StoreError::File { path: name, source }),
    }
}

/// A file in this process is never away: connections are neither tried nor replaced.
fn sqlite_pool(connections: u32, patience: Duration) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(patience)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

/// A file that exists, for reading only.
pub(crate) async fn sqlite_reader(path: &Path) -> Result<Side, StoreError> {
    std::fs::metadata(path).map_err(|source| StoreError::File { path: path.display().to_string(), source })?;
    let options = sqlite::options(path, Commit::OnDisk).create_if_missing(false).pragma("query_only", "ON");
    let read = Reserve::new(sqlite_pool(2, PATIENCE).connect_with(options).await?, (2, PATIENCE), READ);
    Ok(Side { read: Source::Sqlite(read.clone()), write: Source::Sqlite(read) })
}

/// One writer and eight readers of a file, migrated.
pub(crate) async fn sqlite_side(path: &Path, migrations: Migrations, commit: Commit) -> Result<Side, StoreError> {
    let options = sqlite::options(path, commit);
    let write: SqlitePool = sqlite_pool(1, WRITER).connect_with(options.clone()).await?;
    migrations.run(&write).await?;
    let read = sqlite_pool(SQLITE_READERS, PATIENCE).connect_with(options.pragma("query_only", "ON")).await?;
    Ok(Side {
        read: Source::Sqlite(Reserve::new(read, (SQLITE_READERS as usize, PATIENCE), READ)),
        write: Source::Sqlite(Reserve::new(write, (1, WRITER), "BEGIN IMMEDIATE")),
    })
}

/// What a pool's hooks give.
type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, sqlx::Error>> + Send + 'a>>;

fn rested(conn: &mut PgConnection, meta: PoolConnectionMetadata) -> Answer<'_, bool> {
    Box::pin(async move {
        if meta.idle_for > RESTED {
            conn.ping().await?;
        }
        Ok(true)
    })
}

fn reading(conn: &mut PgConnection, _: PoolConnectionMetadata) -> Answer<'_, ()> {
    Box::pin(async move { conn.execute(READING).await.map(drop) })
}

fn postgres_pool(connections: u32) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire(false)
        .before_acquire(rested)
}

/// Readers and writers of a migrated database.
pub(crate) async fn postgres_side(options: PgConnectOptions) -> Result<Side, StoreError> {
    let options = options.statement_cache_capacity(STATEMENTS).disable_statement_logging();
    let write = postgres_pool(POSTGRES_EACH).connect_with(options.clone()).await?;
    let read = postgres_pool(POSTGRES_EACH).after_connect(reading).connect_with(options).await?;
    Ok(Side {
        read: Source::Postgres(SqlxPostgresConnector::from_sqlx_postgres_pool(read)),
        write: Source::Postgres(SqlxPostgresConnector::from_sqlx_postgres_pool(write)),
    })
}

/// Two readers of a database that nobody may change through them.
pub(crate) async fn postgres_reader(options: PgConnectOptions) -> Result<Side, StoreError> {
    let options = options.disable_statement_logging();
    let pool = postgres_pool(2).after_connect(reading).connect_with(options).await?;
    let conn = Source::Postgres(SqlxPostgresConnector::from_sqlx_postgres_pool(pool));
    Ok(Side { read: conn.clone(), write: conn })
}
