//! When people are at work: jours ouvrés of a zone, opening hours.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone as _, Utc};
use domain::calendrier::{Zone, echeance, est_jour_ouvre, jour_civil};

use crate::hasard::HasardSeme;

/// Opening hours begin, and last so many minutes.
const OUVERTURE: (u32, u32) = (8, 30);
const MINUTES: usize = 525;

/// A day and an instant of it, moved forward from act to act.
#[derive(Clone, Copy)]
pub(crate) struct Agenda<'a> {
    hasard: &'a HasardSeme,
    zone: Zone,
    jour: NaiveDate,
    at: DateTime<Utc>,
}

impl<'a> Agenda<'a> {
    /// Begins at work on a day, or on the next jour ouvré.
    pub(crate) fn begin(hasard: &'a HasardSeme, zone: Zone, jour: NaiveDate) -> Self {
        let jour = if est_jour_ouvre(zone, jour) { jour } else { echeance(zone, jour, 1) };
        Self { hasard, zone, jour, at: at_work(hasard, zone, jour) }
    }

    /// Where it stands.
    pub(crate) fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// So many jours ouvrés later. On the same day a little later, or the next morning when that is after hours.
    pub(crate) fn later(&mut self, jours: u32) -> DateTime<Utc> {
        self.jour = echeance(self.zone, self.jour, jours);
        let drawn = at_work(self.hasard, self.zone, self.jour);
        let soon = self.at + TimeDelta::minutes(5 + signed(self.hasard.below(51)));
        self.at = if drawn > self.at {
            drawn
        } else if jour_civil(self.zone, soon) == self.jour && soon < closing(self.zone, self.jour) {
            soon
        } else {
            self.jour = echeance(self.zone, self.jour, 1);
            at_work(self.hasard, self.zone, self.jour)
        };
        self.at
    }

    /// So many days of the calendar later, or the first jour ouvré after.
    pub(crate) fn days_later(&mut self, jours: i64) -> DateTime<Utc> {
        *self = Self::begin(self.hasard, self.zone, self.jour + TimeDelta::days(jours));
        self.at
    }
}

/// The last jour ouvré on or before a day, then so many jours ouvrés before that.
pub(crate) fn recule(zone: Zone, jour: NaiveDate, jours: u32) -> NaiveDate {
    let mut jour = jour;
    let mut left = jours;
    while left > 0 || !est_jour_ouvre(zone, jour) {
        left -= u32::from(left > 0 && est_jour_ouvre(zone, jour));
        jour -= TimeDelta::days(1);
    }
    jour
}

/// An hour of the clock on a day in Paris; no zone changes its hour by day.
pub(crate) fn a_paris(jour: NaiveDate, (heure, minute): (u32, u32)) -> DateTime<Utc> {
    local(Zone::Metropole, jour, (heure, minute))
}

fn local(zone: Zone, jour: NaiveDate, (heure, minute): (u32, u32)) -> DateTime<Utc> {
    let local = jour.and_time(NaiveTime::from_hms_opt(heure, minute, 0).unwrap_or_default());
    zone.fuseau().from_local_datetime(&local).earliest().map_or_else(|| local.and_utc(), |t| t.with_timezone(&Utc))
}

fn opening(zone: Zone, jour: NaiveDate) -> DateTime<Utc> {
    local(zone, jour, OUVERTURE)
}

fn closing(zone: Zone, jour: NaiveDate) -> DateTime<Utc> {
    opening(zone, jour) + TimeDelta::minutes(signed(MINUTES))
}

fn at_work(hasard: &HasardSeme, zone: Zone, jour: NaiveDate) -> DateTime<Utc> {
    opening(zone, jour) + TimeDelta::seconds(signed(hasard.below(MINUTES * 60)))
}

fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_back_counts_working_days_only() {
        let day = |d| NaiveDate::from_ymd_opt(2028, 12, d).unwrap();
        assert_eq!(recule(Zone::Metropole, day(30), 0), day(29));
        assert_eq!(recule(Zone::Metropole, day(27), 2), day(22));
        assert_eq!(recule(Zone::AlsaceMoselle, day(27), 2), day(21));
    }

    #[test]
    fn acts_follow_each_other_at_working_hours() {
        let hasard = HasardSeme::new(7);
        let zone = Zone::AlsaceMoselle;
        for day in 0..300 {
            let depot = NaiveDate::from_ymd_opt(2028, 1, 10).unwrap() + TimeDelta::days(day);
            let mut agenda = Agenda::begin(&hasard, zone, depot);
            let mut acts = vec![agenda.at()];
            acts.extend([0, 0, 2, 0].map(|jours| agenda.later(jours)));
            acts.push(agenda.days_later(9));
            assert!(acts.windows(2).all(|w| w[0] < w[1]), "{acts:?}");
            for at in acts {
                let local = at.with_timezone(&zone.fuseau());
                assert!(est_jour_ouvre(zone, local.date_naive()), "{local}");
                assert!(local.time() >= NaiveTime::from_hms_opt(8, 30, 0).unwrap(), "{local}");
                assert!(local.time() < NaiveTime::from_hms_opt(18, 0, 0).unwrap(), "{local}");
            }
        }
    }
}
