//! Conventions from files: reading (CO-9), assembling with complements (CO-12), printing with sources.
//!
//! Lives here: the TOML schema and what is done with its text. May not live here: rules of a convention
//! (`domain::convention`), SQL.

mod activate;
mod assemblage;
mod consequences;
mod format;
mod import;
mod lecteur_toml;
mod lecture;
mod parties;
mod presentation;
mod show;

#[cfg(test)]
mod essais;
#[cfg(test)]
mod lecteurs;

pub use activate::{ActivationError, activate, switch};
pub use assemblage::{assemble, contenu_canonique};
pub use format::{Complement, Convention, Document, ErreurImport};
pub use import::{Effet, ImportError, Rapport, import};
pub use lecture::lis;
pub use parties::{Parties, parties};
pub use presentation::presente;
pub use show::{keys, show};
