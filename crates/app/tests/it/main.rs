//! Use cases on a real database: SQLite, or PostgreSQL when `EP_TEST_POSTGRES` names a server.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that panics is a test that fails"
)]

mod compte;
mod convention;
mod courriels;
mod demande;
mod habilitation;
mod imprime;
mod partenaire;
mod piece_jointe;
mod vie;
