//! How a file of SQLite is opened.

use crate::pools::STATEMENTS;
use sqlx::ConnectOptions as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use std::path::Path;
use std::time::Duration;

/// What a commit on SQLite waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Commit {
    /// The disk has it: an accusé is a promise.
    OnDisk,
    /// Nothing: a power cut may tear the files.
    Anyhow,
}

/// As much of a file is read without a copy, in bytes.
const MAPPED: &str = "1073741824";

/// The settings of every connection.
pub(crate) fn options(path: &Path, commit: Commit) -> SqliteConnectOptions {
    // Filled in one go, the indexes of blind values are written all over: more pages (KiB) in memory, rare checkpoints.
    let (synchronous, cache, checkpoint) = match commit {
        Commit::OnDisk => (SqliteSynchronous::Full, "-2000", "1000"),
        Commit::Anyhow => (SqliteSynchronous::Off, "-262144", "20000"),
    };
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .statement_cache_capacity(STATEMENTS)
        .pragma("recursive_triggers", "ON")
        .pragma("secure_delete", "ON")
        // Pages are read where the system keeps them: no copy, and no memory of ours for each reader.
        .pragma("mmap_size", MAPPED)
        .pragma("cache_size", cache)
        .pragma("wal_autocheckpoint", checkpoint)
        .disable_statement_logging()
}
