//! The connections to one file of SQLite, kept open and handed out one transaction at a time.
//!
//! A connection of sqlx works on a thread of its own, and each command sent there costs a change of threads: that is most
//! of what a request costs. sqlx's own pool sends three of them around every transaction (begin, roll back, ping). Here the
//! `BEGIN` goes with the first statement, and what comes back is not tried: a file of this process is never away.

use sea_orm::sea_query::Values;
use sea_orm::{ConnAcquireErr, DbErr, ExecResult, QueryResult, RuntimeErr, Statement};
use sea_query_sqlx::SqlxValues;
use sqlx::pool::PoolConnection;
use sqlx::query::Query;
use sqlx::sqlite::{SqliteConnection, SqlitePool};
use sqlx::{AssertSqlSafe, Executor, Sqlite};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Connections to a file, at most a number of them at work at the same time; who asks later waits longer.
#[derive(Clone)]
pub(crate) struct Reserve(Arc<Inner>);

struct Inner {
    pool: SqlitePool,
    free: Mutex<Vec<PoolConnection<Sqlite>>>,
    places: Arc<Semaphore>,
    patience: Duration,
    begin: &'static str,
}

impl Reserve {
    /// `pool` has `places` connections; a transaction waits for one as long as `patience`, and starts with `begin`.
    pub(crate) fn new(pool: SqlitePool, (places, patience): (usize, Duration), begin: &'static str) -> Self {
        let places = Arc::new(Semaphore::new(places));
        Self(Arc::new(Inner { pool, free: Mutex::default(), places, patience, begin }))
    }

    /// A connection for one transaction.
    pub(crate) async fn take(&self) -> Result<Lien, DbErr> {
        let place = tokio::time::timeout(self.0.patience, Arc::clone(&self.0.places).acquire_owned());
        let place = place.await.map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))?;
        let place = place.map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))?;
        let free = self.0.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let conn = match free {
            Some(conn) => conn,
            None => self.0.pool.acquire().await.map_err(failed)?,
        };
        let at_work = AtWork { conn, _place: place };
        Ok(Lien { reserve: Arc::clone(&self.0), at_work: Some(at_work), begun: false })
    }

    /// Closes every connection; nobody gets one any more. Those at work are waited for.
    pub(crate) async fn close(self) {
        self.0.places.close();
        let free = std::mem::take(&mut *self.0.free.lock().unwrap_or_else(PoisonError::into_inner));
        drop(free);
        self.0.pool.close().await;
    }
}

impl Inner {
    fn give_back(&self, at_work: AtWork) {
        if !self.places.is_closed() {
            self.free.lock().unwrap_or_else(PoisonError::into_inner).push(at_work.conn);
        }
    }
}

/// A connection and its place, which is free again only once the connection is.
struct AtWork {
    conn: PoolConnection<Sqlite>,
    _place: OwnedSemaphorePermit,
}

/// A transaction on SQLite. It begins with its first statement; dropped without commit it is rolled back.
pub(crate) struct Lien {
    reserve: Arc<Inner>,
    at_work: Option<AtWork>,
    begun: bool,
}

impl Lien {
    /// Runs a statement that gives no rows.
    pub(crate) async fn execute(&mut self, statement: Statement) -> Result<ExecResult, DbErr> {
        // Alone: the changes reported for two statements together would count those of the one before them.
        self.begin().await?;
        let query = sqlx::query_with(AssertSqlSafe(statement.sql), arguments(statement.values));
        let done = self.conn()?.execute(query).await;
        done.map(ExecResult::from).map_err(|e| DbErr::Exec(RuntimeErr::SqlxError(e.into())))
    }

    /// Runs a text as it is.
    pub(crate) async fn execute_unprepared(&mut self, sql: &str) -> Result<ExecResult, DbErr> {
        self.begin().await?;
        let done = self.conn()?.execute(AssertSqlSafe(sql.to_owned())).await;
        done.map(ExecResult::from).map_err(|e| DbErr::Exec(RuntimeErr::SqlxError(e.into())))
    }

    /// The first row of a statement.
    pub(crate) async fn one(&mut self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let query = sqlx::query_with(AssertSqlSafe(self.begun_with(statement.sql)), arguments(statement.values));
        let row = self.conn()?.fetch_optional(query).await.map_err(failed)?;
        Ok(row.map(QueryResult::from))
    }

    /// All rows of a statement.
    pub(crate) async fn all(&mut self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let query = sqlx::query_with(AssertSqlSafe(self.begun_with(statement.sql)), arguments(statement.values));
        let rows = self.conn()?.fetch_all(query).await.map_err(failed)?;
        Ok(rows.into_iter().map(QueryResult::from).collect())
    }

    /// Carries out these statements and makes everything durable; a transaction without a statement has nothing to make
    /// so.
    pub(crate) async fn commit(mut self, (mut last, values): (String, Values)) -> Result<(), DbErr> {
        if self.begun || !last.is_empty() {
            last.push_str("COMMIT");
            let query = sqlx::query_with(AssertSqlSafe(self.begun_with(last)), arguments(Some(values)));
            self.conn()?.execute(query).await.map_err(failed)?;
            self.begun = false;
        }
        Ok(())
    }

    fn conn(&mut self) -> Result<&mut SqliteConnection, DbErr> {
        let closed = DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed);
        self.at_work.as_mut().map(|w| &mut *w.conn).ok_or(closed)
    }

    async fn begin(&mut self) -> Result<(), DbErr> {
        if !std::mem::replace(&mut self.begun, true) {
            let begin = self.reserve.begin;
            self.conn()?.execute(kept(begin)).await.map_err(failed)?;
        }
        Ok(())
    }

    /// The text of a statement, with the beginning of the transaction before its first one.
    fn begun_with(&mut self, sql: String) -> String {
        if std::mem::replace(&mut self.begun, true) { sql } else { format!("{}; {sql}", self.reserve.begin) }
    }
}

impl Drop for Lien {
    fn drop(&mut self) {
        let Some(mut at_work) = self.at_work.take() else { return };
        let reserve = Arc::clone(&self.reserve);
        if !self.begun {
            reserve.give_back(at_work);
        } else if let Ok(runtime) = Handle::try_current() {
            // A statement that its caller no longer waits for is finished first: the connection works in order.
            runtime.spawn(async move {
                // Refused when the `BEGIN` itself failed, or SQLite has rolled back by itself: nothing is open then.
                let _ = at_work.conn.execute(kept("ROLLBACK")).await;
                reserve.give_back(at_work);
            });
        }
    }
}

/// A statement without values whose preparation is kept.
fn kept(sql: &'static str) -> Query<'static, Sqlite, SqlxValues> {
    sqlx::query_with(sql, arguments(None))
}

fn arguments(values: Option<Values>) -> SqlxValues {
    SqlxValues(values.unwrap_or_else(|| Values(Vec::new())))
}

fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}
