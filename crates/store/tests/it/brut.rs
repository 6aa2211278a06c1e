//! Raw access to the files or the database, as an operator or an attacker has it: no store, no keys.

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, Row};
use std::path::Path;
use store::Database;
use testkit::base::TestBase;
use uuid::Uuid;

/// A connection that is not the store's.
pub enum Brut {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Brut {
    /// To the main database.
    pub async fn main(base: &TestBase) -> Self {
        Self::open(base, "espace.sqlite").await
    }

    /// To the journal: a file of its own on SQLite.
    pub async fn journal(base: &TestBase) -> Self {
        Self::open(base, "journal.sqlite").await
    }

    /// To a PostgreSQL address.
    pub async fn at(url: &str) -> Self {
        Self::Postgres(PgConnection::connect(url).await.unwrap())
    }

    async fn open(base: &TestBase, file: &str) -> Self {
        match &base.database {
            Database::Sqlite(folder) => Self::Sqlite(sqlite(&folder.join(file)).await),
            Database::Postgres { url, .. } => Self::Postgres(PgConnection::connect(url).await.unwrap()),
        }
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }

    /// Runs a statement; gives the rows it touched.
    pub async fn try_run(&mut self, sql: &str) -> Result<u64, sqlx::Error> {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Self::Sqlite(c) => Ok(c.execute(sql).await?.rows_affected()),
            Self::Postgres(c) => Ok(c.execute(sql).await?.rows_affected()),
        }
    }

    /// As [`Self::try_run`], for what must pass.
    pub async fn run(&mut self, sql: &str) -> u64 {
        self.try_run(sql).await.unwrap_or_else(|e| panic!("{sql}: {e}"))
    }

    /// The first column of every row, as whole numbers.
    pub async fn numbers(&mut self, sql: &str) -> Vec<i64> {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Self::Sqlite(c) => c.fetch_all(sql).await.unwrap().iter().map(|r| r.get(0)).collect(),
            Self::Postgres(c) => c.fetch_all(sql).await.unwrap().iter().map(|r| r.get(0)).collect(),
        }
    }

    pub async fn number(&mut self, sql: &str) -> i64 {
        self.numbers(sql).await[0]
    }

    /// The first column of every row, as bytes.
    pub async fn blobs(&mut self, sql: &str) -> Vec<Vec<u8>> {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Self::Sqlite(c) => c.fetch_all(sql).await.unwrap().iter().map(|r| r.get(0)).collect(),
            Self::Postgres(c) => c.fetch_all(sql).await.unwrap().iter().map(|r| r.get(0)).collect(),
        }
    }

    /// Every row as texts; every column must be a text.
    pub async fn texts(&mut self, sql: &str) -> Vec<Vec<String>> {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Self::Sqlite(c) => {
                let rows = c.fetch_all(sql).await.unwrap();
                rows.iter().map(|r| (0..r.len()).map(|i| r.get(i)).collect()).collect()
            }
            Self::Postgres(c) => {
                let rows = c.fetch_all(sql).await.unwrap();
                rows.iter().map(|r| (0..r.len()).map(|i| r.get(i)).collect()).collect()
            }
        }
    }

    /// An id as this database writes it in SQL.
    pub fn id(&self, id: Uuid) -> String {
        if self.is_sqlite() { format!("x'{}'", id.simple()) } else { format!("'{id}'::uuid") }
    }

    /// Bytes as this database writes them in SQL.
    pub fn bytes(&self, bytes: &[u8]) -> String {
        let hex = hex(bytes);
        if self.is_sqlite() { format!("x'{hex}'") } else { format!("'\\x{hex}'::bytea") }
    }

    /// Takes the guards of an append-only table away, as somebody with the files or the owner's role can.
    pub async fn unguard(&mut self, table: &str) {
        if self.is_sqlite() {
            self.run(&format!("DROP TRIGGER {table}_update")).await;
            self.run(&format!("DROP TRIGGER {table}_delete")).await;
        } else {
            self.run(&format!("ALTER TABLE {table} DISABLE TRIGGER ALL")).await;
        }
    }

    /// Takes the check of a column away.
    pub async fn uncheck(&mut self, table: &str, column: &str) {
        if self.is_sqlite() {
            self.run("PRAGMA ignore_check_constraints = ON").await;
        } else {
            self.run(&format!("ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_check")).await;
        }
    }
}

pub fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

async fn sqlite(path: &Path) -> SqliteConnection {
    // As the store's own connections: a tool that does not set it is answered by `journal verify`.
    let options =
        SqliteConnectOptions::new().filename(path).pragma("recursive_triggers", "ON").disable_statement_logging();
    options.connect().await.unwrap()
}
