//! Pages of a demande: form, check, receipt, list, fiche, conflict. They format what a use case gave.

mod accuse;
mod annulation;
mod conflit;
mod ecrits;
mod fiche;
mod filtres;
mod formulaire;
mod liste;
mod verification;

pub use accuse::AccusePage;
pub use annulation::AnnulationPage;
pub use conflit::{ConflitPage, ImpossiblePage, Refait};
pub use fiche::{Fait, FichePage};
pub use formulaire::{NouvelleDemandePage, PRECISIONS_MAX};
pub use liste::HistoriquePage;
pub(crate) use liste::table;
pub use verification::VerificationPage;
