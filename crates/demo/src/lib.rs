//! The demonstration: five real conventions with fictional complements, three fictional ones, personas and a year of activity, filled through
//! use cases with a clock and a randomness of its own. Everybody here is fictional.
//!
//! Lives here: what the demonstration says and who acts in it. May not live here: rules, SQL, files, sockets.

mod actes;
mod activite;
mod assures;
mod comptes;
mod conventions;
mod erreur;
mod facteur;
mod fichier;
mod habilitations;
mod hasard;
mod horaires;
mod horloge;
mod monde;
mod mots;
mod partenariat;
mod personnes;
mod pieces;
mod plan;
mod remplir;
mod reperes;
mod sac;
mod saisie;
mod scenario;
mod textes;
mod vie;
mod visite;

pub use conventions::{complements, conventions, fictives};
pub use erreur::DemoError;
pub use fichier::{CompteDemo, Fichier, Piste};
pub use remplir::{DEBUT, PRESENT, Taille, fill};
