//! What the visitors of a phase waited.

use std::time::Duration;

/// The measures of a phase, or of one visitor in it.
#[derive(Clone, Debug, Default)]
pub struct Mesures {
    attentes: Vec<Duration>,
    /// Operations that failed: another status than wanted, a broken connection, an answer that is not the database's.
    pub erreurs: usize,
    /// Bytes of the last page of an operation, all together.
    pub octets: u64,
    /// The first failure, in words.
    pub premiere: Option<String>,
}

impl Mesures {
    /// An operation that ended well.
    pub fn add(&mut self, attente: Duration, octets: usize) {
        self.attentes.push(attente);
        self.octets += octets as u64;
    }

    /// One that did not.
    pub fn fail(&mut self, why: String) {
        self.erreurs += 1;
        self.premiere.get_or_insert(why);
    }

    /// Takes another visitor's.
    pub fn extend(&mut self, other: Self) {
        self.attentes.extend(other.attentes);
        self.erreurs += other.erreurs;
        self.octets += other.octets;
        if self.premiere.is_none() {
            self.premiere = other.premiere;
        }
    }

    /// Operations that ended well.
    pub fn count(&self) -> usize {
        self.attentes.len()
    }

    /// Bytes of an answer, on average.
    pub fn size(&self) -> u64 {
        self.octets.checked_div(self.count() as u64).unwrap_or(0)
    }

    /// The wait that so many in a hundred did not exceed; zero without any.
    pub fn percentile(&mut self, percent: usize) -> Duration {
        self.attentes.sort_unstable();
        let rank = (self.attentes.len() * percent).div_ceil(100).saturating_sub(1);
        self.attentes.get(rank).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_the_wait_that_so_many_did_not_exceed() {
        let mut mesures = Mesures::default();
        for millis in (1..=200).rev() {
            mesures.add(Duration::from_millis(millis), 10);
        }
        assert_eq!([50, 95, 99].map(|p| mesures.percentile(p).as_millis()), [100, 190, 198]);
        assert_eq!((mesures.count(), mesures.size()), (200, 10));
        assert_eq!(Mesures::default().percentile(99), Duration::ZERO);
    }

    #[test]
    fn failures_of_all_visitors_count_and_the_first_is_told() {
        let (mut all, mut one) = (Mesures::default(), Mesures::default());
        one.fail("409".to_owned());
        one.fail("500".to_owned());
        all.extend(one);
        assert_eq!((all.erreurs, all.premiere.as_deref()), (2, Some("409")));
    }
}
