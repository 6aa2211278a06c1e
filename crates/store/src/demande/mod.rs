//! Demandes: the aggregate with its guarded updates, its thread, its receipt, and the lists as partial selects.

mod agregat;
mod autour;
mod complement;
mod criteres;
mod empreinte;
mod fil;
mod file;
mod historique;
mod listes;
mod notes;
mod nouvelle;
mod ouvertes;
#[cfg(test)]
mod plans;
#[cfg(test)]
mod plans_postgres;
#[cfg(test)]
mod plans_recherche;
mod portee;
mod recents;
mod recherche;
mod recherche_scellee;
mod rendues;
mod volume;

pub use agregat::{Demande, due_day, load, lock, lock_next, save, taken_since};
pub use autour::{Autour, autour};
pub use complement::{Complement, Pas, avancer, complements, demander, dus, prolonger};
pub use criteres::{Criteres, Depart, Tranche};
pub use empreinte::{Personne, doublon};
pub use fil::{Accuse, Cote, Evenement, Message, accuse, ecrire, evenements, marquer_lu, messages};
pub use file::{NOMBRE_MAX, Nombres, Onglet, a_archiver, compter_a_lire, file, nombres, structure_en_attente};
pub use historique::{auteurs, historique};
pub use listes::{Curseur, Ligne, structure};
pub use notes::{Note, noter, notes};
pub use nouvelle::{Contenu, Nouvelle, already_filed, insert};
pub use ouvertes::{Ouverte, compter_brouillons, compter_ouvertes, nommees, ouvertes};
pub use recents::{Recent, recents};
pub use recherche::{LUES, Trouvees, search_nom};
pub use recherche_scellee::{open_search, seal_search, search_trace};
pub use rendues::sans_agent;
pub use volume::{Changement, Ecrit, Entiere, insert_whole};

/// Purpose of the blind values of names.
pub(crate) const NOM: &str = "demande.nom";
