//! Reading proofs (JO-2): the list of a caisse or a structure, one proof to read and print, the filtered list as a file.

mod export;
mod list;
mod show;

pub use export::{EXPORT_MAX, export};
pub use list::{Filtres, Liste, Resume, list};
pub use show::{Fiche, imprime, show};
pub use store::preuve::Preuve;

pub(crate) use export::columns;

use domain::compte::Profil;
use domain::droits::Acteur;
use store::registre::Sujet;

/// Whose proofs an acteur reads in his scope: the desk's own reviews are not the référent's, who is one of its colleagues.
fn sujet(acteur: &Acteur) -> Sujet {
    match acteur {
        Acteur::Compte(a) if a.profil == Profil::Referent => Sujet::Structures,
        Acteur::Compte(a) if a.profil == Profil::AdministrateurLocal => Sujet::Bureau,
        _ => Sujet::Tous,
    }
}
