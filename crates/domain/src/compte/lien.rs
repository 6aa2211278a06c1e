//! One-time links sent by mail (HA-6).

use chrono::TimeDelta;

/// What a one-time link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UsageLien {
    /// Choose the first password.
    Invitation,
    /// Choose a new password.
    MotDePasse,
}

impl UsageLien {
    /// Stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::MotDePasse => "mot_de_passe",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Invitation, Self::MotDePasse].into_iter().find(|u| u.code() == code)
    }

    /// How long it works: 7 days for an invitation, one hour for a forgotten password.
    #[must_use]
    pub const fn duree(self) -> TimeDelta {
        match self {
            Self::Invitation => TimeDelta::days(7),
            Self::MotDePasse => TimeDelta::hours(1),
        }
    }

    /// Path of its page, without the final slash; the token comes after it.
    #[must_use]
    pub const fn chemin(self) -> &'static str {
        match self {
            Self::Invitation => "/invitation",
            Self::MotDePasse => "/mot-de-passe",
        }
    }
}
