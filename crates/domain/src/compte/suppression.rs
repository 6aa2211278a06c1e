//! When a closed compte is deleted (HA-10): so many calendar months after the instant of its closing, at the same hour of
//! the clock of its caisse.
//!
//! A month without that day ends on its last day: 31 August and six months give the last of February. An hour that the
//! clock of spring leaves out becomes the first one after it; one that the clock of autumn has twice is taken at its second
//! time, so that nobody loses an hour.

use super::{EtatCompte, Fermeture, Profil, RaisonInactif};
use crate::calendrier::Zone;
use crate::compte::CoteInactif;
use chrono::{DateTime, LocalResult, Months, NaiveDateTime, TimeDelta, TimeZone, Utc};

/// Months where no convention says otherwise (ours).
pub const MOIS: u32 = 6;
/// The greatest number of months that a convention may say.
pub const MOIS_MAX: u32 = 120;
/// The mail that announces the deletion goes so many days before.
pub const ANNONCE_JOURS: i64 = 14;

/// The instant from which nobody sees a compte closed at `le` any more.
#[must_use]
pub fn supprimer_le(zone: Zone, le: DateTime<Utc>, mois: u32) -> DateTime<Utc> {
    let fuseau = zone.fuseau();
    let local = le.with_timezone(&fuseau).naive_local();
    let Some(voulu) = local.checked_add_months(Months::new(mois.min(MOIS_MAX))) else { return le };
    instant(voulu, |local| fuseau.from_local_datetime(local).map(|d| d.with_timezone(&Utc))).unwrap_or(le)
}

fn instant(voulu: NaiveDateTime, lis: impl Fn(&NaiveDateTime) -> LocalResult<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    match lis(&voulu) {
        LocalResult::Single(instant) | LocalResult::Ambiguous(_, instant) => Some(instant),
        LocalResult::None => {
            // A clock never jumps by more than a few hours: the first instant after the hole, to the second.
            let apres = (1..=24).find_map(|heures| lis(&(voulu + TimeDelta::hours(heures))).latest())?;
            let fin = voulu + TimeDelta::hours(24);
            (0..=24 * 60)
                .map(|minutes| heure_pleine(voulu) + TimeDelta::minutes(minutes))
                .filter(|local| *local >= voulu && *local <= fin)
                .find_map(|local| lis(&local).earliest())
                .or(Some(apres))
        }
    }
}

/// The beginning of the minute of a local time.
fn heure_pleine(local: NaiveDateTime) -> NaiveDateTime {
    let secondes = local.and_utc().timestamp().rem_euclid(60);
    local - TimeDelta::seconds(secondes) - TimeDelta::nanoseconds(i64::from(local.and_utc().timestamp_subsec_nanos()))
}

impl Fermeture {
    /// A closing at `le`, with the instant of its deletion.
    #[must_use]
    pub fn new(le: DateTime<Utc>, raison: RaisonInactif, cote: CoteInactif, (zone, mois): (Zone, u32)) -> Self {
        Self { le, raison, cote, supprimer_le: supprimer_le(zone, le, mois) }
    }

    /// Whether nobody sees the compte any more.
    #[must_use]
    pub fn est_passee(&self, now: DateTime<Utc>) -> bool {
        self.supprimer_le <= now
    }
}

