//! Routes through the whole application: real use cases and database, no socket.

mod compte;
