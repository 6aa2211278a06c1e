//! Opening the databases and the only two ways to a transaction: `begin_read` and `begin_write` (architecture, rule 9).

use crate::conn::{Conn, Source};
use crate::convention::Accords;
use crate::entity::journal_ecriture;
use crate::error::StoreError;
use crate::migrate::{self, Migrations};
use crate::pools;
use crate::sqlite::Commit;
use sea_orm::sea_query::SubQueryStatement;
use sea_orm::{ActiveModelTrait, DbBackend, DbErr, EntityTrait, QueryTrait};
use sqlx::ConnectOptions;
use sqlx::postgres::PgConnectOptions;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;
use vault::{Keyring, Scope, ScopeKey};

/// Which database to open.
#[derive(Clone, Debug)]
pub enum Database {
    /// Files `espace.sqlite` and `journal.sqlite` in this folder, which must exist.
    Sqlite(PathBuf),
    /// A PostgreSQL database; the owner's address is used for migrations when given.
    Postgres {
        /// Address with the application role.
        url: String,
        /// Address with the owner role.
        proprietaire: Option<String>,
    },
}

/// One side (main or journal) with its readers and its writer.
#[derive(Clone)]
pub(crate) struct Side {
    pub(crate) read: Source,
    pub(crate) write: Source,
}

/// The open databases with their keys. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    main: Side,
    journal: Side,
    keyring: Arc<Keyring>,
    accords: Arc<Accords>,
    /// Held so that a second process is refused, until the store is closed or its last clone is gone.
    lock: Option<Arc<File>>,
}

/// An open transaction: reads see one snapshot. Dropped without commit it leaves nothing behind.
pub struct Tx {
    pub(crate) inner: Conn,
    pub(crate) keyring: Arc<Keyring>,
    /// Agreements already parsed.
    pub(crate) accords: Arc<Accords>,
    /// Whether it may write: what it reads may then never be committed.
    pub(crate) writes: bool,
    pub(crate) backend: DbBackend,
    /// Keys made in this transaction: nobody else may use them before its commit.
    pub(crate) fresh: Mutex<HashMap<Scope, Arc<ScopeKey>>>,
    /// Whom this transaction has told of which demande.
    pub(crate) told: Mutex<HashSet<(Uuid, String)>>,
}

/// An open writing transaction.
pub struct WriteTx {
    tx: Tx,
    /// Statements that go with the commit.
    later: Mutex<Vec<SubQueryStatement>>,
    /// Rows of the journal that go with it, the last of all and in this order: their numbers are that of the chain.
    journal: Mutex<Vec<journal_ecriture::ActiveModel>>,
}

impl Deref for WriteTx {
    type Target = Tx;
    fn deref(&self) -> &Tx {
        &self.tx
    }
}

/// Rows of the journal in one statement at most.
const JOURNAL_ROWS: usize = 100;

impl From<Tx> for WriteTx {
    fn from(tx: Tx) -> Self {
        Self { tx, later: Mutex::default(), journal: Mutex::default() }
    }
}

impl WriteTx {
    /// Adds a row. What the database made of it is not read back: the caller has just said it.
    pub(crate) async fn add<A: ActiveModelTrait>(&self, row: A) -> Result<(), DbErr> {
        A::Entity::insert(row).exec_without_returning(&self.inner).await.map(drop)
    }

    /// Adds a row with the commit, in one message to the database with all that wait: for what this transaction does
    /// not read again and nobody else can have added, such as its row of the journal.
    pub(crate) fn add_later<A: ActiveModelTrait>(&self, row: A) {
        self.later(A::Entity::insert(row).into_query());
    }

    /// Adds a row to the journal with the commit.
    pub(crate) fn journal(&self, row: journal_ecriture::ActiveModel) {
        self.journal.lock().unwrap_or_else(PoisonError::into_inner).push(row);
    }

    /// As [`Self::add_later`], for any statement whose rows nobody counts.
    pub(crate) fn later(&self, statement: impl Into<SubQueryStatement>) {
        self.later.lock().unwrap_or_else(PoisonError::into_inner).push(statement.into());
    }

    /// Makes everything durable.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when a row that waited is there already, or the database's error; nothing is written then.
    pub async fn commit(self) -> Result<(), StoreError> {
        let mut later = self.later.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut journal = self.journal.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().peekable();
        while journal.peek().is_some() {
            let rows = journal.by_ref().take(JOURNAL_ROWS);
            let insert = journal_ecriture::Entity::insert_many(rows).into_query().into();
            if journal.peek().is_none() {
                later.push(insert);
            } else {
                // Alone: parts of one statement are carried out in the server's order.
                self.tx.inner.send(vec![insert]).await?;
            }
        }
        self.tx.inner.commit(later).await.map_err(StoreError::from_insert)
    }
}

impl Store {
    /// Opens, migrates and checks the master key (first start: records its check value).
    ///
    /// # Errors
    /// [`StoreError::Locked`] when another process has the files, [`StoreError::WrongMasterKey`], or the database's error.
    pub async fn open(database: &Database, keyring: Keyring) -> Result<Self, StoreError> {
        let store = match database {
            Database::Sqlite(folder) => Self::open_sqlite(folder, keyring, Commit::OnDisk).await?,
            Database::Postgres { url, proprietaire } => {
                Self::open_postgres(url, proprietaire.as_deref(), keyring).await?
            }
        };
        store.check_master_key().await?;
        Ok(store)
    }

