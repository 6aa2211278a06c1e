//! A database per test: a temporary SQLite folder, or, when `EP_TEST_POSTGRES` holds the address of an administrator's
//! database, a PostgreSQL database of its own that is dropped at the end.

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};
use std::future::Future;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Database, Store};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use vault::{Keyring, MasterKey};

static NEXT: AtomicU32 = AtomicU32::new(0);
const TEMPLATE_LOCK: i64 = 0x4550_5445;
const MONDE_LOCK: i64 = 0x4550_4d4f;
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
        Self::postgres(admin, name)
    }

    fn postgres(admin: String, name: String) -> Self {
        let url = with_database(&admin, &name);
        let folder = TempDir::new().expect("temporary folder");
        Self {
            database: Database::Postgres { url, proprietaire: None },
            folder,
            postgres: Some(Postgres { admin, name }),
        }
    }

    /// The same database, owned by somebody else.
    fn shared(&self) -> Self {
        Self { database: self.database.clone(), folder: TempDir::new().expect("temporary folder"), postgres: None }
    }

    /// Gives the database up without dropping it.
    fn keep(mut self) {
        self.postgres = None;
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

/// A database copied from a filled one, with the text its filling gave.
pub struct Copied {
    base: TestBase,
    text: String,
}

impl Copied {
    /// The base, and the text read by `f`.
    pub fn map_text<T>(self, f: impl FnOnce(String) -> T) -> (TestBase, T) {
        (self.base, f(self.text))
    }
}

/// The filled folder of this process, on SQLite.
static FILLED: OnceCell<(TempDir, String)> = OnceCell::const_new();

/// A copy of a database that `fill` fills once: per process on SQLite, per server on PostgreSQL. `fill` gets an empty
/// base, must close what it opens, and gives a text that every copy gets too.
///
/// # Panics
/// When it cannot be made.
pub async fn template_from<F, Fut>(name: &str, fill: F) -> Copied
where
    F: FnOnce(TestBase) -> Fut,
    Fut: Future<Output = String>,
{
    let Some(admin) = postgres() else {
        let (filled, text) = FILLED
            .get_or_init(|| async {
                let keep = TempDir::new().expect("temporary folder");
                let base = TestBase::new().await;
                let folder = base.folder.path().to_owned();
                let text = fill(base.shared()).await;
                copy(&folder, keep.path());
                drop(base);
                (keep, text)
            })
            .await;
        let base = TestBase::new().await;
        copy(filled.path(), base.folder.path());
        return Copied { base, text: text.clone() };
    };
    let text = filled_database(&admin, name, fill).await;
    let copy = format!("ep_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    run(&admin, &format!("CREATE DATABASE {copy} TEMPLATE {name}")).await;
    Copied { base: TestBase::postgres(admin, copy), text }
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("folder") {
        let entry = entry.expect("entry");
        if entry.file_name() != "verrou" {
            std::fs::copy(entry.path(), to.join(entry.file_name())).expect("copies");
        }
    }
}

/// Fills the template of the server if it is not there; its comment holds the text.
async fn filled_database<F, Fut>(admin: &str, name: &str, fill: F) -> String
where
    F: FnOnce(TestBase) -> Fut,
    Fut: Future<Output = String>,
{
    let mut conn = connect(admin).await;
    conn.execute(AssertSqlSafe(format!("SELECT pg_advisory_lock({MONDE_LOCK})"))).await.expect("lock");
    let comment = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = $1";
    let found: Option<(Option<String>,)> =
        sqlx::query_as(comment).bind(name).fetch_optional(&mut conn).await.expect("catalogue");
    if let Some((Some(text),)) = found {
        return text;
    }
    template(admin).await;
    let build = format!("{name}_build");
    conn.execute(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {build} WITH (FORCE)"))).await.expect("drop");
    conn.execute(AssertSqlSafe(format!("CREATE DATABASE {build} TEMPLATE {TEMPLATE}"))).await.expect("create");
    let base = TestBase::postgres(admin.to_owned(), build.clone());
    let text = fill(base.shared()).await;
    base.keep();
    let quoted = text.replace('\'', "''");
    conn.execute(AssertSqlSafe(format!("ALTER DATABASE {build} RENAME TO {name}"))).await.expect("rename");
    conn.execute(AssertSqlSafe(format!("COMMENT ON DATABASE {name} IS '{quoted}'"))).await.expect("comment");
    text
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
