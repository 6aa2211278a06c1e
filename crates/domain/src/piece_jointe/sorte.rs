//! What a file of a convention is.

/// What a file of a convention is (CO-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortePiece {
    /// The signed convention métier.
    Metier,
    /// The signed convention d'utilisation.
    Utilisation,
    /// The deliberation that let the structure sign, or that proves its cover by a union (CO-8).
    Deliberation,
    /// A signed avenant.
    Avenant,
    /// A letter, an acknowledgement of receipt, another proof.
    Preuve,
    /// Anything else.
    Autre,
}

impl SortePiece {
    /// Every kind, in the order of the form.
    pub const TOUTES: [Self; 6] =
        [Self::Metier, Self::Utilisation, Self::Deliberation, Self::Avenant, Self::Preuve, Self::Autre];

    /// Stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Metier => "metier",
            Self::Utilisation => "utilisation",
            Self::Deliberation => "deliberation",
            Self::Avenant => "avenant",
            Self::Preuve => "preuve",
            Self::Autre => "autre",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUTES.into_iter().find(|s| s.code() == code)
    }

    /// The words of forms and lists.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Metier => "Convention métier signée",
            Self::Utilisation => "Convention d’utilisation signée",
            Self::Deliberation => "Délibération",
            Self::Avenant => "Avenant signé",
            Self::Preuve => "Lettre, avis de réception ou autre preuve",
            Self::Autre => "Autre pièce",
        }
    }
}
