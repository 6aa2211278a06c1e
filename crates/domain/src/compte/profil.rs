//! The profils and what side of the portal each belongs to (HA-1, CA-4).

use chrono::{DateTime, TimeDelta, Utc};

/// A compte has exactly one profil, for life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Profil {
    /// Manages the comptes of the partenaire; neither files nor reads demandes.
    Gestionnaire,
    /// Files and follows demandes.
    Technicien,
    /// Treats the demandes of his services.
    Agent,
    /// Treats the demandes of the whole caisse.
    Superviseur,
    /// Holds the conventions and the partners of a caisse.
    Referent,
    /// Sees figures only.
    Responsable,
    /// Sees logs and registers.
    Dpo,
    /// Administers the comptes and settings of a caisse.
    AdministrateurLocal,
    /// Opens caisses and administrators; sees no content.
    AdministrateurNational,
    /// Helps users; sees no content.
    Support,
}

/// Side of the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cote {
    /// A partenaire.
    Partenaire,
    /// A caisse.
    Desk,
    /// The whole country.
    National,
}

impl Profil {
    /// Every profil.
    pub const TOUS: [Self; 10] = [
        Self::Gestionnaire,
        Self::Technicien,
        Self::Agent,
        Self::Superviseur,
        Self::Referent,
        Self::Responsable,
        Self::Dpo,
        Self::AdministrateurLocal,
        Self::AdministrateurNational,
        Self::Support,
    ];

    /// Stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Gestionnaire => "gestionnaire",
            Self::Technicien => "technicien",
            Self::Agent => "agent",
            Self::Superviseur => "superviseur",
            Self::Referent => "referent",
            Self::Responsable => "responsable",
            Self::Dpo => "dpo",
            Self::AdministrateurLocal => "administrateur_local",
            Self::AdministrateurNational => "administrateur_national",
            Self::Support => "support",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|p| p.code() == code)
    }

    /// The words shown in the header.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Gestionnaire => "Gestionnaire",
            Self::Technicien => "Technicien",
            Self::Agent => "Agent",
            Self::Superviseur => "Superviseur",
            Self::Referent => "Référent partenariat",
            Self::Responsable => "Responsable",
            Self::Dpo => "Délégué à la protection des données",
            Self::AdministrateurLocal => "Administrateur local",
            Self::AdministrateurNational => "Administrateur national",
            Self::Support => "Support national",
        }
    }

    /// The side it belongs to.
    #[must_use]
    pub const fn cote(self) -> Cote {
        match self {
            Self::Gestionnaire | Self::Technicien => Cote::Partenaire,
            Self::Agent
            | Self::Superviseur
            | Self::Referent
            | Self::Responsable
            | Self::Dpo
            | Self::AdministrateurLocal => Cote::Desk,
            Self::AdministrateurNational | Self::Support => Cote::National,
        }
    }

    /// Life of a session: minutes without activity, hours in all (security, « Sign-in »).
    #[must_use]
    pub const fn session(self) -> (i64, i64) {
        match self {
            Self::Technicien => (30, 12),
            Self::AdministrateurLocal | Self::AdministrateurNational => (15, 8),
            _ => (30, 10),
        }
    }
}

impl Profil {
    /// When a session last used at `vue_le` ends for want of activity.
    #[must_use]
    pub fn fin_par_inactivite(self, vue_le: DateTime<Utc>) -> DateTime<Utc> {
        vue_le + TimeDelta::minutes(self.session().0)
    }

    /// When a session opened now ends whatever its activity.
    #[must_use]
    pub fn fin_de_session(self, now: DateTime<Utc>) -> DateTime<Utc> {
        now + TimeDelta::hours(self.session().1)
    }
}

/// Life of a compte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EtatCompte {
    /// Invited; has not finished the first sign-in.
    Invite,
    /// In use.
    Actif,
    /// Closed by a gestionnaire, the caisse or the end of a convention; reopening is possible.
    Inactif,
    /// Excluded by a decision of the director (HA-11).
    Exclu,
}

impl EtatCompte {
    /// Every state.
    pub const TOUS: [Self; 4] = [Self::Invite, Self::Actif, Self::Inactif, Self::Exclu];

    /// Stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invite => "invite",
            Self::Actif => "actif",
            Self::Inactif => "inactif",
            Self::Exclu => "exclu",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|e| e.code() == code)
    }

    /// Whether it counts in a quota (HA-2: active and invited comptes count).
    #[must_use]
    pub const fn compte_dans_le_quota(self) -> bool {
        matches!(self, Self::Invite | Self::Actif)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_live_as_long_as_decided() {
        let now = DateTime::from_timestamp(1_900_000_000, 0).unwrap();
        for profil in Profil::TOUS {
            let (minutes, heures) = match profil {
                Profil::Technicien => (30, 12),
                Profil::AdministrateurLocal | Profil::AdministrateurNational => (15, 8),
                _ => (30, 10),
            };
            assert_eq!(profil.fin_par_inactivite(now) - now, TimeDelta::minutes(minutes), "{profil:?}");
            assert_eq!(profil.fin_de_session(now) - now, TimeDelta::hours(heures), "{profil:?}");
        }
    }
}
