//! How long a proof is kept (JO-2): the life of its convention, and five years after (ours).

use chrono::{Months, NaiveDate};

/// Years after the end of the convention.
pub const CONSERVATION_ANS: u32 = 5;

/// The first day on which a proof need not be kept any more; none while its convention lives.
#[must_use]
pub fn conservee_jusqu_au(fin: Option<NaiveDate>) -> Option<NaiveDate> {
    fin?.checked_add_months(Months::new(12 * CONSERVATION_ANS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_outlives_its_convention_by_five_years_and_is_kept_while_it_lives() {
        assert_eq!(conservee_jusqu_au(None), None);
        assert_eq!(conservee_jusqu_au("2028-02-29".parse().ok()), "2033-02-28".parse().ok());
    }
}
