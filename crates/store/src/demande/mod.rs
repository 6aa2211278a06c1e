//! Demandes: the aggregate with its guarded updates, its thread, its receipt, and the lists as partial selects.

mod agregat;
mod empreinte;
mod fil;
mod listes;
mod nouvelle;
#[cfg(test)]
mod plans;
mod portee;
mod recents;
mod recherche;

pub use agregat::{Demande, load, lock_next, save};
pub use empreinte::{Personne, doublon};
pub use fil::{Accuse, Cote, Evenement, Message, accuse, ecrire, evenements, marquer_lu, messages};
pub use listes::{Curseur, Ligne, Onglet, compter, file, structure};
pub use nouvelle::{Contenu, Nouvelle, already_filed, insert};
pub use recents::{Recent, recents};
pub use recherche::search_nom;

/// Purpose of the blind values of names.
pub(crate) const NOM: &str = "demande.nom";
