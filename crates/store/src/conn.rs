//! The transaction as every statement passes through it.

use sea_orm::prelude::async_trait::async_trait;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement, Value, Values,
};

/// A transaction. On SQLite the number of a `LIMIT` is written into the text: SQLite plans a statement again each time a
/// bound limit changes hands, which costs more than to run it. The product has a handful of limits.
pub(crate) struct Conn(DatabaseTransaction);

impl Conn {
    pub(crate) const fn new(inner: DatabaseTransaction) -> Self {
        Self(inner)
    }

    pub(crate) async fn commit(self) -> Result<(), DbErr> {
        self.0.commit().await
    }
}

#[async_trait]
impl ConnectionTrait for Conn {
    fn get_database_backend(&self) -> DbBackend {
        self.0.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.0.execute_raw(literal_limits(statement)).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.0.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.0.query_one_raw(literal_limits(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.0.query_all_raw(literal_limits(statement)).await
    }
}

const BOUND: &str = "LIMIT ?";

/// The statement with its limits as numbers; on PostgreSQL, and where a limit is no number, as it was.
fn literal_limits(statement: Statement) -> Statement {
    if statement.db_backend != DbBackend::Sqlite || !statement.sql.contains(BOUND) {
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
        let kept = literal_limits(Statement::from_sql_and_values(DbBackend::Postgres, "LIMIT $1", [26_u64.into()]));
        assert_eq!((kept.sql.as_str(), kept.values.unwrap().0.len()), ("LIMIT $1", 1));
    }
}
