//! The two clocks of a demande in jours ouvrés of its caisse: total, and net of the partner's waits (DE-8).

use crate::calendrier::{Zone, echeance, jour_civil, jours_ouvres_entre};
use chrono::{DateTime, NaiveDate, Utc};

/// A time during which only the partner could act (state *attente partenaire*).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// It began.
    pub debut: DateTime<Utc>,
    /// It ended; none while it lasts.
    pub fin: Option<DateTime<Utc>>,
}

/// Both clocks at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Horloges {
    /// Jours ouvrés since filing.
    pub total: u32,
    /// The same without those that fell into a suspension.
    pub net: u32,
    /// Day promised at filing.
    pub echeance_totale: NaiveDate,
    /// That day pushed back by the suspended jours ouvrés.
    pub echeance_nette: NaiveDate,
    /// Whether the total clock has passed its day.
    pub retard_total: bool,
    /// Whether the net clock has passed its day.
    pub retard_net: bool,
}

/// Reads both clocks. `fin` is now for an open demande, the closing for a closed one.
#[must_use]
pub fn horloges(
    zone: Zone,
    depot: DateTime<Utc>,
    delai: u32,
    suspensions: &[Suspension],
    fin: DateTime<Utc>,
) -> Horloges {
    let depart = jour_civil(zone, depot);
    let jour = jour_civil(zone, fin);
    let total = jours_ouvres_entre(zone, depart, jour);
    let suspendus: u32 = suspensions
        .iter()
        .map(|s| jours_ouvres_entre(zone, jour_civil(zone, s.debut), jour_civil(zone, s.fin.unwrap_or(fin).min(fin))))
        .sum::<u32>()
        .min(total);
    let echeance_totale = echeance(zone, depart, delai);
    let echeance_nette = echeance(zone, depart, delai.saturating_add(suspendus));
    Horloges {
        total,
        net: total - suspendus,
        echeance_totale,
        echeance_nette,
        retard_total: jour > echeance_totale,
        retard_net: jour > echeance_nette,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;
    use proptest::prelude::*;

    fn at(y: i32, m: u32, d: u32, h: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(y, m, d, h, 0, 0).unwrap()
    }

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn moselle_skips_26_december_and_paris_does_not() {
        // Friday 22 December 2028; the 25th is a holiday everywhere, the 26th in Moselle only.
        let depot = at(2028, 12, 22, 9);
        let paris = horloges(Zone::Metropole, depot, 2, &[], depot);
        let metz = horloges(Zone::AlsaceMoselle, depot, 2, &[], depot);
        assert_eq!(paris.echeance_totale, day(2028, 12, 27));
        assert_eq!(metz.echeance_totale, day(2028, 12, 28));
    }

    #[test]
    fn the_net_clock_stands_still_while_the_partner_is_waited_for() {
        let depot = at(2029, 1, 8, 9);
        let attente = Suspension { debut: at(2029, 1, 10, 9), fin: Some(at(2029, 1, 15, 9)) };
        let h = horloges(Zone::Metropole, depot, 5, &[attente], at(2029, 1, 16, 9));
        assert_eq!((h.total, h.net), (6, 3));
        assert_eq!(h.echeance_totale, day(2029, 1, 15));
        assert_eq!(h.echeance_nette, day(2029, 1, 18));
        assert!(h.retard_total && !h.retard_net);
    }

    #[test]
    fn the_day_is_the_civil_day_of_the_caisse() {
        // 22 h 30 UTC on the 31st is already the 1st in Mayotte.
        let h = horloges(Zone::Mayotte, at(2029, 1, 31, 22), 1, &[], at(2029, 1, 31, 22));
        assert_eq!(h.echeance_totale, day(2029, 2, 2));
    }

    proptest! {
        #[test]
        fn the_net_clock_never_runs_ahead_of_the_total(start in 0i64..400, wait in 0i64..60, len in 0i64..60, more in 0i64..200) {
            let depot = at(2028, 1, 3, 8) + chrono::TimeDelta::days(start);
            let debut = depot + chrono::TimeDelta::days(wait);
            let fin = debut + chrono::TimeDelta::days(len);
            let h = horloges(Zone::Metropole, depot, 10, &[Suspension { debut, fin: Some(fin) }], fin + chrono::TimeDelta::days(more));
            prop_assert!(h.net <= h.total);
            prop_assert!(h.echeance_nette >= h.echeance_totale);
            prop_assert!(h.retard_total || !h.retard_net);
        }
    }
}
