//! Identity of an assuré.

/// Civilité of an assuré.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Civilite {
    /// Madame.
    Madame,
    /// Monsieur.
    Monsieur,
}

impl Civilite {
    /// Stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Madame => "madame",
            Self::Monsieur => "monsieur",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Madame, Self::Monsieur].into_iter().find(|c| c.code() == code)
    }
}
