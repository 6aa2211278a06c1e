//! Dates as they are written on French pages, mails and documents.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};

use super::Zone;

const MOIS: [&str; 12] = [
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

/// A day in full: « 3 janvier 2029 », « 1er janvier 2029 ».
#[must_use]
pub fn date_en_francais(jour: NaiveDate) -> String {
    let rang = if jour.day() == 1 { "1er".to_owned() } else { jour.day().to_string() };
    format!("{rang} {} {}", nom_du_mois(jour.month()), jour.year())
}

/// An instant as the clock of the caisse shows it: « 3 janvier 2029 à 14 h 05 ».
#[must_use]
pub fn date_heure_en_francais(zone: Zone, instant: DateTime<Utc>) -> String {
    let local = instant.with_timezone(&zone.fuseau());
    format!("{} à {} h {:02}", date_en_francais(local.date_naive()), local.hour(), local.minute())
}

/// The name of a month counted from 1; empty for another number.
pub(crate) fn nom_du_mois(mois: u32) -> &'static str {
    usize::try_from(mois).ok().and_then(|rang| MOIS.get(rang.checked_sub(1)?)).copied().unwrap_or_default()
}

/// Whether a text begins with the name of a month.
pub(crate) fn est_un_mois(texte: &str) -> bool {
    MOIS.iter().any(|mois| texte.starts_with(mois))
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn a_day_is_written_in_full() {
        let ecrit = |texte: &str| date_en_francais(texte.parse().unwrap());
        assert_eq!(ecrit("2029-01-03"), "3 janvier 2029");
        assert_eq!(ecrit("2029-01-01"), "1er janvier 2029");
        assert_eq!(ecrit("2029-08-31"), "31 août 2029");
    }

    #[test]
    fn an_instant_is_written_in_the_zone_of_the_caisse() {
        let instant = Utc.with_ymd_and_hms(2029, 1, 3, 13, 5, 59).unwrap();
        assert_eq!(date_heure_en_francais(Zone::Metropole, instant), "3 janvier 2029 à 14 h 05");
        assert_eq!(date_heure_en_francais(Zone::Reunion, instant), "3 janvier 2029 à 17 h 05");
        let ete = Utc.with_ymd_and_hms(2029, 6, 30, 22, 30, 0).unwrap();
        assert_eq!(date_heure_en_francais(Zone::AlsaceMoselle, ete), "1er juillet 2029 à 0 h 30");
        assert_eq!(date_heure_en_francais(Zone::Guyane, ete), "30 juin 2029 à 19 h 30");
    }

    #[test]
    fn every_month_has_its_name() {
        assert_eq!((1..=12).map(nom_du_mois).filter(|nom| !nom.is_empty()).count(), 12);
        assert_eq!((nom_du_mois(0), nom_du_mois(13), nom_du_mois(12)), ("", "", "décembre"));
    }
}
