//! A member that leaves its union (CO-8). Ours: the cover ends after a warning, and not before thirty days.

use chrono::{Days, NaiveDate};

/// Days between the warning and the end of the cover.
pub const PREAVIS_SORTIE_UNION: u64 = 30;

/// The first day without cover of a member that was warned on a day: the day after the thirty days, of which the day of
/// the warning is none.
#[must_use]
pub fn premier_jour_sans_union(avertie_le: NaiveDate) -> Option<NaiveDate> {
    avertie_le.checked_add_days(Days::new(PREAVIS_SORTIE_UNION))?.succ_opt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cover_ends_after_thirty_whole_days_of_warning() {
        let le = |jour: &str| jour.parse::<NaiveDate>().unwrap();
        assert_eq!(premier_jour_sans_union(le("2029-01-31")), Some(le("2029-03-03")));
        assert_eq!(premier_jour_sans_union(le("2028-01-31")), Some(le("2028-03-02")), "29 February");
    }
}