/// Whether a gestionnaire of the structure may reopen a compte (HA-9): a technicien that the structure itself closed. What
/// the caisse closed or excluded, what a signal or the end of a convention closed, is reopened by the caisse.
#[must_use]
pub fn gestionnaire_rouvre(profil: Profil, etat: EtatCompte, fermeture: Option<&Fermeture>) -> bool {
    profil == Profil::Technicien
        && etat == EtatCompte::Inactif
        && fermeture.is_some_and(|f| {
            f.cote == CoteInactif::Partenaire && matches!(f.raison, RaisonInactif::Gestionnaire | RaisonInactif::Revue)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendrier::jour_civil;
    use chrono::{Datelike, Timelike};
    use proptest::prelude::*;

    fn at(zone: Zone, texte: &str) -> DateTime<Utc> {
        let local: NaiveDateTime = texte.parse().unwrap();
        zone.fuseau().from_local_datetime(&local).earliest().unwrap().with_timezone(&Utc)
    }

    fn local(zone: Zone, instant: DateTime<Utc>) -> String {
        instant.with_timezone(&zone.fuseau()).naive_local().to_string()
    }

    #[test]
    fn six_months_later_at_the_same_hour_of_the_caisse_in_the_seven_zones() {
        for zone in Zone::TOUTES {
            let fin = supprimer_le(zone, at(zone, "2029-01-31T18:45:12"), MOIS);
            assert_eq!(local(zone, fin), "2029-07-31 18:45:12", "{zone:?}");
            let fin = supprimer_le(zone, at(zone, "2028-08-31T23:30:00"), MOIS);
            assert_eq!(local(zone, fin), "2029-02-28 23:30:00", "{zone:?}");
            let fin = supprimer_le(zone, at(zone, "2027-08-31T00:15:00"), MOIS);
            assert_eq!(local(zone, fin), "2028-02-29 00:15:00", "{zone:?}");
        }
    }

    #[test]
    fn the_day_is_that_of_the_caisse_and_not_of_greenwich() {
        // 31 August at La Réunion, still 30 August in Guyane.
        let le: DateTime<Utc> = "2028-08-30T22:00:00Z".parse().unwrap();
        assert_eq!(jour_civil(Zone::Reunion, supprimer_le(Zone::Reunion, le, MOIS)).to_string(), "2029-02-28");
        assert_eq!(local(Zone::Reunion, supprimer_le(Zone::Reunion, le, MOIS)), "2029-02-28 02:00:00");
        assert_eq!(local(Zone::Guyane, supprimer_le(Zone::Guyane, le, MOIS)), "2029-02-28 19:00:00");
    }

    #[test]
    fn an_hour_that_spring_leaves_out_becomes_the_next_one_and_a_double_hour_its_second() {
        // 25 March 2029, 02:00 → 03:00 in Paris.
        let fin = supprimer_le(Zone::Metropole, at(Zone::Metropole, "2028-09-25T02:30:10"), MOIS);
        assert_eq!(
            (local(Zone::Metropole, fin), fin.to_rfc3339()),
            ("2029-03-25 03:00:00".to_owned(), "2029-03-25T01:00:00+00:00".to_owned())
        );
        // 28 October 2029, 03:00 → 02:00.
        let fin = supprimer_le(Zone::Metropole, at(Zone::Metropole, "2029-04-28T02:30:00"), MOIS);
        assert_eq!(fin.to_rfc3339(), "2029-10-28T01:30:00+00:00");
    }

    #[test]
    fn the_months_are_those_of_the_convention() {
        let le = at(Zone::Metropole, "2028-12-31T12:00:00");
        assert_eq!(local(Zone::Metropole, supprimer_le(Zone::Metropole, le, 2)), "2029-02-28 12:00:00");
        assert_eq!(local(Zone::Metropole, supprimer_le(Zone::Metropole, le, 12)), "2029-12-31 12:00:00");
    }

    #[test]
    fn a_gestionnaire_reopens_what_the_structure_closed_and_nothing_else() {
        let le = at(Zone::Metropole, "2028-12-31T12:00:00");
        for profil in Profil::TOUS {
            for etat in EtatCompte::TOUS {
                for raison in RaisonInactif::TOUTES {
                    for cote in CoteInactif::TOUS {
                        let f = Fermeture::new(le, raison, cote, (Zone::Metropole, MOIS));
                        let attendu = profil == Profil::Technicien
                            && etat == EtatCompte::Inactif
                            && cote == CoteInactif::Partenaire
                            && (raison == RaisonInactif::Gestionnaire || raison == RaisonInactif::Revue);
                        assert_eq!(gestionnaire_rouvre(profil, etat, Some(&f)), attendu, "{profil:?} {raison:?}");
                    }
                }
                assert!(!gestionnaire_rouvre(profil, etat, None));
            }
        }
    }

    proptest! {
        #[test]
        fn it_is_never_early_and_falls_in_the_sixth_month(
            zone in prop::sample::select(Zone::TOUTES.to_vec()),
            secondes in 1_700_000_000..4_000_000_000_i64,
        ) {
            let le = DateTime::from_timestamp(secondes, 0).unwrap();
            let fin = supprimer_le(zone, le, MOIS);
            let (avant, apres) = (le.with_timezone(&zone.fuseau()), fin.with_timezone(&zone.fuseau()));
            let mois = |d: DateTime<chrono_tz::Tz>| d.year() * 12 + i32::try_from(d.month()).unwrap();
            prop_assert_eq!(mois(apres) - mois(avant), 6);
            prop_assert!(apres.day() == avant.day() || (apres.day() < avant.day() && apres.day() >= 28));
            // The hour is the same, but for the hour that spring leaves out.
            prop_assert!(apres.hour() == avant.hour() || (avant.hour() + 1 == apres.hour() && apres.minute() == 0));
            prop_assert!(!Fermeture::new(le, RaisonInactif::Caisse, CoteInactif::Caisse, (zone, MOIS)).est_passee(fin - TimeDelta::microseconds(1)));
            prop_assert!(Fermeture::new(le, RaisonInactif::Caisse, CoteInactif::Caisse, (zone, MOIS)).est_passee(fin));
        }
    }
}
