//! Pages of a demande: form, check, receipt, list, fiche, conflict. They format what a use case gave.

mod accuse;
mod annulation;
mod besoin;
mod bureau;
mod conflit;
mod ecrits;
mod fait;
mod fiche;
mod filtres;
mod formulaire;
mod liste;
mod verification;

pub use accuse::AccusePage;
pub use annulation::AnnulationPage;
pub use conflit::{ConflitPage, ImpossiblePage, Refait};
pub use fait::{Avant, Fait};
pub use fiche::FichePage;
pub use formulaire::{NouvelleDemandePage, SITUATION, SituationPage};
pub use liste::HistoriquePage;
pub(crate) use liste::{table, to_read};
pub use verification::VerificationPage;
