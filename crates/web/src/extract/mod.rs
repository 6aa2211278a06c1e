//! What handlers take out of a request.

pub mod curseur;
pub mod fichiers;
pub mod form;
mod nomme;
mod parametres;
mod requete;

pub use fichiers::ReceivedFiles;
pub use form::{Form, ReceivedForm};
pub use nomme::{Named, NamedIn};
pub use parametres::Params;
pub use requete::{Adresse, Call};
