//! A database per test: a temporary SQLite folder, or, when `EP_TEST_POSTGRES` holds the address of an administrator's
//! database, a PostgreSQL database of its own that is dropped at the end.

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Database, Store};
use tempfile::TempDir;
use vault::{Keyring, MasterKey};

static NEXT: AtomicU32 = AtomicU32::new(0);
const TEMPLATE_LOCK: i64 = 0x4550_5445;
const TEMPLATE: &str = "ep_template";

/// A database of one test.
pub struct TestBase {
    /// Where it is.
    pub database: Database,
    folder: TempDir,
    postgres: Option<Postgres>,
}

struct Postgres {
    admin: String,
    name: String,
}

/// The master key of tests.
#[must_use]
pub fn keyring() -> Keyring {
    let mut bytes = [7; 32];
    bytes[0] = 1;
    Keyring::new(MasterKey::from_bytes(bytes))
}

/// The administrator's address, when tests run on PostgreSQL.
#[must_use]
pub fn postgres() -> Option<String> {
    std::env::var("EP_TEST_POSTGRES").ok().filter(|v| !v.is_empty())
}

impl TestBase {
    /// A fresh, empty database: not opened yet.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn new() -> Self {
        let folder = TempDir::new().expect("temporary folder");
        let Some(admin) = postgres() else {
            return Self { database: Database::Sqlite(folder.path().to_owned()), folder, postgres: None };
        };
        let name = format!("ep_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        template(&admin).await;
        run(&admin, &format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}")).await;
        let url = with_database(&admin, &name);
        Self { database: Database::Postgres { url, proprietaire: None }, folder, postgres: Some(Postgres { admin, name }) }
    }

    /// Opens it with the tests' master key.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub async fn store(&self) -> Store {
        Store::open(&self.database, keyring()).await.expect("store opens")
    }

    /// A folder of this test's own, removed at the end.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The files of the SQLite database; none on PostgreSQL.
    #[must_use]
    pub fn files(&self) -> Vec<PathBuf> {
        let names = ["espace.sqlite", "espace.sqlite-wal", "journal.sqlite", "journal.sqlite-wal"];
        names.iter().map(|n| self.folder.path().join(n)).filter(|p| p.exists()).collect()
    }
}

/// The address of another database of the same server.
#[must_use]
pub fn with_database(admin: &str, name: &str) -> String {
    let (rest, query) = admin.split_once('?').map_or((admin, String::new()), |(r, q)| (r, format!("?{q}")));
    let cut = rest.rfind('/').unwrap_or(rest.len());
    format!("{}/{name}{query}", &rest[..cut])
}

/// Makes the migrated template once per server, whoever comes first.
async fn template(admin: &str) {
    let mut conn = connect(admin).await;
    conn.execute(AssertSqlSafe(format!("SELECT pg_advisory_lock({TEMPLATE_LOCK})"))).await.expect("lock");
    let found: Option<(i32,)> = sqlx::query_as("SELECT 1 FROM pg_database WHERE datname = $1")
        .bind(TEMPLATE)
        .fetch_optional(&mut conn)
        .await
        .expect("catalogue");
    if found.is_none() {
        let build = format!("{TEMPLATE}_build");
        conn.execute(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {build}"))).await.expect("drop");
        conn.execute(AssertSqlSafe(format!("CREATE DATABASE {build}"))).await.expect("create");
        let database = Database::Postgres { url: with_database(admin, &build), proprietaire: None };
        Store::open(&database, keyring()).await.expect("migrates").close().await.expect("closes");
        conn.execute(AssertSqlSafe(format!("ALTER DATABASE {build} RENAME TO {TEMPLATE}"))).await.expect("rename");
    }
    conn.close().await.expect("close");
}

async fn connect(url: &str) -> PgConnection {
    PgConnectOptions::from_str(url).expect("address").disable_statement_logging().connect().await.expect("connects")
}

async fn run(url: &str, sql: &str) {
    let mut conn = connect(url).await;
    conn.execute(AssertSqlSafe(sql.to_owned())).await.expect("runs");
    conn.close().await.expect("close");
}

impl Drop for TestBase {
    fn drop(&mut self) {
        let Some(Postgres { admin, name }) = self.postgres.take() else { return };
        // Drop cannot wait: a thread with a runtime of its own does.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            if let Ok(runtime) = runtime {
                runtime.block_on(run(&admin, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")));
            }
        });
        let _ = dropping.join();
    }
}
