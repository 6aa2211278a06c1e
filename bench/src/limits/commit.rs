//! A row of half a kilobyte, inserted and committed durably, on the same kind of database and in the same place.

use super::Limite;
use crate::Outcome;
use crate::database::Base;
use crate::load::Mesures;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Executor as _};
use std::str::FromStr as _;
use std::time::{Duration, Instant};

const TABLE: &str = "CREATE TABLE mesure_de_la_machine (id INTEGER PRIMARY KEY, texte TEXT NOT NULL)";
const SUITE: &str = "CREATE TABLE mesure_de_la_machine (id BIGSERIAL PRIMARY KEY, texte TEXT NOT NULL)";

/// Measures 1 connection, and on PostgreSQL 8 and 32 that commit together; SQLite has one writer.
///
/// # Errors
/// The database's error.
pub async fn measure(base: &Base, duree: Duration) -> Outcome<Vec<Limite>> {
    let Some(cluster) = &base.cluster else {
        return Ok(vec![sqlite(base, duree).await?]);
    };
    let options = PgConnectOptions::from_str(&cluster.url())?.disable_statement_logging();
    options.connect().await?.execute(SUITE).await?;
    let mut found = Vec::new();
    for connexions in [1, 8, 32] {
        let mut connections = Vec::new();
        for _ in 0..connexions {
            connections.push(options.connect().await?);
        }
        let begun = Instant::now();
        let tasks: Vec<_> = connections.into_iter().map(|c| tokio::spawn(postgres(c, begun, duree))).collect();
        let mut mesures = Mesures::default();
        for task in tasks {
            mesures.extend(task.await??);
        }
        found.push(Limite { connexions, taille: None, mesures, duree: begun.elapsed(), cpu: None });
    }
    Ok(found)
}

async fn sqlite(base: &Base, duree: Duration) -> Outcome<Limite> {
    let options = SqliteConnectOptions::new()
        .filename(base.dossier.path().join("machine.sqlite"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .disable_statement_logging();
    let mut connection: SqliteConnection = options.connect().await?;
    connection.execute(TABLE).await?;
    let (begun, mut mesures) = (Instant::now(), Mesures::default());
    while begun.elapsed() < duree {
        let asked = Instant::now();
        let insert = sqlx::query("INSERT INTO mesure_de_la_machine (texte) VALUES ($1)").bind("x".repeat(500));
        insert.execute(&mut connection).await?;
        mesures.add(asked.elapsed(), 0);
    }
    Ok(Limite { connexions: 1, taille: None, mesures, duree: begun.elapsed(), cpu: None })
}

async fn postgres(mut connection: PgConnection, begun: Instant, duree: Duration) -> Outcome<Mesures> {
    let mut mesures = Mesures::default();
    while begun.elapsed() < duree {
        let asked = Instant::now();
        let insert = sqlx::query("INSERT INTO mesure_de_la_machine (texte) VALUES ($1)").bind("x".repeat(500));
        insert.execute(&mut connection).await?;
        mesures.add(asked.elapsed(), 0);
    }
    Ok(mesures)
}
