//! The load: visitors over HTTP on loopback, one connection and one session each, and what they waited.

mod form;
mod mesures;
mod visitor;

pub use form::{Formulaire, multipart, pdf};
pub use mesures::Mesures;
pub use visitor::{Reponse, Visiteur};
