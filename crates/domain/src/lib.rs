//! Pure rules of Espace Partenaires: no I/O, no async, no framework, no clock, no randomness.

pub mod assure;
pub mod caisse;
pub mod calendrier;
pub mod compte;
pub mod convention;
pub mod demande;
pub mod droits;
pub mod garde;
pub mod habilitation;
pub mod identifiants;
pub mod ids;
pub mod notification;
pub mod partenaire;
pub mod piece_jointe;
pub mod preuve;
pub mod typographie;
