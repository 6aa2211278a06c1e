//! Pages of structures and of what a caisse shares with them.

mod actualites;
mod arret;
mod coupure;
mod echanges;
mod fiche;
mod liste;
mod parties;
mod personne;
mod pieces;
mod union;

pub use actualites::{actualites, news_block};
pub use arret::ArretPage;
pub use coupure::coupure;
pub use echanges::echanges;
pub use fiche::{Annonce, fiche, ma_structure};
pub use liste::liste;
pub use parties::{Modele, creation, faits};
pub use personne::{dpo, interlocuteur, retrait};
pub use pieces::{document, pieces};
pub use union::adhesions;

/// Where the référent's list is.
pub const LISTE: &str = "/partenaires";
/// Where news are.
pub const ACTUALITES: &str = "/actualites";
/// Where a gestionnaire reads the sheets of his structure.
pub const MA_STRUCTURE: &str = "/ma-structure/fiche";

/// Address of the sheets of a convention.
fn fiche_path(cle: &str) -> String {
    format!("/conventions/{cle}/fiche")
}
