//! Identifiers with a key: what is well formed, and its one canonical writing.
//!
//! Nothing here says that a number exists or belongs to somebody: only that it is written as the rules ask.
//! Finding a NIR inside a sentence is not done here but in [`crate::garde`].

mod nir;
mod siret;

pub use nir::{CleNir, Nir, NirInvalide};
pub(crate) use nir::{attente_plausible, est_invisible, est_separateur, structure_plausible};
pub use siret::{Siren, Siret, SiretInvalide};
