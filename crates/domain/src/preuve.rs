//! Proofs: acts that both sides must be able to show years later, kept beside the journal and longer (JO-2).

/// What a proof shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Nature {
    /// What a gestionnaire attests of somebody (HA-5).
    Attestation,
    /// A review of the comptes of a structure or a caisse (HA-12).
    Revue,
    /// Something told to the other side by provable means (PA-3, HA-11).
    Notice,
    /// A registered letter: sent, received, repaired (CO-5).
    Lettre,
    /// A decision of the caisse: exclusion, cut, a password that no longer ages (HA-11, PA-3, HA-14).
    Decision,
    /// A loss, a theft, a fraud signalled (HA-11).
    Signalement,
    /// A change of the convention (CO-4).
    Avenant,
    /// The rights of a convention opened, a function switched (CO-7, CO-12).
    Activation,
    /// The end of a convention (CO-5).
    Resiliation,
    /// A gestionnaire accredited or refused (HA-3).
    Habilitation,
    /// A gestionnaire's data changed by the caisse (HA-7), a contact of a party (PA-4).
    Changement,
    /// A gestionnaire's departure (HA-8).
    Depart,
    /// Entering or leaving a union (CO-8).
    Union,
    /// An address allowed against the rule, with its reason (HA-5).
    Derogation,
    /// A new agent told to the caisse (HA-13).
    Annonce,
}

impl Nature {
    /// Every nature.
    pub const TOUTES: [Self; 15] = [
        Self::Attestation,
        Self::Revue,
        Self::Notice,
        Self::Lettre,
        Self::Decision,
        Self::Signalement,
        Self::Avenant,
        Self::Activation,
        Self::Resiliation,
        Self::Habilitation,
        Self::Changement,
        Self::Depart,
        Self::Union,
        Self::Derogation,
        Self::Annonce,
    ];

    /// Stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Attestation => "attestation",
            Self::Revue => "revue",
            Self::Notice => "notice",
            Self::Lettre => "lettre",
            Self::Decision => "decision",
            Self::Signalement => "signalement",
            Self::Avenant => "avenant",
            Self::Activation => "activation",
            Self::Resiliation => "resiliation",
            Self::Habilitation => "habilitation",
            Self::Changement => "changement",
            Self::Depart => "depart",
            Self::Union => "union",
            Self::Derogation => "derogation",
            Self::Annonce => "annonce",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUTES.into_iter().find(|n| n.code() == code)
    }

    /// The words of lists and exports.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Attestation => "Attestation",
            Self::Revue => "Revue d’habilitation",
            Self::Notice => "Notification",
            Self::Lettre => "Lettre recommandée",
            Self::Decision => "Décision de la caisse",
            Self::Signalement => "Signalement",
            Self::Avenant => "Avenant",
            Self::Activation => "Ouverture de droits",
            Self::Resiliation => "Fin de convention",
            Self::Habilitation => "Habilitation",
            Self::Changement => "Changement",
            Self::Depart => "Départ",
            Self::Union => "Union départementale",
            Self::Derogation => "Dérogation",
            Self::Annonce => "Nouvel agent annoncé",
        }
    }
}
