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

    #[test]
    fn a_wait_over_the_holidays_of_moselle_suspends_the_days_that_moselle_works() {
        // From Friday 22 to Wednesday 27 December 2028: Paris works on the 26th and the 27th, Metz on the 27th alone.
        let depot = at(2028, 12, 20, 9);
        let attente = [Suspension { debut: at(2028, 12, 22, 9), fin: Some(at(2028, 12, 27, 9)) }];
        let net = |zone| {
            let h = horloges(zone, depot, 5, &attente, at(2028, 12, 27, 9));
            (h.total, h.net, h.echeance_nette)
        };
        assert_eq!(net(Zone::Metropole), (4, 2, day(2029, 1, 2)));
        assert_eq!(net(Zone::AlsaceMoselle), (3, 2, day(2029, 1, 2)));
        // Vendredi saint, 30 March 2029.
        let attente = [Suspension { debut: at(2029, 3, 29, 9), fin: None }];
        let net = |zone| horloges(zone, at(2029, 3, 28, 9), 5, &attente, at(2029, 4, 3, 9));
        assert_eq!((net(Zone::Metropole).total, net(Zone::Metropole).net), (3, 1));
        assert_eq!((net(Zone::AlsaceMoselle).total, net(Zone::AlsaceMoselle).net), (2, 1));
    }

    #[test]
    fn a_wait_over_a_week_end_suspends_nothing_before_monday() {
        // Asked on Friday 12 January 2029, still waiting on Sunday, answered on Monday.
        let depot = at(2029, 1, 10, 9);
        let attente = |fin| [Suspension { debut: at(2029, 1, 12, 15), fin }];
        let sunday = horloges(Zone::Metropole, depot, 5, &attente(None), at(2029, 1, 14, 9));
        assert_eq!((sunday.total, sunday.net), (2, 2));
        let monday = at(2029, 1, 15, 9);
        let answered = horloges(Zone::Metropole, depot, 5, &attente(Some(monday)), monday);
        assert_eq!((answered.total, answered.net), (3, 2));
    }

    #[test]
    fn a_wait_begins_and_ends_on_the_civil_days_of_the_caisse() {
        // 21 h UTC on Tuesday is Wednesday in La Réunion; 3 h UTC on Wednesday is still Tuesday in Guadeloupe.
        let wait = |debut, fin| [Suspension { debut, fin: Some(fin) }];
        let net = |zone, attente: &[Suspension]| {
            let h = horloges(zone, at(2029, 1, 8, 12), 5, attente, at(2029, 1, 12, 12));
            h.total - h.net
        };
        let evening = wait(at(2029, 1, 9, 21), at(2029, 1, 10, 12));
        assert_eq!((net(Zone::Metropole, &evening), net(Zone::Reunion, &evening)), (1, 0));
        let night = wait(at(2029, 1, 9, 12), at(2029, 1, 10, 3));
        assert_eq!((net(Zone::Metropole, &night), net(Zone::Guadeloupe, &night)), (1, 0));
    }

    proptest! {
        #[test]
        fn several_waits_one_after_the_other_never_suspend_more_than_has_passed(
            gaps in prop::collection::vec((0i64..200, 0i64..400), 0..6), zone in prop::sample::select(Zone::TOUTES.to_vec()), last in 0i64..400
        ) {
            let depot = at(2028, 12, 18, 8);
            let mut t = depot;
            let mut waits = Vec::new();
            for (gap, len) in gaps {
                let debut = t + chrono::TimeDelta::hours(gap);
                t = debut + chrono::TimeDelta::hours(len);
                waits.push(Suspension { debut, fin: Some(t) });
            }
            let fin = t + chrono::TimeDelta::hours(last);
            let h = horloges(zone, depot, 10, &waits, fin);
            let without = horloges(zone, depot, 10, &[], fin);
            prop_assert!(h.net <= h.total && h.total == without.total);
            prop_assert!(h.echeance_nette >= h.echeance_totale);
            // Nothing more passes while an open wait lasts.
            if let Some(open) = waits.last_mut() {
                open.fin = None;
                let debut = open.debut;
                prop_assert_eq!(horloges(zone, depot, 10, &waits, fin).net, horloges(zone, depot, 10, &waits, debut).net);
            }
        }

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
