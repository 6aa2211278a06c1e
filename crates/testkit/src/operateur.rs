//! What somebody with the database in his hands may do to it: no store, no keys, no rule.

use crate::base::TestBase;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};
use store::Database;

/// Runs statements on the main database.
///
/// # Panics
/// When the database refuses them.
pub async fn run(base: &TestBase, sql: &str) {
    let sql = AssertSqlSafe(sql.to_owned());
    match &base.database {
        Database::Sqlite(folder) => {
            let options = SqliteConnectOptions::new().filename(folder.join("espace.sqlite"));
            let mut conn = options.disable_statement_logging().connect().await.expect("opens");
            conn.execute(sql).await.expect("runs");
        }
        Database::Postgres { url, .. } => {
            let mut conn = PgConnection::connect(url).await.expect("connects");
            conn.execute(sql).await.expect("runs");
        }
    }
}