    /// As [`Self::open`] for a folder that is filled in one go and thrown away when that does not end well: no commit
    /// waits for the disk. Thousands of commits would wait for nobody's sake otherwise. Close it, have the files written
    /// through, and open it again before anybody is served.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_disposable(folder: &Path, keyring: Keyring) -> Result<Self, StoreError> {
        let store = Self::open_sqlite(folder, keyring, Commit::Anyhow).await?;
        store.check_master_key().await?;
        Ok(store)
    }

    /// Opens what is there for reading only: nothing is created, migrated or locked, so that on SQLite a command can
    /// look beside a running server. Every writing transaction is refused by the database.
    ///
    /// # Errors
    /// [`StoreError::File`] when there is no database yet, [`StoreError::WrongMasterKey`], or the database's error.
    pub async fn open_for_reading(database: &Database, keyring: Keyring) -> Result<Self, StoreError> {
        let keyring = Arc::new(keyring);
        let store = match database {
            Database::Sqlite(folder) => {
                let main = pools::sqlite_reader(&folder.join("espace.sqlite")).await?;
                let journal = pools::sqlite_reader(&folder.join("journal.sqlite")).await?;
                Self { main, journal, keyring, accords: Arc::default(), lock: None }
            }
            Database::Postgres { url, .. } => {
                let side = pools::postgres_reader(PgConnectOptions::from_str(url)?).await?;
                Self { main: side.clone(), journal: side, keyring, accords: Arc::default(), lock: None }
            }
        };
        let tx = store.begin_read().await?;
        store.accepts_master_key(&tx).await?;
        drop(tx);
        Ok(store)
    }

    async fn open_sqlite(folder: &Path, keyring: Keyring, commit: Commit) -> Result<Self, StoreError> {
        let lock = pools::lock_file(&folder.join("verrou"))?;
        let main = pools::sqlite_side(&folder.join("espace.sqlite"), Migrations::sqlite_main(), commit).await?;
        let journal = pools::sqlite_side(&folder.join("journal.sqlite"), Migrations::sqlite_journal(), commit).await?;
        let keyring = Arc::new(keyring);
        Ok(Self { main, journal, keyring, accords: Arc::default(), lock: Some(Arc::new(lock)) })
    }

    async fn open_postgres(url: &str, owner: Option<&str>, keyring: Keyring) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url)?;
        let owner_options = PgConnectOptions::from_str(owner.unwrap_or(url))?.disable_statement_logging();
        migrate::postgres(owner_options, owner.map(|_| options.get_username().to_owned())).await?;
        let side = pools::postgres_side(options).await?;
        let keyring = Arc::new(keyring);
        Ok(Self { main: side.clone(), journal: side, keyring, accords: Arc::default(), lock: None })
    }

    /// A snapshot for reading; writing through it is refused by the database.
    ///
    /// # Errors
    /// The database's error.
    pub async fn begin_read(&self) -> Result<Tx, StoreError> {
        self.tx(&self.main.read, false).await
    }

    /// The writer's turn: on SQLite one at a time for the process and IMMEDIATE, on PostgreSQL READ COMMITTED with row
    /// locks taken by the aggregate's functions.
    ///
    /// # Errors
    /// The database's error.
    pub async fn begin_write(&self) -> Result<WriteTx, StoreError> {
        Ok(self.tx(&self.main.write, true).await?.into())
    }

    /// As [`Self::begin_read`], on the journal's side.
    pub(crate) async fn begin_journal_read(&self) -> Result<Tx, StoreError> {
        self.tx(&self.journal.read, false).await
    }

    /// As [`Self::begin_write`], on the journal's side.
    pub(crate) async fn begin_journal_write(&self) -> Result<WriteTx, StoreError> {
        Ok(self.tx(&self.journal.write, true).await?.into())
    }

    /// The one place that opens transactions.
    async fn tx(&self, source: &Source, write: bool) -> Result<Tx, StoreError> {
        // Reading connections are read only, and on PostgreSQL REPEATABLE READ, from the moment they open; the writer of
        // SQLite begins IMMEDIATE.
        let inner = source.begin().await?;
        Ok(Tx {
            inner,
            keyring: Arc::clone(&self.keyring),
            accords: Arc::clone(&self.accords),
            writes: write,
            backend: source.backend(),
            fresh: Mutex::default(),
            told: Mutex::default(),
        })
    }

    /// The keys in use.
    #[must_use]
    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// Closes the pools; on SQLite the write-ahead log is folded into the files, and another process may open them: a
    /// clone that is left cannot use them any more.
    ///
    /// # Errors
    /// The database's error.
    pub async fn close(self) -> Result<(), StoreError> {
        for side in [self.main, self.journal] {
            side.read.close().await?;
            side.write.close().await?;
        }
        match self.lock {
            Some(lock) => lock.unlock().map_err(|source| StoreError::File { path: "verrou".to_owned(), source }),
            None => Ok(()),
        }
    }
}
