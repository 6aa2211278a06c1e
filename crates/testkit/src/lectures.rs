//! What the journal keeps of readings, as an auditor would look it up.

use crate::base::TestBase;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};
use store::Database;

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
