//! What the journal keeps of readings, as an auditor would look it up.

use crate::base::TestBase;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};
use store::Database;
use uuid::Uuid;

const SQL: &str = "SELECT action, details FROM journal_lecture ORDER BY numero";

/// Action and details of every recorded reading, oldest first.
///
/// # Panics
/// When the journal cannot be read.
pub async fn lectures(base: &TestBase) -> Vec<(String, String)> {
    match &base.database {
        Database::Sqlite(folder) => {
            let options = SqliteConnectOptions::new().filename(folder.join("journal.sqlite")).read_only(true);
            let mut conn: SqliteConnection = options.disable_statement_logging().connect().await.expect("opens");
            sqlx::query_as(SQL).fetch_all(&mut conn).await.expect("reads")
        }
        Database::Postgres { url, .. } => {
            let mut conn = PgConnection::connect(url).await.expect("connects");
            sqlx::query_as(SQL).fetch_all(&mut conn).await.expect("reads")
        }
    }
}

const OUVERTURES: &str = "SELECT compte_id, objet_id FROM journal_lecture WHERE action = $1 ORDER BY numero";

/// Who read which object, of the recorded readings of an action, oldest first.
///
/// # Panics
/// When the journal cannot be read.
pub async fn ouvertures(base: &TestBase, action: &str) -> Vec<(Option<Uuid>, Option<String>)> {
    match &base.database {
        Database::Sqlite(folder) => {
            let options = SqliteConnectOptions::new().filename(folder.join("journal.sqlite")).read_only(true);
            let mut conn: SqliteConnection = options.disable_statement_logging().connect().await.expect("opens");
            sqlx::query_as(OUVERTURES).bind(action).fetch_all(&mut conn).await.expect("reads")
        }
        Database::Postgres { url, .. } => {
            let mut conn = PgConnection::connect(url).await.expect("connects");
            sqlx::query_as(OUVERTURES).bind(action).fetch_all(&mut conn).await.expect("reads")
        }
    }
}
