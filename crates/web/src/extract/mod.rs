//! What handlers take out of a request.

pub mod curseur;
pub mod form;
mod nomme;
mod parametres;
mod requete;

pub use form::{Form, ReceivedForm};
pub use nomme::Named;
pub use parametres::Params;
pub use requete::{Adresse, Call};
