//! Pure rules of Espace Partenaires: no I/O, no async, no framework, no clock, no randomness.

pub mod calendrier;
pub mod compte;
pub mod demande;
pub mod droits;
pub mod garde;
pub mod identifiants;
pub mod ids;
//! Pure rules of Espace Partenaires: no I/O, no clock, no randomness.

pub mod convention;
