//! Routes through the whole application: real use cases and database, no socket.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that panics is a test that fails")]

mod brouillon;
mod bureau;
mod compte;
mod comptes;
mod conventions;
mod demandes;
mod formulaires;
mod habilitations;
mod historique;
mod jointes;
mod lenteur;
mod matrice;
mod partenaires;
mod partenaires_coupures;
mod pieces;
