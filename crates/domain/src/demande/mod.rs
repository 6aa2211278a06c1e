//! A demande: its kinds, its states and transitions, its clocks, its reference, its route. Pure rules; no storage.

mod codes;
mod complement;
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
mod vie;

pub use complement::{
    Delais, Etape, MotifComplement, Suivi, borne_d_archivage, debut_d_archivage, debut_de_jour, depart,
};
pub use critere::Critere;
pub use etat::{Etat, Garde, NomActe, Qui, TRANSITIONS, Transition, transition};
pub use horloge::{Horloges, Suspension, horloges};
pub use information::Mode;
pub use issue::Issue;
pub use orientation::{Orientation, orientations};
pub use rendez_vous::{DemiJournee, ModeRendezVous};
pub use routage::{SERVICES, ServiceInitial, service};
pub use sorte::Sorte;
pub use vie::{Acte, EtatDemande, RefusTransition};
