//! Demandes: the aggregate with its guarded updates, its thread, its receipt, and the lists as partial selects.

mod agregat;
mod criteres;
mod fil;
mod historique;
mod listes;
mod nouvelle;
#[cfg(test)]
mod plans;
#[cfg(test)]
mod plans_recherche;
mod portee;
mod recherche;
mod recherche_scellee;

pub use agregat::{Demande, load, lock_next, save};
pub use criteres::{Criteres, Depart, Tranche};
pub use fil::{Accuse, Cote, Evenement, Message, accuse, ecrire, evenements, marquer_lu, messages};
pub use historique::{auteurs, historique};
pub use listes::{Curseur, Ligne, Onglet, compter, file, structure};
pub use nouvelle::{Contenu, Nouvelle, already_filed, insert};
pub use recherche::search_nom;
pub use recherche_scellee::{open_search, seal_search, search_trace};

/// Purpose of the blind values of names.
pub(crate) const NOM: &str = "demande.nom";
