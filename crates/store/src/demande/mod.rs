//! Demandes: the aggregate with its guarded updates, its thread, its receipt, and the lists as partial selects.

mod agregat;
mod fil;
mod listes;
mod nouvelle;
mod portee;

pub use agregat::{Demande, load, lock_next, save};
pub use fil::{Accuse, Cote, Evenement, Message, accuse, ecrire, evenements, marquer_lu, messages};
pub use listes::{Curseur, Ligne, Onglet, compter, file, search_nom, structure};
pub use nouvelle::{Contenu, Nouvelle, already_filed, insert};

/// Purpose of the blind values of names.
pub(crate) const NOM: &str = "demande.nom";
