//! Outcomes of a closed demande.

/// Outcome given by the agent who closes (DE-7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Issue {
    /// What was asked was done.
    Satisfaite,
    /// Part of it was done.
    Partielle,
    /// It was refused, with the reason in the answer.
    Refusee,
    /// Another body is competent.
    HorsCompetence,
    /// Nothing came of it.
    SansSuite,
}

impl Issue {
    /// Every outcome, in the order shown.
    pub const TOUTES: [Self; 5] =
        [Self::Satisfaite, Self::Partielle, Self::Refusee, Self::HorsCompetence, Self::SansSuite];

    /// Stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Satisfaite => "satisfaite",
            Self::Partielle => "partielle",
            Self::Refusee => "refusee",
            Self::HorsCompetence => "hors_competence",
            Self::SansSuite => "sans_suite",
        }
    }

    /// Reads a stored or posted code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUTES.into_iter().find(|i| i.code() == code)
    }

    /// The words shown on pages.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Satisfaite => "Demande satisfaite",
            Self::Partielle => "Demande satisfaite en partie",
            Self::Refusee => "Demande refusée",
            Self::HorsCompetence => "Ne relève pas de la caisse",
            Self::SansSuite => "Sans suite",
        }
    }
}
