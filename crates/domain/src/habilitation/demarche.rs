//! The tracked form: what it is about, how it came, and its states.

/// What a tracked form asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NatureDemarche {
    /// A new gestionnaire (HA-3).
    Habilitation,
    /// Other data of a gestionnaire (HA-7).
    Changement,
    /// A gestionnaire leaves (HA-8).
    Depart,
}

impl NatureDemarche {
    /// Every one.
    pub const TOUTES: [Self; 3] = [Self::Habilitation, Self::Changement, Self::Depart];

    /// Stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Habilitation => "habilitation",
            Self::Changement => "changement",
            Self::Depart => "depart",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUTES.into_iter().find(|n| n.code() == code)
    }

    /// The words of pages.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Habilitation => "Habilitation d’un gestionnaire",
            Self::Changement => "Changement de données",
            Self::Depart => "Départ d’un gestionnaire",
        }
    }
}

/// How a form reached the caisse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VoieDemarche {
    /// By a gestionnaire on the portal.
    Portail,
    /// By the one-time link sent to the contact address of the partner.
    Lien,
    /// On paper, entered by the desk with its day of receipt.
    Papier,
}

impl VoieDemarche {
    /// Every one.
    pub const TOUTES: [Self; 3] = [Self::Portail, Self::Lien, Self::Papier];

    /// Stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Portail => "portail",
            Self::Lien => "lien",
            Self::Papier => "papier",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUTES.into_iter().find(|v| v.code() == code)
    }

    /// The words of pages.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Portail => "Sur le portail, par un gestionnaire",
            Self::Lien => "Par le lien envoyé à l’adresse de contact",
            Self::Papier => "Sur papier, saisie par la caisse",
        }
    }
}

/// State of a tracked form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EtatDemarche {
    /// With the caisse.
    Recue,
    /// Accepted, for a day to come.
    Acceptee,
    /// Done.
    Faite,
    /// Refused, with a reason.
    Refusee,
    /// Withdrawn by the structure.
    Retiree,
}

/// What is done with a tracked form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SuiteDemarche {
    /// The caisse accepts.
    Accepter,
    /// The caisse refuses.
    Refuser,
    /// The structure withdraws it.
    Retirer,
    /// The day has come (system).
    Accomplir,
}

/// The form is no longer in a state that allows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cette démarche n’est plus dans un état qui le permet")]
pub struct RefusDemarche;

impl EtatDemarche {
    /// Every state.
    pub const TOUS: [Self; 5] = [Self::Recue, Self::Acceptee, Self::Faite, Self::Refusee, Self::Retiree];

    /// Stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Recue => "recue",
            Self::Acceptee => "acceptee",
            Self::Faite => "faite",
            Self::Refusee => "refusee",
            Self::Retiree => "retiree",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|e| e.code() == code)
    }

    /// The word of pages.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Recue => "À traiter",
            Self::Acceptee => "Acceptée, à venir",
            Self::Faite => "Faite",
            Self::Refusee => "Refusée",
            Self::Retiree => "Retirée",
        }
    }

    /// Whether something is still to come of it.
    #[must_use]
    pub const fn est_ouverte(self) -> bool {
        matches!(self, Self::Recue | Self::Acceptee)
    }

    /// The state after an act. A departure is accepted for its day, the two others are done at once; what is accepted may
    /// still be withdrawn until its day.
    ///
    /// # Errors
    /// [`RefusDemarche`] for what no row allows.
    pub const fn apply(self, nature: NatureDemarche, suite: SuiteDemarche) -> Result<Self, RefusDemarche> {
        match (self, suite) {
            (Self::Recue, SuiteDemarche::Accepter) => Ok(match nature {
                NatureDemarche::Depart => Self::Acceptee,
                NatureDemarche::Habilitation | NatureDemarche::Changement => Self::Faite,
            }),
            (Self::Recue, SuiteDemarche::Refuser) => Ok(Self::Refusee),
            (Self::Recue | Self::Acceptee, SuiteDemarche::Retirer) => Ok(Self::Retiree),
            (Self::Acceptee, SuiteDemarche::Accomplir) => Ok(Self::Faite),
            _ => Err(RefusDemarche),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back() {
        for e in EtatDemarche::TOUS {
            assert_eq!(EtatDemarche::from_code(e.code()), Some(e));
        }
        for n in NatureDemarche::TOUTES {
            assert_eq!(NatureDemarche::from_code(n.code()), Some(n));
        }
        for v in VoieDemarche::TOUTES {
            assert_eq!(VoieDemarche::from_code(v.code()), Some(v));
        }
    }

    #[test]
    fn only_a_departure_waits_for_its_day_and_nothing_that_ended_moves_again() {
        use {EtatDemarche as E, NatureDemarche as N, SuiteDemarche as S};
        for nature in N::TOUTES {
            let accepted = E::Recue.apply(nature, S::Accepter).unwrap();
            assert_eq!(accepted, if nature == N::Depart { E::Acceptee } else { E::Faite });
            for etat in [E::Faite, E::Refusee, E::Retiree] {
                for suite in [S::Accepter, S::Refuser, S::Retirer, S::Accomplir] {
                    assert_eq!(etat.apply(nature, suite), Err(RefusDemarche), "{etat:?} {suite:?}");
                }
            }
            assert_eq!(E::Recue.apply(nature, S::Accomplir), Err(RefusDemarche));
            assert_eq!(E::Acceptee.apply(nature, S::Refuser), Err(RefusDemarche));
            assert_eq!(E::Acceptee.apply(nature, S::Retirer), Ok(E::Retiree));
        }
    }
}
