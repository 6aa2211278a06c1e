//! Conventions from files: reading (CO-9), assembling with complements (CO-12), printing with sources.
//!
//! Lives here: the TOML schema and what is done with its text. May not live here: rules of a convention
//! (`domain::convention`), SQL.

mod assemblage;
mod consequences;
mod format;
mod lecteur_toml;
mod lecture;
mod presentation;

#[cfg(test)]
mod essais;
#[cfg(test)]
mod lecteurs;

pub use assemblage::{assemble, contenu_canonique};
pub use format::{Complement, Convention, Document, ErreurImport};
pub use lecture::lis;
pub use presentation::presente;
