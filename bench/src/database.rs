//! The database of a run: a folder of SQLite files, or a cluster of PostgreSQL started for it. Both are thrown away.

use crate::Outcome;
use crate::postgres::Cluster;
use sqlx::Connection as _;
use std::path::Path;
use store::{Database, Store};
use tempfile::TempDir;
use vault::{Keyring, MasterKey};

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorte {
    /// Embedded.
    Sqlite,
    /// Its own processes.
    Postgres,
}

impl Sorte {
    /// Name in the tables.
    pub const fn nom(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// The database of a run.
pub struct Base {
    /// Which.
    pub sorte: Sorte,
    /// Where the server keeps its files.
    pub dossier: TempDir,
    /// The cluster, on PostgreSQL.
    pub cluster: Option<Cluster>,
    /// The master key, in hexadecimal.
    pub cle: String,
}

impl Base {
    /// An empty one.
    ///
    /// # Errors
    /// When the folder cannot be made or the cluster does not start.
    pub fn new(sorte: Sorte) -> Outcome<Self> {
        let cluster = match sorte {
            Sorte::Sqlite => None,
            Sorte::Postgres => Some(Cluster::start()?),
        };
        let cle = MasterKey::generate()?.to_hex().to_string();
        Ok(Self { sorte, dossier: TempDir::with_prefix("ep-bench-")?, cluster, cle })
    }

    /// How the server is told of it.
    pub fn setting(&self) -> String {
        match &self.cluster {
            Some(cluster) => cluster.url(),
            None => format!("sqlite:{}", self.dossier.path().display()),
        }
    }

    /// The keys.
    ///
    /// # Errors
    /// Never for a key that was generated.
    pub fn keyring(&self) -> Outcome<Keyring> {
        Ok(Keyring::new(MasterKey::parse(&self.cle)?))
    }

    fn database(&self) -> Database {
        match &self.cluster {
            Some(cluster) => Database::Postgres { url: cluster.url(), proprietaire: None },
            None => Database::Sqlite(self.dossier.path().to_owned()),
        }
    }

    /// Opens it to be filled: no commit waits for the disk on SQLite.
    ///
    /// # Errors
    /// The database's error.
    pub async fn to_fill(&self) -> Outcome<Store> {
        Ok(match self.sorte {
            Sorte::Sqlite => Store::open_disposable(self.dossier.path(), self.keyring()?).await?,
            Sorte::Postgres => Store::open(&self.database(), self.keyring()?).await?,
        })
    }

    /// Opens it beside the server, for reading.
    ///
    /// # Errors
    /// The database's error.
    pub async fn to_read(&self) -> Outcome<Store> {
        Ok(Store::open_for_reading(&self.database(), self.keyring()?).await?)
    }

    /// What time does to a filled database: files on the disk, and on PostgreSQL statistics, pages all visible and a
    /// checkpoint.
    ///
    /// # Errors
    /// The database's error.
    pub async fn settle(&self) -> Outcome<()> {
        match &self.cluster {
            Some(cluster) => {
                let mut connection = sqlx::PgConnection::connect(&cluster.url()).await?;
                for order in ["VACUUM ANALYZE", "CHECKPOINT"] {
                    sqlx::query(order).execute(&mut connection).await?;
                }
                Ok(connection.close().await?)
            }
            None => written_through(self.dossier.path()),
        }
    }
}

fn written_through(folder: &Path) -> Outcome<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() {
            std::fs::File::open(path)?.sync_all()?;
        }
    }
    Ok(())
}
