//! What is filled, as plain data: who there is, and every demande with its thread. Drawn from a fixed seed, or read from
//! four files.

mod csv;
mod drawn;
mod import;
mod names;

pub use import::import;
pub use names::prefix;

use chrono::{DateTime, Utc};
use domain::demande::Etat;

/// A structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Name in addresses: small letters, digits, hyphens.
    pub slug: String,
    /// Name shown.
    pub nom: String,
}

/// Somebody with a compte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Personne {
    /// What is typed at the sign-in.
    pub identifiant: String,
    /// Prénom.
    pub prenom: String,
    /// Nom.
    pub nom: String,
    /// Mail address.
    pub courriel: String,
    /// Place of the structure; none for somebody of the caisse.
    pub organisation: Option<usize>,
}

/// A line of a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ligne {
    /// Place of who wrote, among the persons.
    pub auteur: usize,
    /// When.
    pub le: DateTime<Utc>,
    /// Text.
    pub texte: String,
}

/// A demande as the files say it; kind, département and birth date are drawn when it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demande {
    /// Place of the structure.
    pub organisation: usize,
    /// Place of the technicien.
    pub auteur: usize,
    /// Place of the agent; none where nobody was named.
    pub agent: Option<usize>,
    /// Prénom of the assuré.
    pub prenom: String,
    /// Nom of the assuré.
    pub nom: String,
    /// What it is about.
    pub sujet: String,
    /// Where it stands.
    pub etat: Etat,
    /// When it was filed.
    pub creee: DateTime<Utc>,
    /// When it reached its state.
    pub modifiee: DateTime<Utc>,
    /// Its thread, oldest first.
    pub lignes: Vec<Ligne>,
}

enum Demandes {
    /// Drawn one by one when they are asked for: a million of them need no memory.
    Tirees { nombre: usize, present: DateTime<Utc> },
    /// Read from files.
    Lues(Vec<Demande>),
}

/// Everything that is filled.
pub struct Volume {
    /// Structures.
    pub organisations: Vec<Organisation>,
    /// Persons of the structures and of the caisse.
    pub personnes: Vec<Personne>,
    demandes: Demandes,
}

impl Volume {
    /// How many demandes there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        match &self.demandes {
            Demandes::Tirees { nombre, .. } => *nombre,
            Demandes::Lues(demandes) => demandes.len(),
        }
    }

    /// The demande of a place; none behind the last.
    #[must_use]
    pub fn demande(&self, place: usize) -> Option<Demande> {
        match &self.demandes {
            Demandes::Tirees { nombre, present } => {
                (place < *nombre).then(|| drawn::demande(&self.personnes, self.organisations.len(), place, *present))
            }
            Demandes::Lues(demandes) => demandes.get(place).cloned(),
        }
    }

    /// 200 structures, 2 000 persons and so many demandes, the same at each call but for the day.
    #[must_use]
    pub fn drawn(nombre: usize, present: DateTime<Utc>) -> Self {
        let (organisations, personnes) = drawn::everybody();
        Self { organisations, personnes, demandes: Demandes::Tirees { nombre, present } }
    }
}
