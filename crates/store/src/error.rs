//! What can go wrong in storage.

use sea_orm::{DbErr, SqlErr};
use uuid::Uuid;

/// Error of this crate. Texts are for the log, never for a page.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or is away.
    #[error("database: {0}")]
    Db(#[from] DbErr),
    /// The pool or a connection could not be opened.
    #[error("connection: {0}")]
    Sqlx(#[from] sqlx::Error),
    /// A migration failed.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// Somebody else changed the row, or it is out of scope: nothing was written (architecture, rule 2).
    #[error("conflict: the row changed in between")]
    Conflict,
    /// A unique key is taken.
    #[error("unique key taken")]
    Taken,
    /// An impossible row (architecture, rule 5).
    #[error("corrupt row: {table}.{column} of {row}")]
    Corrupt {
        /// Table.
        table: &'static str,
        /// Column.
        column: &'static str,
        /// Row.
        row: Uuid,
    },
    /// A key is missing or the seal does not hold.
    #[error("vault: {0}")]
    Vault(#[from] vault::VaultError),
    /// The database was filled with another master key.
    #[error("wrong master key for this database")]
    WrongMasterKey,
    /// A file of the database cannot be used.
    #[error("file {path}: {source}")]
    File {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// Another process has the SQLite files open.
    #[error("another process uses {0}")]
    Locked(String),
    /// Serialisation of a sealed blob or document.
    #[error("document: {0}")]
    Document(#[from] serde_json::Error),
}

impl StoreError {
    /// Turns a unique violation of an insert into [`StoreError::Taken`].
    pub(crate) fn from_insert(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::Taken,
            _ => Self::Db(error),
        }
    }
}
