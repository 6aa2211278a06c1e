//! States of a file and the one table of what an analysis makes of them (PJ-1).

/// Whether a file may be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Etat {
    /// Received, not analysed yet: nobody may open it.
    Quarantaine,
    /// Analysed, nothing found: the only state that is ever served.
    Saine,
    /// The analysis found a virus: content and key are destroyed.
    Infectee,
    /// The analysis could not read it: content and key are destroyed too, for nobody may ever open it.
    Illisible,
}

impl Etat {
    /// Every state.
    pub const TOUS: [Self; 4] = [Self::Quarantaine, Self::Saine, Self::Infectee, Self::Illisible];

    /// Stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Quarantaine => "quarantaine",
            Self::Saine => "saine",
            Self::Infectee => "infectee",
            Self::Illisible => "illisible",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|e| e.code() == code)
    }

    /// The word shown on pages.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Quarantaine => "En attente d’analyse",
            Self::Saine => "Analysé, aucun virus trouvé",
            Self::Infectee => "Refusé : virus trouvé",
            Self::Illisible => "Refusé : analyse impossible",
        }
    }

    /// Whether it may be opened: « saine » alone.
    #[must_use]
    pub const fn est_servie(self) -> bool {
        matches!(self, Self::Saine)
    }

    /// Whether content and key are still kept.
    #[must_use]
    pub const fn est_gardee(self) -> bool {
        matches!(self, Self::Quarantaine | Self::Saine)
    }
}

/// What an analysis found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    Sain,
    /// A virus.
    Infecte,
    /// It could not be read: too deep, protected, or too large for the scanner.
    Illisible,
}

/// One row of the table: from, what was found, to. Only the system analyses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Analyse {
    /// State before.
    pub de: Etat,
    /// What was found.
    pub verdict: Verdict,
    /// State after.
    pub vers: Etat,
}

/// Every allowed transition. A state that is not in `de` never changes again.
pub const ANALYSES: [Analyse; 3] = [
    Analyse { de: Etat::Quarantaine, verdict: Verdict::Sain, vers: Etat::Saine },
    Analyse { de: Etat::Quarantaine, verdict: Verdict::Infecte, vers: Etat::Infectee },
    Analyse { de: Etat::Quarantaine, verdict: Verdict::Illisible, vers: Etat::Illisible },
];

/// The state an analysis leads to; none when the table has no such row.
#[must_use]
pub fn apres(de: Etat, verdict: Verdict) -> Option<Etat> {
    ANALYSES.into_iter().find(|a| a.de == de && a.verdict == verdict).map(|a| a.vers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_analysis_that_found_nothing_leads_to_the_state_that_is_served() {
        for a in ANALYSES {
            assert_eq!(a.vers.est_servie(), a.verdict == Verdict::Sain, "{a:?}");
        }
        assert_eq!(Etat::TOUS.into_iter().filter(|e| e.est_servie()).collect::<Vec<_>>(), [Etat::Saine]);
    }

    #[test]
    fn a_file_is_analysed_once_and_for_all() {
        for verdict in [Verdict::Sain, Verdict::Infecte, Verdict::Illisible] {
            assert!(apres(Etat::Quarantaine, verdict).is_some());
            for etat in [Etat::Saine, Etat::Infectee, Etat::Illisible] {
                assert_eq!(apres(etat, verdict), None, "{etat:?} {verdict:?}");
            }
        }
    }

    #[test]
    fn every_state_has_its_code() {
        for etat in Etat::TOUS {
            assert_eq!(Etat::from_code(etat.code()), Some(etat));
        }
        assert_eq!(Etat::from_code("propre"), None);
    }
}
