//! How the person was informed, or agreed, before a filing (DE-3). Never pre-ticked.

/// A way of informing or agreeing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Face to face.
    Entretien,
    /// By telephone or video.
    Telephone,
    /// In writing.
    Ecrit,
    /// Through the legal representative.
    Representant,
}

impl Mode {
    /// Every way, in the order shown.
    pub const TOUS: [Self; 4] = [Self::Entretien, Self::Telephone, Self::Ecrit, Self::Representant];

    /// Stored and posted code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Entretien => "entretien",
            Self::Telephone => "telephone",
            Self::Ecrit => "ecrit",
            Self::Representant => "representant",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|m| m.code() == code)
    }

    /// The words shown.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Entretien => "au cours d’un entretien",
            Self::Telephone => "par téléphone ou en visioconférence",
            Self::Ecrit => "par écrit",
            Self::Representant => "par son représentant légal",
        }
    }
}
