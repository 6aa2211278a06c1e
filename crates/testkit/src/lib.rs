//! Tests only: `TestApp`, personas, builders, predictable adapters, a database per test.

pub mod adapters;
pub mod app;
pub mod base;
pub mod client;
pub mod contexte;
pub mod depot;
pub mod fichiers;
pub mod lectures;
pub mod monde;
pub mod operateur;
pub mod saisies;
pub mod serve;

pub use crate::app::TestApp;
pub use client::{Client, Page};
pub use demo;
pub use serve::{Site, Visite};
