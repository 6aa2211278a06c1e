//! Configuration, wiring and command line of Espace Partenaires; no rules.
//!
//! Lives here: what reads settings, opens sockets, writes logs, watches signals and puts the other crates together.
//! Stays out: anything a caisse or a partenaire could have an opinion about.

pub mod arret;
pub mod atelier;
pub mod check;
pub mod cli;
pub mod commandes;
pub mod config;
pub mod demonstration;
pub mod echec;
pub mod ecoute;
pub mod gestion;
pub mod journaux;
mod mandataires;
mod service;

pub use service::{Plan, Service, origines};
