//! Working days, civil days and dates in French, in the zone of a caisse.
//!
//! The legal list of public holidays only: no customary day, no bridge, nothing moves when a holiday falls on a
//! week-end. The clock is never read here: every function takes its day or its instant.

mod feries;
mod francais;
mod zone;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};

pub use feries::jours_feries;
pub use francais::{date_en_francais, date_heure_en_francais};
pub(crate) use francais::{est_un_mois, nom_du_mois};
pub use zone::{Zone, ZoneInconnue};

/// The longest delay that is computed, in working days (more than fourteen years): a wrong figure cannot make a
/// command or a page spin.
pub const JOURS_MAX: u32 = 3660;

/// Whether public services are open that day in that zone: Monday to Friday, legal holidays excluded.
#[must_use]
pub fn est_jour_ouvre(zone: Zone, jour: NaiveDate) -> bool {
    !matches!(jour.weekday(), Weekday::Sat | Weekday::Sun) && !feries::est_ferie(zone, jour)
}

/// The due date of a delay: the `jours`-th working day strictly after `depart`, which is never counted.
///
/// Without delay (`jours` is 0) it is `depart` itself, working day or not. Delays above [`JOURS_MAX`] are read as
/// [`JOURS_MAX`]: who takes the figure from a file or a person refuses it before. At the very end of the calendar
/// (year 262 142) the last day stands.
#[must_use]
pub fn echeance(zone: Zone, depart: NaiveDate, jours: u32) -> NaiveDate {
    let mut jour = depart;
    let mut restants = jours.min(JOURS_MAX);
    while restants > 0 {
        let Some(suivant) = jour.succ_opt() else {
            return jour;
        };
        jour = suivant;
        if est_jour_ouvre(zone, jour) {
            restants -= 1;
        }
    }
    jour
}

/// How many working days there are after `depart` and up to `fin`, this one counted: the inverse of [`echeance`].
///
/// 0 when `fin` does not come after `depart`. The cost grows with the years between, not with the days.
#[must_use]
pub fn jours_ouvres_entre(zone: Zone, depart: NaiveDate, fin: NaiveDate) -> u32 {
    if fin <= depart {
        return 0;
    }
    let ecart = fin.signed_duration_since(depart).num_days().unsigned_abs();
    let (semaines, reste) = (ecart / 7, ecart % 7);
    let hors_week_end = (1..=reste)
        .filter_map(|rang| depart.checked_add_days(Days::new(rang)))
        .filter(|jour| !matches!(jour.weekday(), Weekday::Sat | Weekday::Sun))
        .count() as u64;
    let feries = (depart.year()..=fin.year())
        .flat_map(|annee| jours_feries(zone, annee))
        .filter(|jour| *jour > depart && *jour <= fin)
        .filter(|jour| !matches!(jour.weekday(), Weekday::Sat | Weekday::Sun))
        .count() as u64;
    u32::try_from((semaines * 5 + hors_week_end).saturating_sub(feries)).unwrap_or(u32::MAX)
}

