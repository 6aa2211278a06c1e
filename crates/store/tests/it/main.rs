//! The store from outside, through its public functions, on SQLite or, with `EP_TEST_POSTGRES`, on PostgreSQL.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that panics is a test that fails")]

#[cfg(test)]
mod brut;
#[cfg(test)]
mod concurrence;
#[cfg(test)]
mod corruption;
#[cfg(test)]
mod foule;
mod journal;
#[cfg(test)]
mod listes;
#[cfg(test)]
mod monde;
#[cfg(test)]
mod noms;
#[cfg(test)]
mod outbox;
#[cfg(test)]
mod ouverture;
#[cfg(test)]
mod portee;
mod reprise;
#[cfg(test)]
mod scelle;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod transactions;
#[cfg(test)]
mod volume;
