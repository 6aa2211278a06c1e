//! A gestionnaire leaves (HA-8): the notice, and the rule that a structure is never without one.

use crate::convention::Delai;
use chrono::{Days, NaiveDate};

/// How a wished day stands to the notice of the convention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preavis {
    /// Days of notice the convention asks for.
    pub jours: u32,
    /// First day that respects it.
    pub au_plus_tot: NaiveDate,
    /// Whether the wished day does. A shorter notice is accepted, and recorded as such.
    pub respecte: bool,
}

/// The notice of a departure told on a day; none where the convention asks for none.
#[must_use]
pub fn preavis(delai: Option<Delai>, signale: NaiveDate, souhaite: NaiveDate) -> Option<Preavis> {
    let jours = delai?.jours;
    let au_plus_tot = signale.checked_add_days(Days::new(u64::from(jours)))?;
    Some(Preavis { jours, au_plus_tot, respecte: souhaite >= au_plus_tot })
}

/// Whether a gestionnaire may be closed: another one is left, or a successor takes the place in the same act.
#[must_use]
pub const fn peut_partir(autres: u64, successeur: bool) -> bool {
    autres > 0 || successeur
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convention::{DepartDelai, Unite};

    #[test]
    fn the_notice_counts_calendar_days_back_from_the_wished_day() {
        let delai = Delai { jours: 15, unite: Unite::Calendaires, depart: DepartDelai::AvantDateSouhaitee };
        let at = |souhaite: &str| {
            preavis(Some(delai), "2028-02-15".parse().unwrap(), souhaite.parse().unwrap()).unwrap().respecte
        };
        // 2028 has a 29 February.
        assert!(!at("2028-02-29"));
        assert!(at("2028-03-01"));
        assert_eq!(preavis(None, "2028-02-15".parse().unwrap(), "2028-02-16".parse().unwrap()), None);
    }

    #[test]
    fn the_last_one_stays_until_a_successor_is_given() {
        assert!(!peut_partir(0, false));
        assert!(peut_partir(0, true));
        assert!(peut_partir(1, false));
    }
}