/// The civil day of an instant where the caisse stands: a demande filed at 23 h 30 in Paris is of that evening,
/// and one filed at the same instant is already of the next day at La Réunion.
#[must_use]
pub fn jour_civil(zone: Zone, instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&zone.fuseau()).date_naive()
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use proptest::prelude::*;

    use super::*;

    fn jour(texte: &str) -> NaiveDate {
        texte.parse().unwrap()
    }

    prop_compose! {
        fn une_date()(rang in 0..22_000u64) -> NaiveDate {
            jour("1995-01-01").checked_add_days(Days::new(rang)).unwrap()
        }
    }

    fn une_zone() -> impl Strategy<Value = Zone> {
        prop::sample::select(Zone::TOUTES.to_vec())
    }

    proptest! {
        #[test]
        fn a_due_date_is_a_working_day_after_the_start(zone in une_zone(), depart in une_date(), jours in 1..400u32) {
            let fin = echeance(zone, depart, jours);
            prop_assert!(fin > depart);
            prop_assert!(est_jour_ouvre(zone, fin));
        }

        #[test]
        fn counting_back_gives_the_delay(zone in une_zone(), depart in une_date(), jours in 0..400u32) {
            prop_assert_eq!(jours_ouvres_entre(zone, depart, echeance(zone, depart, jours)), jours);
        }

        #[test]
        fn the_quick_count_equals_the_slow_one(zone in une_zone(), depart in une_date(), ecart in 0..900u64) {
            let fin = depart + Days::new(ecart);
            let lent = (1..=ecart).filter(|rang| est_jour_ouvre(zone, depart + Days::new(*rang))).count();
            prop_assert_eq!(jours_ouvres_entre(zone, depart, fin) as usize, lent);
        }

        #[test]
        fn a_delay_in_two_parts_ends_on_the_same_day(zone in une_zone(), depart in une_date(), a in 0..100u32, b in 0..100u32) {
            prop_assert_eq!(echeance(zone, echeance(zone, depart, a), b), echeance(zone, depart, a + b));
        }
    }

    #[test]
    fn moselle_skips_26_december_and_the_others_do_not() {
        let depart = jour("2028-12-22");
        assert_eq!(echeance(Zone::Metropole, depart, 1), jour("2028-12-26"));
        assert_eq!(echeance(Zone::AlsaceMoselle, depart, 1), jour("2028-12-27"));
    }

    #[test]
    fn vendredi_saint_is_a_holiday_in_alsace_moselle_only() {
        let depart = jour("2029-03-29");
        assert_eq!(echeance(Zone::Metropole, depart, 1), jour("2029-03-30"));
        assert_eq!(echeance(Zone::AlsaceMoselle, depart, 1), jour("2029-04-03"));
    }

    #[test]
    fn each_overseas_zone_keeps_its_own_abolition_day() {
        for (zone, ferie) in [
            (Zone::Mayotte, "2027-04-27"),
            (Zone::Guadeloupe, "2027-05-27"),
            (Zone::Guyane, "2027-06-10"),
            (Zone::Reunion, "2027-12-20"),
            (Zone::Martinique, "2026-05-22"),
        ] {
            for autre in Zone::TOUTES {
                assert_eq!(est_jour_ouvre(autre, jour(ferie)), autre != zone, "{ferie} {}", autre.as_str());
            }
        }
    }

    #[test]
    fn a_holiday_on_a_week_end_moves_nothing() {
        // 1 November 2026 is a Sunday: the Monday is worked.
        assert!(est_jour_ouvre(Zone::Metropole, jour("2026-11-02")));
    }

    #[test]
    fn without_delay_the_due_date_is_the_start_even_on_a_sunday() {
        assert_eq!(echeance(Zone::Metropole, jour("2029-01-07"), 0), jour("2029-01-07"));
    }

    #[test]
    fn an_absurd_delay_and_the_last_day_of_the_calendar_come_to_an_end() {
        let depart = jour("2029-01-03");
        assert_eq!(echeance(Zone::Metropole, depart, u32::MAX), echeance(Zone::Metropole, depart, JOURS_MAX));
        assert_eq!(echeance(Zone::Metropole, NaiveDate::MAX, 5), NaiveDate::MAX);
        assert_eq!(jours_ouvres_entre(Zone::Metropole, depart, depart), 0);
        assert_eq!(jours_ouvres_entre(Zone::Metropole, depart, jour("2028-01-03")), 0);
    }

    #[test]
    fn the_civil_day_is_that_of_the_caisse() {
        let soir = Utc.with_ymd_and_hms(2029, 1, 3, 22, 30, 0).unwrap();
        assert_eq!(jour_civil(Zone::Metropole, soir), jour("2029-01-03"));
        assert_eq!(jour_civil(Zone::Reunion, soir), jour("2029-01-04"));
        let nuit = Utc.with_ymd_and_hms(2029, 7, 3, 1, 0, 0).unwrap();
        assert_eq!(jour_civil(Zone::Guadeloupe, nuit), jour("2029-07-02"));
        assert_eq!(jour_civil(Zone::Metropole, nuit), jour("2029-07-03"));
        let ete = Utc.with_ymd_and_hms(2029, 7, 3, 22, 0, 0).unwrap();
        assert_eq!(jour_civil(Zone::AlsaceMoselle, ete), jour("2029-07-04"));
    }
}
