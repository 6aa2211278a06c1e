//! The only crate that knows SQL: SeaORM sealed inside, plain SQL migrations, one code for SQLite and PostgreSQL.
//!
//! Lives here: transactions, rows, sealing of what is personal, lists as partial selects. May not live here: rules
//! (domain), use cases and policies (app). Entities never leave this crate.

pub mod actualite;
pub mod avis;
pub mod brouillon;
pub mod caisse;
pub mod compte;
mod conn;
pub mod convention;
pub mod coupure;
mod db;
#[cfg(test)]
mod db_tests;
pub mod demande;
pub mod demarche;
pub mod echange;
mod entity;
mod error;
pub mod faits;
pub mod fiche;
pub mod imprime;
pub mod journal;
mod keys;
mod migrate;
pub mod outbox;
pub mod partenaire;
pub mod piece_convention;
pub mod piece_jointe;
#[cfg(test)]
mod plans;
mod pools;
pub mod preuve;
pub mod quarantaine;
pub mod registre;
mod reserve;
pub mod revue;
mod sqlite;
#[cfg(test)]
mod test_base;

pub use db::{Database, Store, Tx, WriteTx};
pub use error::StoreError;
pub use migrate::Migrations;
