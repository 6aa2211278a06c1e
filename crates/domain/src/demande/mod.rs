//! A demande: its kinds, its states and transitions, its clocks, its reference, its route. Pure rules; no storage.

mod codes;
mod critere;
mod etat;
mod horloge;
mod information;
mod issue;
mod orientation;
pub mod reference;
mod rendez_vous;
mod routage;
mod sorte;

pub use critere::Critere;
pub use etat::{Acte, Etat, EtatDemande, Garde, NomActe, Qui, RefusTransition, TRANSITIONS, Transition, transition};
pub use horloge::{Horloges, Suspension, horloges};
pub use information::Mode;
pub use issue::Issue;
pub use orientation::{Orientation, orientations};
pub use rendez_vous::{DemiJournee, ModeRendezVous};
pub use routage::{SERVICES, ServiceInitial, service};
pub use sorte::Sorte;
