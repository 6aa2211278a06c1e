//! How people are told that there is something new on a demande: at once, or by one mail a working day (RG-6).

use crate::calendrier::{Zone, est_jour_ouvre, jour_civil};
use crate::compte::Profil;
use chrono::{DateTime, Days, TimeZone, Utc};

/// Hour of the daily mail, where its reader is.
const HEURE: u32 = 8;
/// No two working days are further apart.
const JOURS: u64 = 14;

/// How somebody wants to be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rythme {
    /// A mail for each news.
    #[default]
    ToutDeSuite,
    /// One mail a working day.
    ParJour,
}

impl Rythme {
    /// Both, in the order in which they are offered.
    pub const TOUS: [Self; 2] = [Self::ToutDeSuite, Self::ParJour];

    /// The word of tables and forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ToutDeSuite => "tout_de_suite",
            Self::ParJour => "par_jour",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|r| r.code() == code)
    }

    /// The words of the choice.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::ToutDeSuite => "Tout de suite",
            Self::ParJour => "Un récapitulatif par jour ouvré",
        }
    }
}

/// Whether somebody of this profil is ever told of a demande.
#[must_use]
pub const fn concerne(profil: Profil) -> bool {
    matches!(profil, Profil::Technicien | Profil::Agent | Profil::Superviseur)
}

/// When news of this instant go into a daily mail: at the next 8:00 of a working day of the zone, never at this instant
/// itself. At the very end of the calendar it is the instant.
#[must_use]
pub fn prochain_envoi(zone: Zone, instant: DateTime<Utc>) -> DateTime<Utc> {
    let jour = jour_civil(zone, instant);
    let huit_heures = |rang| {
        let jour = jour.checked_add_days(Days::new(rang)).filter(|jour| est_jour_ouvre(zone, *jour))?;
        let local = zone.fuseau().from_local_datetime(&jour.and_hms_opt(HEURE, 0, 0)?).earliest()?;
        Some(local.with_timezone(&Utc)).filter(|envoi| *envoi > instant)
    };
    (0..=JOURS).find_map(huit_heures).unwrap_or(instant)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envoi(zone: Zone, instant: &str) -> String {
        prochain_envoi(zone, instant.parse().unwrap()).format("%Y-%m-%dT%H:%MZ").to_string()
    }

    #[test]
    fn news_of_the_night_are_told_at_eight_of_the_next_working_day() {
        // Friday evening and Saturday: Monday. Before eight: the same day. At eight: the next one.
        assert_eq!(envoi(Zone::Metropole, "2029-01-12T19:00:00Z"), "2029-01-15T07:00Z");
        assert_eq!(envoi(Zone::Metropole, "2029-01-13T10:00:00Z"), "2029-01-15T07:00Z");
        assert_eq!(envoi(Zone::Metropole, "2029-01-15T06:59:59Z"), "2029-01-15T07:00Z");
        assert_eq!(envoi(Zone::Metropole, "2029-01-15T07:00:00Z"), "2029-01-16T07:00Z");
    }

    #[test]
    fn a_holiday_of_the_zone_sends_nothing() {
        // Easter Monday is 2 April 2029; summer time since 25 March.
        assert_eq!(envoi(Zone::Metropole, "2029-03-30T18:00:00Z"), "2029-04-03T06:00Z");
        // 26 December 2028 is a Tuesday.
        assert_eq!(envoi(Zone::Metropole, "2028-12-25T12:00:00Z"), "2028-12-26T07:00Z");
        assert_eq!(envoi(Zone::AlsaceMoselle, "2028-12-25T12:00:00Z"), "2028-12-27T07:00Z");
        // Eight at La Réunion is four in Universal Time.
        assert_eq!(envoi(Zone::Reunion, "2029-01-15T03:00:00Z"), "2029-01-15T04:00Z");
        assert_eq!(envoi(Zone::Reunion, "2029-01-15T05:00:00Z"), "2029-01-16T04:00Z");
    }

    #[test]
    fn every_word_is_read_back() {
        assert!(Rythme::TOUS.into_iter().all(|r| Rythme::from_code(r.code()) == Some(r)));
        assert_eq!((Rythme::from_code("jamais"), Rythme::default()), (None, Rythme::ToutDeSuite));
    }
}
