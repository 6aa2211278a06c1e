//! How a compte came to be closed: since when, why, by which side, and when it is deleted (HA-9, HA-10, HA-11, CO-6).

use chrono::{DateTime, Utc};

/// Why a compte was closed. Who may reopen it depends on it (HA-9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RaisonInactif {
    /// A gestionnaire of the structure.
    Gestionnaire,
    /// The caisse.
    Caisse,
    /// Loss, theft or fraud was signalled (HA-11).
    Signalement,
    /// No convention of the structure is left (CO-6).
    FinConvention,
    /// A review did not keep it (HA-12).
    Revue,
    /// A gestionnaire left (HA-8).
    Depart,
    /// Excluded by the caisse's director (HA-11).
    Exclusion,
}

impl RaisonInactif {
    /// Every reason.
    pub const TOUTES: [Self; 7] = [
        Self::Gestionnaire,
        Self::Caisse,
        Self::Signalement,
        Self::FinConvention,
        Self::Revue,
        Self::Depart,
        Self::Exclusion,
    ];

    /// Stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Gestionnaire => "gestionnaire",
            Self::Caisse => "caisse",
            Self::Signalement => "signalement",
            Self::FinConvention => "fin_convention",
            Self::Revue => "revue",
            Self::Depart => "depart",
            Self::Exclusion => "exclusion",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUTES.into_iter().find(|r| r.code() == code)
    }

    /// The words shown beside the compte.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Gestionnaire => "inactivé par un gestionnaire",
            Self::Caisse => "inactivé par la caisse",
            Self::Signalement => "perte, vol ou fraude signalés",
            Self::FinConvention => "fin de la convention",
            Self::Revue => "non conservé à la revue d’habilitation",
            Self::Depart => "départ",
            Self::Exclusion => "exclu par la caisse",
        }
    }
}

/// Which side closed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CoteInactif {
    /// The structure.
    Partenaire,
    /// The caisse.
    Caisse,
    /// The portal, on a date.
    Systeme,
}

impl CoteInactif {
    /// Every side.
    pub const TOUS: [Self; 3] = [Self::Partenaire, Self::Caisse, Self::Systeme];

    /// Stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Partenaire => "partenaire",
            Self::Caisse => "caisse",
            Self::Systeme => "systeme",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|c| c.code() == code)
    }
}

/// The closing of a compte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fermeture {
    /// The instant.
    pub le: DateTime<Utc>,
    /// Why.
    pub raison: RaisonInactif,
    /// By which side.
    pub cote: CoteInactif,
    /// From this instant on nobody sees the compte any more (HA-10).
    pub supprimer_le: DateTime<Utc>,
}
