//! Tests only: `TestApp`, personas, builders, predictable adapters, a database per test.

pub mod adapters;
pub mod base;
pub mod contexte;
pub mod monde;
