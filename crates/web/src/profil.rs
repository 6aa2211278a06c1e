//! The profils as pages name them.

/// The profil of a compte: exactly one (HA-1, CA-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Profil {
    /// Manages the comptes of a structure; neither files nor reads demandes.
    Gestionnaire,
    /// Files and follows demandes.
    Technicien,
    /// Treats demandes of a service.
    Agent,
    /// Leads the agents of a caisse.
    Superviseur,
    /// Keeps the partnership of a caisse.
    Referent,
    /// Reads figures only.
    Responsable,
    /// Data protection officer of a caisse.
    Dpo,
    /// Administers a caisse.
    AdministrateurLocal,
    /// Administers the whole installation.
    AdministrateurNational,
    /// Helps users, without content.
    Support,
}

impl Profil {
    /// All of them, for tests and matrices.
    pub const ALL: [Self; 10] = [
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

    /// The words shown in the header.
    #[must_use]
    pub fn libelle(self) -> &'static str {
        match self {
            Self::Gestionnaire => "gestionnaire",
            Self::Technicien => "technicien",
            Self::Agent => "agent",
            Self::Superviseur => "superviseur",
            Self::Referent => "référent partenariat",
            Self::Responsable => "responsable",
            Self::Dpo => "délégué à la protection des données",
            Self::AdministrateurLocal => "administrateur local",
            Self::AdministrateurNational => "administrateur national",
            Self::Support => "support national",
        }
    }
}
