//! The demonstration: five real conventions with fictional complements, personas and a year of activity, filled through
//! use cases with a clock and a randomness of its own. Everybody here is fictional.
//!
//! Lives here: what the demonstration says and who acts in it. May not live here: rules, SQL, files, sockets.

mod activite;
mod assures;
mod comptes;
mod conventions;
mod erreur;
mod fichier;
mod hasard;
mod horloge;
mod personnes;
mod remplir;
mod scenario;
mod textes;

pub use conventions::{complements, conventions};
pub use erreur::DemoError;
pub use fichier::{CompteDemo, Fichier};
pub use remplir::{DEBUT, PRESENT, Taille, fill};
