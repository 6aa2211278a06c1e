//! A demande: its kinds, its states and transitions, its clocks, its reference. Pure rules; no storage.

mod etat;
mod horloge;
mod issue;
pub mod reference;
mod sorte;

pub use etat::{Acte, Etat, EtatDemande, Garde, NomActe, Qui, RefusTransition, TRANSITIONS, Transition, transition};
pub use horloge::{Horloges, Suspension, horloges};
pub use issue::Issue;
pub use sorte::Sorte;
