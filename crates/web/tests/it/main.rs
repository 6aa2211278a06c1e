//! Routes through the whole application: real use cases and database, no socket.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that panics is a test that fails"
)]

#![expect(clippy::unwrap_used, reason = "a test that panics is a test that fails")]

mod compte;
mod demandes;
mod matrice;
