//! The demonstration filled into a database of the test: who is there, what stands where, and which mails carry which
//! date.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that panics is a test that fails"
)]

mod annee;
mod remplie;
