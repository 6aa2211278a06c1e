//! The *revue d'habilitation* (HA-12): when it opens, when it is due, its reminders.

use chrono::{Days, Months, NaiveDate};

/// Months between two reviews, unless the caisse set another number (ours; CA-4 for the desk's own comptes: twice a year).
pub const MOIS_PAR_DEFAUT: u32 = 6;
/// Days given to answer a review that opens by itself (ours).
pub const REPONSE_JOURS: u64 = 30;
/// Reminders, in days before (negative) or after the due day.
pub const RAPPELS: [i64; 4] = [-7, -1, 7, 14];

macro_rules! codes {
    ($($(#[$doc:meta])* $nom:ident { $($(#[$cas_doc:meta])* $cas:ident = $code:literal, $libelle:literal;)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $nom { $($(#[$cas_doc])* $cas),+ }

        impl $nom {
            /// Every one.
            pub const TOUS: &'static [Self] = &[$(Self::$cas),+];

            /// Stored code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$cas => $code),+ }
            }

            /// Reads a stored code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::TOUS.iter().copied().find(|c| c.code() == code)
            }

            /// The words of pages.
            #[must_use]
            pub const fn libelle(self) -> &'static str {
                match self { $(Self::$cas => $libelle),+ }
            }
        }
    )+};
}

codes! {
    /// Why a review was opened.
    MotifRevue {
        /// Its time has come.
        Periodique = "periodique", "Revue régulière";
        /// The caisse asked for it.
        Caisse = "caisse", "Demandée par la caisse";
        /// A gestionnaire began it.
        Gestionnaire = "gestionnaire", "À l’initiative d’un gestionnaire";
    }
    /// State of a review.
    EtatRevue {
        /// Waits for its answer.
        Ouverte = "ouverte", "À faire";
        /// Answered, dated.
        Attestee = "attestee", "Attestée";
    }
    /// What a review says of a compte.
    Decision {
        /// It stays.
        Conserver = "conserver", "Conservé";
        /// It closes.
        Inactiver = "inactiver", "Inactivé";
    }
}

/// A reminder that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rappel {
    /// How many reminder days are behind once it is sent.
    pub rang: u32,
    /// Whether the due day has passed.
    pub en_retard: bool,
}

/// The reminder that is due on a day, when `envoyes` reminder days are behind: the last of those that have come, once.
#[must_use]
pub fn rappel_du(echeance: NaiveDate, envoyes: u32, aujourdhui: NaiveDate) -> Option<Rappel> {
    let ecart = aujourdhui.signed_duration_since(echeance).num_days();
    let rang = u32::try_from(RAPPELS.iter().filter(|jours| **jours <= ecart).count()).unwrap_or(u32::MAX);
    (rang > envoyes).then_some(Rappel { rang, en_retard: ecart > 0 })
}

/// The day on which the next review opens, so many months after the last one, or after the first compte when there was
/// none; and the day by which it is to be answered.
#[must_use]
pub fn ouverture_due(depuis: NaiveDate, mois: u32, aujourdhui: NaiveDate) -> Option<NaiveDate> {
    let ouvre = depuis.checked_add_months(Months::new(mois))?;
    (ouvre <= aujourdhui).then(|| aujourdhui.checked_add_days(Days::new(REPONSE_JOURS))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jour(texte: &str) -> NaiveDate {
        texte.parse().unwrap()
    }

    #[test]
    fn a_review_opens_six_months_after_the_last_and_gives_thirty_days() {
        let due = |jour_| ouverture_due(jour("2028-08-31"), MOIS_PAR_DEFAUT, jour(jour_));
        assert_eq!(due("2029-02-27"), None);
        assert_eq!(due("2029-02-28"), Some(jour("2029-03-30")));
    }

    #[test]
    fn each_reminder_goes_once_and_what_was_missed_goes_as_one() {
        let echeance = jour("2029-03-30");
        let at = |envoyes, le| rappel_du(echeance, envoyes, jour(le)).map(|r| (r.rang, r.en_retard));
        assert_eq!(at(0, "2029-03-22"), None);
        assert_eq!(at(0, "2029-03-23"), Some((1, false)));
        assert_eq!(at(1, "2029-03-23"), None);
        assert_eq!(at(1, "2029-03-30"), Some((2, false)));
        assert_eq!(at(2, "2029-04-05"), None);
        assert_eq!(at(0, "2029-04-30"), Some((4, true)));
        assert_eq!(at(4, "2030-04-30"), None);
    }

    #[test]
    fn codes_are_read_back() {
        for c in MotifRevue::TOUS {
            assert_eq!(MotifRevue::from_code(c.code()), Some(*c));
        }
        for c in EtatRevue::TOUS {
            assert_eq!(EtatRevue::from_code(c.code()), Some(*c));
        }
        for c in Decision::TOUS {
            assert_eq!(Decision::from_code(c.code()), Some(*c));
        }
    }
}
