//! The steps of a sign-in, and which one comes next. Nobody skips the second factor (security, « Sign-in »).

/// Where a session stands. Only [`Etape::Ouverte`] gives an acteur.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Etape {
    /// The password was right; a code is asked for.
    SecondFacteur,
    /// The password was right; the compte has no second factor yet.
    Enrolement,
    /// The password is too old (HA-14).
    MotDePasse,
    /// CGU or personal engagements are to be accepted (HA-6, HA-15).
    Engagements,
    /// Signed in.
    Ouverte,
}

/// What is known of the second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facteur {
    /// None is registered.
    Absent,
    /// Registered, not shown yet in this sign-in.
    AProuver,
    /// A code was accepted in this sign-in.
    Prouve,
}

impl Etape {
    /// Every step.
    pub const TOUTES: [Self; 5] =
        [Self::SecondFacteur, Self::Enrolement, Self::MotDePasse, Self::Engagements, Self::Ouverte];

    /// Minutes that a step before the last one may take.
    pub const MINUTES: i64 = 30;

    /// Stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SecondFacteur => "second_facteur",
            Self::Enrolement => "enrolement",
            Self::MotDePasse => "mot_de_passe",
            Self::Engagements => "engagements",
            Self::Ouverte => "ouverte",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUTES.into_iter().find(|e| e.code() == code)
    }

    /// The step of a session whose password was right: second factor first, then an old password, then what is to be
    /// accepted.
    #[must_use]
    pub const fn suivante(facteur: Facteur, mot_de_passe_expire: bool, a_accepter: bool) -> Self {
        match (facteur, mot_de_passe_expire, a_accepter) {
            (Facteur::Absent, _, _) => Self::Enrolement,
            (Facteur::AProuver, _, _) => Self::SecondFacteur,
            (Facteur::Prouve, true, _) => Self::MotDePasse,
            (Facteur::Prouve, false, true) => Self::Engagements,
            (Facteur::Prouve, false, false) => Self::Ouverte,
        }
    }
}

/// Whether the time step of a right code may be accepted: a code works once, and none older than the last one does.
#[must_use]
pub fn pas_accepte(dernier: Option<i64>, pas: i64) -> bool {
    dernier.is_none_or(|dernier| pas > dernier)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_session_opens_without_a_second_factor_shown() {
        for facteur in [Facteur::Absent, Facteur::AProuver, Facteur::Prouve] {
            for expire in [false, true] {
                for a_accepter in [false, true] {
                    let ouverte = Etape::suivante(facteur, expire, a_accepter) == Etape::Ouverte;
                    assert_eq!(ouverte, facteur == Facteur::Prouve && !expire && !a_accepter);
                }
            }
        }
    }

    #[test]
    fn an_old_password_is_changed_before_anything_is_accepted() {
        assert_eq!(Etape::suivante(Facteur::Prouve, true, true), Etape::MotDePasse);
        assert_eq!(Etape::suivante(Facteur::Prouve, false, true), Etape::Engagements);
    }

    #[test]
    fn a_code_works_once_and_an_older_one_never_again() {
        assert!(pas_accepte(None, 7));
        assert!(pas_accepte(Some(7), 8));
        assert!(!pas_accepte(Some(7), 7));
        assert!(!pas_accepte(Some(7), 6));
    }

    #[test]
    fn every_step_is_read_back_from_its_code() {
        for etape in Etape::TOUTES {
            assert_eq!(Etape::from_code(etape.code()), Some(etape));
        }
        assert_eq!(Etape::from_code("ouvert"), None);
    }
}
