//! Reading proofs (JO-2): the list of a caisse or a structure, one proof to read and print, the filtered list as a file.

mod export;
mod list;
mod show;

pub use export::{EXPORT_MAX, export};
pub use list::{Filtres, Liste, Resume, list};
pub use show::{Fiche, imprime, show};
pub use store::preuve::Preuve;

pub(crate) use export::columns;
