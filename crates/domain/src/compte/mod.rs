//! A compte: its profil, its life, its password policy. Pure rules; no storage, no hashing.

pub mod mot_de_passe;
mod profil;

pub use profil::{Cote, EtatCompte, Profil};
