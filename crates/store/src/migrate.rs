//! Forward-only migrations: two folders of plain SQL, same names, embedded in the binary.

use crate::error::StoreError;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, Executor, SqlSafeStr, SqlitePool};

/// The migrations of one database file or database.
pub struct Migrations(Migrator);

/// Tables that only grow: the application role may not change or empty them.
const APPEND_ONLY: [&str; 6] =
    ["journal_ecriture", "journal_lecture", "journal_chaine", "acceptation", "preuve", "fiche_changement"];

fn migrator(files: &[(&'static str, &'static str)]) -> Migrations {
    let list = files.iter().zip(1..).map(|((name, sql), version)| {
        Migration::new(version, (*name).into(), MigrationType::Simple, sql.into_sql_str(), false)
    });
    Migrations(Migrator::with_migrations(list.collect()))
}

impl Migrations {
    /// Of `espace.sqlite`.
    #[must_use]
    pub fn sqlite_main() -> Self {
        migrator(&[
            ("socle", include_str!("../migrations/sqlite/0001_socle.sql")),
            ("piece_jointe", include_str!("../migrations/sqlite/0002_piece_jointe.sql")),
            ("complement", include_str!("../migrations/sqlite/0003_complement.sql")),
            ("imprime_avis", include_str!("../migrations/sqlite/0004_imprime_avis.sql")),
            ("doublon", include_str!("../migrations/sqlite/0005_doublon.sql")),
            ("historique", include_str!("../migrations/sqlite/0006_historique.sql")),
            ("nombres", include_str!("../migrations/sqlite/0007_nombres.sql")),
            ("vie", include_str!("../migrations/sqlite/0008_vie.sql")),
            ("conventions", include_str!("../migrations/sqlite/0009_conventions.sql")),
            ("partenaires", include_str!("../migrations/sqlite/0010_partenaires.sql")),
            ("comptes", include_str!("../migrations/sqlite/0011_comptes.sql")),
            ("habilitations", include_str!("../migrations/sqlite/0012_habilitations.sql")),
        ])
    }

    /// Of `journal.sqlite`.
    #[must_use]
    pub fn sqlite_journal() -> Self {
        migrator(&[("journal", include_str!("../migrations/sqlite_journal/0001_journal.sql"))])
    }

    /// Of the PostgreSQL database.
    #[must_use]
    pub fn postgres() -> Self {
        migrator(&[
            ("socle", include_str!("../migrations/postgres/0001_socle.sql")),
            ("piece_jointe", include_str!("../migrations/postgres/0002_piece_jointe.sql")),
            ("complement", include_str!("../migrations/postgres/0003_complement.sql")),
            ("imprime_avis", include_str!("../migrations/postgres/0004_imprime_avis.sql")),
            ("doublon", include_str!("../migrations/postgres/0005_doublon.sql")),
            ("historique", include_str!("../migrations/postgres/0006_historique.sql")),
            ("nombres", include_str!("../migrations/postgres/0007_nombres.sql")),
            ("vie", include_str!("../migrations/postgres/0008_vie.sql")),
            ("conventions", include_str!("../migrations/postgres/0009_conventions.sql")),
            ("partenaires", include_str!("../migrations/postgres/0010_partenaires.sql")),
            ("comptes", include_str!("../migrations/postgres/0011_comptes.sql")),
            ("habilitations", include_str!("../migrations/postgres/0012_habilitations.sql")),
        ])
    }

    pub(crate) async fn run(&self, pool: &SqlitePool) -> Result<(), StoreError> {
        Ok(self.0.run(pool).await?)
    }
}

/// Migrates with the owner's role, then grants the application role what it needs and no more.
pub(crate) async fn postgres(owner: PgConnectOptions, application: Option<String>) -> Result<(), StoreError> {
    let pool = PgPoolOptions::new().max_connections(1).connect_with(owner).await?;
    Migrations::postgres().0.run(&pool).await?;
    if let Some(role) = application {
        let role = role.replace('"', "\"\"");
        let mut sql = format!(
            "GRANT USAGE ON SCHEMA public TO \"{role}\";\n\
             GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO \"{role}\";\n\
             GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO \"{role}\";\n"
        );
        for table in APPEND_ONLY {
            sql.push_str(&format!("REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM \"{role}\";\n"));
        }
        // Which migrations ran is the owner's business alone.
        sql.push_str(&format!("REVOKE ALL ON _sqlx_migrations FROM \"{role}\";\n"));
        pool.execute(AssertSqlSafe(sql)).await?;
    }
    pool.close().await;
    Ok(())
}
