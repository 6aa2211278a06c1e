//! The eleven legal holidays, and those of Alsace-Moselle and overseas. Law as it stands, applied to every year.

use chrono::{Datelike, Days, NaiveDate};

use super::Zone;

/// Holidays that keep their date.
const FIXES: [(u32, u32); 8] = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];

/// Holidays counted from Easter Sunday: Monday, Ascension, Whit Monday.
const APRES_PAQUES: [u64; 3] = [1, 39, 50];

/// The legal holidays of a year in a zone, in order, week-ends included; two holidays on one day are one.
#[must_use]
pub fn jours_feries(zone: Zone, annee: i32) -> Vec<NaiveDate> {
    let mut jours: Vec<NaiveDate> = FIXES
        .into_iter()
        .chain(abolition(zone))
        .chain((zone == Zone::AlsaceMoselle).then_some((12, 26)))
        .filter_map(|(mois, jour)| NaiveDate::from_ymd_opt(annee, mois, jour))
        .collect();
    if let Some(paques) = paques(annee) {
        jours.extend(APRES_PAQUES.into_iter().filter_map(|rang| paques.checked_add_days(Days::new(rang))));
        if zone == Zone::AlsaceMoselle {
            jours.extend(paques.checked_sub_days(Days::new(2)));
        }
    }
    jours.sort_unstable();
    jours.dedup();
    jours
}

/// The same rule for one day, without building the year's list.
pub(super) fn est_ferie(zone: Zone, jour: NaiveDate) -> bool {
    let date = (jour.month(), jour.day());
    if FIXES.contains(&date) || abolition(zone) == Some(date) {
        return true;
    }
    let alsace_moselle = zone == Zone::AlsaceMoselle;
    if alsace_moselle && date == (12, 26) {
        return true;
    }
    paques(jour.year()).is_some_and(|paques| {
        let ecart = jour.signed_duration_since(paques).num_days();
        matches!(ecart, 1 | 39 | 50) || (alsace_moselle && ecart == -2)
    })
}

/// The day of the abolition of slavery, month and day, where it is a holiday.
fn abolition(zone: Zone) -> Option<(u32, u32)> {
    match zone {
        Zone::Mayotte => Some((4, 27)),
        Zone::Martinique => Some((5, 22)),
        Zone::Guadeloupe => Some((5, 27)),
        Zone::Guyane => Some((6, 10)),
        Zone::Reunion => Some((12, 20)),
        Zone::Metropole | Zone::AlsaceMoselle => None,
    }
}

/// Easter Sunday in the Gregorian calendar, from the age of the moon and the day of the week.
fn paques(annee: i32) -> Option<NaiveDate> {
    let siecle = annee.div_euclid(100);
    let or = annee.rem_euclid(19);
    let sautes = siecle - siecle.div_euclid(4);
    let lune = (siecle - (8 * siecle + 13).div_euclid(25) - siecle.div_euclid(4) + 19 * or + 15).rem_euclid(30);
    // The two exceptional epacts, so that the full moon never falls after 18 April.
    let correction = i32::from(lune == 29 || (lune == 28 && or > 10));
    let pleine_lune = lune - correction;
    let dimanche = (annee + annee.div_euclid(4) + pleine_lune + 2 - sautes).rem_euclid(7);
    // Days after 21 March of the Sunday that follows the full moon.
    let rang = pleine_lune - dimanche + 7;
    NaiveDate::from_ymd_opt(annee, 3, 21)?.checked_add_days(Days::new(u64::try_from(rang).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Public list of an independent package, see the head of the file.
    const TABLE: &str = include_str!("../../tests/data/jours-feries.tsv");

    #[test]
    fn the_holidays_of_seven_zones_from_2000_to_2050_equal_the_published_list() {
        let mut lignes = 0;
        for ligne in TABLE.lines().filter(|ligne| !ligne.starts_with('#')) {
            let colonnes: Vec<&str> = ligne.split('\t').collect();
            let zone: Zone = colonnes[0].parse().unwrap();
            let annee: i32 = colonnes[1].parse().unwrap();
            let calcules: Vec<String> =
                jours_feries(zone, annee).iter().map(|jour| jour.format("%m-%d").to_string()).collect();
            assert_eq!(calcules.join(" "), colonnes[2], "{} {annee}", zone.as_str());
            lignes += 1;
        }
        assert_eq!(lignes, 7 * 51);
    }

    #[test]
    fn the_rule_for_one_day_equals_the_list_of_the_year() {
        for zone in Zone::TOUTES {
            for annee in 1990..2060 {
                let liste = jours_feries(zone, annee);
                let premier = NaiveDate::from_ymd_opt(annee, 1, 1).unwrap();
                for jour in premier.iter_days().take_while(|jour| jour.year() == annee) {
                    assert_eq!(est_ferie(zone, jour), liste.contains(&jour), "{} {jour}", zone.as_str());
                }
            }
        }
    }

    #[test]
    fn easter_falls_between_22_march_and_25_april_on_a_sunday() {
        for annee in 1583..5000 {
            let paques = paques(annee).unwrap();
            assert_eq!(paques.weekday(), chrono::Weekday::Sun, "{annee}");
            assert!((3, 22) <= (paques.month(), paques.day()) && (paques.month(), paques.day()) <= (4, 25), "{annee}");
        }
    }

    #[test]
    fn easter_of_the_exceptional_years_is_right() {
        for (annee, mois, jour) in [
            (1954, 4, 18),
            (1981, 4, 19),
            (2049, 4, 18),
            (2076, 4, 19),
            (2038, 4, 25),
            (1818, 3, 22),
            (3165, 4, 18),
            (7515, 4, 25),
        ] {
            assert_eq!(paques(annee), NaiveDate::from_ymd_opt(annee, mois, jour), "{annee}");
        }
    }
}
