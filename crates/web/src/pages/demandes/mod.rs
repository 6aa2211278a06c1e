//! Pages of a demande: form, check, receipt, list, fiche, conflict. They format what a use case gave.

mod accuse;
mod annulation;
mod besoin;
mod conflit;
mod ecrits;
mod fiche;
mod formulaire;
mod liste;
mod verification;

pub use accuse::AccusePage;
pub use annulation::AnnulationPage;
pub use conflit::{ConflitPage, ImpossiblePage, Refait};
pub use fiche::{Fait, FichePage};
pub use formulaire::{NouvelleDemandePage, SITUATION, SituationPage};
pub use liste::HistoriquePage;
pub(crate) use liste::table;
pub use verification::VerificationPage;
