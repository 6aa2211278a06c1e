//! Routes through the whole application: real use cases and database, no socket.

#![expect(clippy::unwrap_used, reason = "a test that panics is a test that fails")]

mod compte;
