//! The five kinds of demande (DE-1) and the documents one may ask for.

use crate::convention::Fonctionnalite;
use serde::{Deserialize, Serialize};

/// A kind of demande, labelled as in the conventions (DE-1, AC-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sorte {
    /// « Contacter votre organisme d'assurance Maladie »
    Contacter,
    /// « Soumettre une demande d'étude de dossier »
    Etude,
    /// « Signaler une situation de difficultés d'accès aux droits et aux soins d'un assuré »
    Difficulte,
    /// « Demander un rendez-vous pour un assuré »
    RendezVous,
    /// « Demander un document »
    Document,
}

impl Sorte {
    /// Every kind, in the order of the conventions.
    pub const TOUTES: [Self; 5] = [Self::Contacter, Self::Etude, Self::Difficulte, Self::RendezVous, Self::Document];

    /// Stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Contacter => "contacter",
            Self::Etude => "etude",
            Self::Difficulte => "difficulte",
            Self::RendezVous => "rendez_vous",
            Self::Document => "document",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUTES.into_iter().find(|s| s.code() == code)
    }

    /// The function of the conventions that opens it (CO-7).
    #[must_use]
    pub const fn fonctionnalite(self) -> Fonctionnalite {
        match self {
            Self::Contacter => Fonctionnalite::Contact,
            Self::Etude => Fonctionnalite::Etude,
            Self::Difficulte => Fonctionnalite::Signalement,
            Self::RendezVous => Fonctionnalite::RendezVous,
            Self::Document => Fonctionnalite::Document,
        }
    }

    /// Label of the conventions.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Contacter => "Contacter votre organisme d’assurance Maladie",
            Self::Etude => "Soumettre une demande d’étude de dossier",
            Self::Difficulte => "Signaler une situation de difficultés d’accès aux droits et aux soins d’un assuré",
            Self::RendezVous => "Demander un rendez-vous pour un assuré",
            Self::Document => "Demander un document",
        }
    }
}
