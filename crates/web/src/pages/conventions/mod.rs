//! Conventions: the référent's home, the page of one, its acts, its versions, its good end.

mod actes;
mod bonne_fin;
mod calendrier;
mod fiche;
mod fin;
mod lettres;
mod versions;

pub use actes::{activation_page, avenant_page, completer_page, fonctions_page, names_of, signatories};
pub use bonne_fin::bonne_fin_page;
pub use calendrier::calendrier_page;
pub use fiche::fiche_page;
pub(super) use fin::{closed, open_demandes};
pub use fin::{confirmation_page, fin_page};
pub use lettres::lettres_page;
pub use versions::{comparaison_page, version_page};

/// Address of the référent's home.
pub(crate) const CONVENTIONS_PATH: &str = "/conventions";

/// Address of a convention.
pub(crate) fn convention_path(cle: &str) -> String {
    format!("{CONVENTIONS_PATH}/{cle}")
}

/// Address of an act on a convention.
pub(crate) fn act_path(cle: &str, acte: &str) -> String {
    format!("{CONVENTIONS_PATH}/{cle}/{acte}")
}
