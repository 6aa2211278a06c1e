//! A compte: its profil, its life, its password policy. Pure rules; no storage, no hashing.

mod profil;

pub use profil::{Cote, EtatCompte, Profil};
