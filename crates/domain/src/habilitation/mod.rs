//! Tracked forms about the comptes of a structure, their clocks, reviews of comptes, and how long proofs are kept
//! (HA-3, HA-7, HA-8, HA-12, JO-2). Pure rules.

mod conservation;
mod demarche;
mod depart;
mod echeances;
mod revue;

pub use conservation::{CONSERVATION_ANS, conservee_jusqu_au};
pub use demarche::{EtatDemarche, NatureDemarche, RefusDemarche, SuiteDemarche, VoieDemarche};
pub use depart::{Preavis, peut_partir, preavis};
pub use echeances::{EcheanceHabilitation, echeances};
pub use revue::{
    Decision, EtatRevue, MOIS_PAR_DEFAUT, MotifRevue, RAPPELS, REPONSE_JOURS, Rappel, ouverture_due, rappel_du,
};
