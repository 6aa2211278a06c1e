//! Dates as people write them, in the caisse's zone.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// « 3 janvier 2029 », « 1er mai 2029 ».
#[must_use]
pub fn jour_en_lettres(date: NaiveDate) -> String {
    let month = MONTHS.get(date.month0() as usize).copied().unwrap_or_default();
    let ordinal = if date.day() == 1 { "er" } else { "" };
    format!("{}{ordinal} {month} {}", date.day(), date.year())
}

/// « 3 janvier 2029 à 14 h 05 », in the zone of the caisse.
#[must_use]
pub fn instant_en_lettres(instant: DateTime<Utc>, zone: Tz) -> String {
    let local = instant.with_timezone(&zone);
    let day = jour_en_lettres(local.date_naive());
    format!("{day} à {} h {:02}", local.hour(), local.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_in_the_zone_of_the_caisse() {
        let instant: DateTime<Utc> = "2029-01-03T13:05:00Z".parse().unwrap();
        assert_eq!(instant_en_lettres(instant, chrono_tz::Europe::Paris), "3 janvier 2029 à 14 h 05");
        assert_eq!(instant_en_lettres(instant, chrono_tz::Indian::Reunion), "3 janvier 2029 à 17 h 05");
        let day = NaiveDate::from_ymd_opt(2029, 5, 1).unwrap();
        assert_eq!(jour_en_lettres(day), "1er mai 2029");
    }
}
