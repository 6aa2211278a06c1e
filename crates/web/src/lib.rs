//! Pages, routes and errors of Espace Partenaires.
pub mod assets;
pub mod config;
pub mod entetes;
pub mod error;
pub mod extract;
pub mod frame;
mod guard;
pub mod jeton;
pub mod pages;
pub mod profil;
pub mod registry;
pub mod routes;
#[cfg(test)]
mod testing;
