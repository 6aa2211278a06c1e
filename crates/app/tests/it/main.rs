//! Use cases on a real database: SQLite by default, PostgreSQL when `EP_TEST_POSTGRES` is set.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod convention;
mod demande;
