//! Conventions: read from files (CO-9), assembled with complements (CO-12), printed with sources; then their life, one
//! file an intention: the référent's calendar and page, activation and functions, avenants, letters, ends, the good end.
//!
//! Lives here: the TOML schema and what is done with its text, the acts on a convention. May not live here: rules of a
//! convention (`domain::convention`), SQL.

mod activate;
mod annonce;
mod assemblage;
mod avenant;
mod avenant_effet;
mod bonne_fin;
mod calendrier;
mod champs;
mod complete;
pub(crate) mod conduite;
mod consequences;
mod effets;
mod fiche;
pub(crate) mod fin;
mod format;
mod import;
mod import_refus;
mod lecteur_toml;
mod lecture;
mod lettres;
mod parties;
mod presentation;
mod show;

#[cfg(test)]
mod essais;
#[cfg(test)]
mod lecteurs;

pub use activate::{ActivationError, Bascule, activate, activate_by, switch, switch_by};
pub use assemblage::{assemble, contenu_canonique};
pub use avenant::{Apport, AvenantError, NouvelAvenant, Valeurs, amend, signature_en_clair};
pub use bonne_fin::{BonneFin, LigneFin, good_end, hand_over, print_good_end, settle};
pub use calendrier::{ASuivre, Calendrier, Jour, LigneConvention, Pages, calendar};
pub use champs::{Champ, Sorte as SorteChamp, fields, offered};
pub use complete::{Saisi, complete};
pub use conduite::MOTIF_MAX;
pub(crate) use effets::run as effects;
pub use fiche::{ActeVu, Comparaison, FicheConvention, FonctionVue, LettreVue, compare, sheet, version_whole};
pub use fin::{CompteFerme, Consequences, FinDemandee, FinPrevue, VoieFin, end, preview_end};
pub use format::{Complement, Convention, Document, ErreurImport};
pub use import::{Effet, ImportError, Rapport, import};
pub use lecture::lis;
pub use lettres::{NouvelleLettre, evaluate, receive_letter, record_letter, repair};
pub use parties::{Parties, parties};
pub use presentation::presente;
pub use show::{keys, show};
pub use store::convention::{ActeNote, Enregistree, Lettre, NatureActe, Signature, Suite, TexteLettre, Version};
pub use store::demande::Ouverte;
