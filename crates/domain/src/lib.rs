//! Pure rules of Espace Partenaires: no I/O, no clock, no randomness.

pub mod assure;
pub mod caisse;
pub mod calendrier;
pub mod compte;
pub mod demande;
pub mod garde;
pub mod identifiants;
