//! Use cases: one file per user intention. A use case keeps this order: parse, `begin_write`, load in scope, `droits`,
//! domain decision, guarded write, journal and outbox in the same transaction, commit, view. Nothing external (mail,
//! password hashing) while a write transaction is open; a use case never calls another.

pub mod administration;
pub mod caisse;
pub mod compte;
pub mod context;
pub mod convention;
pub mod demande;
pub mod error;
pub mod habilitation;
pub mod imprime;
pub mod jobs;
pub mod mails;
pub mod notification;
pub mod partenaire;
pub mod piece_jointe;
pub mod ports;
pub mod preuve;
mod refusal;
pub mod registre;
pub mod revue;

pub use context::{Appelant, Contexte, Fichiers, Objet, Reglages, Requete};
pub use error::{AppError, ErreurChamp, Outcome};
pub use refusal::record_refusal;
