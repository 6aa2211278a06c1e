//! The transaction as every statement passes through it, and where it comes from.

use crate::reserve::{Lien, Reserve};
use sea_orm::prelude::async_trait::async_trait;
use sea_orm::sea_query::{
    CommonTableExpression, PostgresQueryBuilder, QueryBuilder, SqlWriterValues, SqliteQueryBuilder, SubQueryStatement,
    WithClause, WithQuery,
};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement,
    TransactionOptions, TransactionTrait, Value, Values,
};
use tokio::sync::Mutex;

/// Where transactions come from.
#[derive(Clone)]
pub(crate) enum Source {
    /// A file.
    Sqlite(Reserve),
    /// A server, with the pool's own way.
    Postgres(DatabaseConnection),
}

impl Source {
    pub(crate) const fn backend(&self) -> DbBackend {
        match self {
            Self::Sqlite(_) => DbBackend::Sqlite,
            Self::Postgres(_) => DbBackend::Postgres,
        }
    }

    /// A transaction of the kind that its connections were opened for.
    pub(crate) async fn begin(&self) -> Result<Conn, DbErr> {
        match self {
            Self::Sqlite(reserve) => Ok(Conn::Sqlite(Mutex::new(reserve.take().await?))),
            Self::Postgres(pool) => Ok(Conn::Postgres(pool.begin_with_options(TransactionOptions::default()).await?)),
        }
    }

    pub(crate) async fn close(self) -> Result<(), DbErr> {
        match self {
            Self::Sqlite(reserve) => {
                reserve.close().await;
                Ok(())
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// A transaction. On SQLite the number of a `LIMIT` is written into the text: SQLite plans a statement again each time a
/// bound limit changes hands, which costs more than to run it. The product has a handful of limits.
pub(crate) enum Conn {
    Sqlite(Mutex<Lien>),
    Postgres(DatabaseTransaction),
}

impl Conn {
    /// Makes everything durable, these statements included: they travel together, on SQLite with the commit itself.
    pub(crate) async fn commit(self, mut last: Vec<SubQueryStatement>) -> Result<(), DbErr> {
        while last.len() > TOGETHER {
            let rest = last.split_off(TOGETHER);
            self.send(last).await?;
            last = rest;
        }
        match self {
            Self::Sqlite(lien) => lien.into_inner().commit(one_text(last)).await,
            Self::Postgres(tx) => {
                if let Some(statement) = one_statement(last) {
                    tx.execute_raw(statement).await?;
                }
                tx.commit().await
            }
        }
    }
}

/// Statements in one message at most: a server takes 65 535 values, of which a hundred rows of the journal have 1 400.
const TOGETHER: usize = 30;

#[async_trait]
impl ConnectionTrait for Conn {
    fn get_database_backend(&self) -> DbBackend {
        match self {
            Self::Sqlite(_) => DbBackend::Sqlite,
            Self::Postgres(_) => DbBackend::Postgres,
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self {
            Self::Sqlite(lien) => lien.lock().await.execute(literal_limits(statement)).await,
            Self::Postgres(tx) => tx.execute_raw(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self {
            Self::Sqlite(lien) => lien.lock().await.execute_unprepared(sql).await,
            Self::Postgres(tx) => tx.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Sqlite(lien) => lien.lock().await.one(literal_limits(statement)).await,
            Self::Postgres(tx) => tx.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Sqlite(lien) => lien.lock().await.all(literal_limits(statement)).await,
            Self::Postgres(tx) => tx.query_all_raw(statement).await,
        }
    }
}

impl Conn {
    /// Carries out these statements.
    pub(crate) async fn send(&self, statements: Vec<SubQueryStatement>) -> Result<(), DbErr> {
        match self {
            Self::Sqlite(lien) => {
                let (sql, values) = one_text(statements);
                let statement = Statement { sql, values: Some(values), db_backend: DbBackend::Sqlite };
                lien.lock().await.execute(statement).await?;
            }
            Self::Postgres(tx) => {
                if let Some(statement) = one_statement(statements) {
                    tx.execute_raw(statement).await?;
                }
            }
        }
        Ok(())
    }
}

/// Statements for SQLite one behind the other, with their values in that order.
fn one_text(statements: Vec<SubQueryStatement>) -> (String, Values) {
    let (mut text, mut values) = (String::new(), Vec::new());
    for statement in statements {
        let (sql, mut bound) = build(&statement, &SqliteQueryBuilder);
        text.push_str(&sql);
        text.push_str("; ");
        values.append(&mut bound.0);
    }
    (text, Values(values))
}

/// Statements for PostgreSQL as parts of one, which its protocol wants: all but the last stand in its `WITH`. The order
/// in which they are carried out is the server's; what they refer to is checked when all are done.
fn one_statement(mut statements: Vec<SubQueryStatement>) -> Option<Statement> {
    let last = statements.pop()?;
    let (sql, values) = if statements.is_empty() {
        build(&last, &PostgresQueryBuilder)
    } else {
        let mut parts = WithClause::new();
        for (n, statement) in statements.into_iter().enumerate() {
            parts.cte(CommonTableExpression::new().table_name(format!("part_{n}")).query(statement).to_owned());
        }
        WithQuery::new().with_clause(parts).query(last).build(PostgresQueryBuilder)
    };
    Some(Statement { sql, values: Some(values), db_backend: DbBackend::Postgres })
}

fn build(statement: &SubQueryStatement, to: &impl QueryBuilder) -> (String, Values) {
    let (mark, numbered) = to.placeholder();
    let mut text = SqlWriterValues::new(mark, numbered);
    to.prepare_query_statement(statement, &mut text);
    text.into_parts()
}

const BOUND: &str = "LIMIT ?";

/// The statement with its limits as numbers; where a limit is no number, as it was.
fn literal_limits(statement: Statement) -> Statement {
    if !statement.sql.contains(BOUND) {
        return statement;
    }
    let Statement { sql, values, db_backend } = statement;
    let mut values = values.map(|v| v.0).unwrap_or_default();
    let (mut text, mut rest, mut seen) = (String::with_capacity(sql.len() + 8), sql.as_str(), 0);
    while let Some((before, after)) = rest.split_once(BOUND) {
        seen += before.matches('?').count();
        text.push_str(before);
        match values.get(seen) {
            Some(Value::BigUnsigned(Some(limit))) => {
                text.push_str(&format!("LIMIT {limit}"));
                values.remove(seen);
            }
            _ => {
                text.push_str(BOUND);
                seen += 1;
            }
        }
        rest = after;
    }
    text.push_str(rest);
    Statement { sql: text, values: Some(Values(values)), db_backend }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_written_into_the_text_and_leaves_the_values() {
        let sql = "SELECT (SELECT 1 WHERE a = ? LIMIT ?), b WHERE c = ? AND d = ? LIMIT ?";
        let values: [Value; 5] = [7.into(), 501_u64.into(), 8.into(), 9.into(), 26_u64.into()];
        let made = literal_limits(Statement::from_sql_and_values(DbBackend::Sqlite, sql, values.clone()));
        assert_eq!(made.sql, "SELECT (SELECT 1 WHERE a = ? LIMIT 501), b WHERE c = ? AND d = ? LIMIT 26");
        assert_eq!(made.values.unwrap().0, [Value::from(7), 8.into(), 9.into()]);
    }
}
