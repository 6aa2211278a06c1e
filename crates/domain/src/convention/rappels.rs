//! Reminders before the terms, each with the day from which it is due (CO-10). Whether one was sent is known elsewhere.

use chrono::{Days, NaiveDate};

use super::codes::codes;
use super::{Actes, Dossier, Etat};

codes! {
    /// A reminder. Those of one family follow each other: a late one is covered by the next.
    pub enum NatureRappel {
        /// 90 days before a term.
        Terme90 = "terme_90", "90 jours avant l'échéance";
        /// 30 days before a term.
        Terme30 = "terme_30", "30 jours avant l'échéance";
        /// 7 days before a term.
        Terme7 = "terme_7", "7 jours avant l'échéance";
        /// 30 days before the window of denunciation opens.
        Ouverture30 = "ouverture_30", "30 jours avant l'ouverture de la période de résiliation";
        /// 7 days before it opens.
        Ouverture7 = "ouverture_7", "7 jours avant l'ouverture de la période de résiliation";
        /// 7 days before it closes.
        Cloture7 = "cloture_7", "7 jours avant la fin de la période de résiliation";
    }
}

/// A reminder of one term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rappel {
    /// Which one.
    pub nature: NatureRappel,
    /// Day from which it is due.
    pub le: NaiveDate,
    /// The day it speaks of: term, opening or closing.
    pub pour: NaiveDate,
    /// The term it belongs to.
    pub echeance: NaiveDate,
}

impl NatureRappel {
    /// Days before the day it speaks of.
    #[must_use]
    pub const fn jours(self) -> u64 {
        match self {
            Self::Terme90 => 90,
            Self::Terme30 | Self::Ouverture30 => 30,
            Self::Terme7 | Self::Ouverture7 | Self::Cloture7 => 7,
        }
    }

    /// What it speaks of: reminders of one family are told once when several are late.
    #[must_use]
    pub const fn famille(self) -> u8 {
        match self {
            Self::Terme90 | Self::Terme30 | Self::Terme7 => 0,
            Self::Ouverture30 | Self::Ouverture7 => 1,
            Self::Cloture7 => 2,
        }
    }
}

impl Dossier {
    /// The reminders that still make sense on a day, sooner or later: of the next term and of its window. None for a
    /// convention that is not activated, has ended, or ends before that term.
    #[must_use]
    pub fn rappels(&self, actes: &Actes, aujourdhui: NaiveDate) -> Vec<Rappel> {
        let vivante = actes.activee_le.is_some() && matches!(self.etat(actes, aujourdhui), Etat::Active | Etat::AVenir);
        let Some(echeance) = self.prochaine_echeance(aujourdhui).filter(|_| vivante) else { return Vec::new() };
        if actes.fin_acces().is_some_and(|f| f.le <= echeance) {
            return Vec::new();
        }
        let mut pour = vec![
            (NatureRappel::Terme90, echeance),
            (NatureRappel::Terme30, echeance),
            (NatureRappel::Terme7, echeance),
        ];
        if let Some(f) = self.fenetre_denonciation(aujourdhui) {
            pour.extend([
                (NatureRappel::Ouverture30, f.ouvre),
                (NatureRappel::Ouverture7, f.ouvre),
                (NatureRappel::Cloture7, f.ferme),
            ]);
        }
        pour.into_iter()
            // On its own day the event needs no reminder any more.
            .filter(|(_, pour)| *pour > aujourdhui)
            .filter_map(|(nature, pour)| {
                let le = pour.checked_sub_days(Days::new(nature.jours()))?;
                Some(Rappel { nature, le, pour, echeance })
            })
            .collect()
    }
}
