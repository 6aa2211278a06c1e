//! What becomes of a demande: a list of acts, each at an instant when people are at work.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone as _, Utc};
use domain::calendrier::{Zone, echeance, est_jour_ouvre, jour_civil};
use domain::demande::Issue;

use crate::hasard::HasardSeme;

/// One act on a demande.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// The technicien files it.
    File,
    /// An agent takes it.
    Take,
    /// The agent asks.
    Ask,
    /// The technicien answers.
    Answer,
    /// The agent tells how it goes.
    Tell,
    /// The agent closes it.
    Close(Issue),
    /// The technicien withdraws it.
    Cancel,
}

/// Opening hours begin, and last so many minutes.
const OUVERTURE: (u32, u32) = (8, 30);
const MINUTES: usize = 525;

/// Acts of one demande filed on a day, in order of time; those after `fin` have not happened.
pub(crate) fn draw(hasard: &HasardSeme, zone: Zone, depot: NaiveDate, fin: DateTime<Utc>) -> Vec<(DateTime<Utc>, Act)> {
    let mut jour = if est_jour_ouvre(zone, depot) { depot } else { echeance(zone, depot, 1) };
    let mut acts = Vec::new();
    let mut at = at_work(hasard, zone, jour);
    acts.push((at, Act::File));
    if hasard.percent(6) {
        acts.push((later(hasard, zone, &mut jour, at, 1), Act::Cancel));
        return kept(acts, fin);
    }
    // The last days' demandes still wait in the queue, some of them.
    if at > fin - TimeDelta::days(18) && hasard.percent(30) {
        return kept(acts, fin);
    }
    for (act, jours) in way(hasard) {
        at = later(hasard, zone, &mut jour, at, jours);
        acts.push((at, act));
    }
    kept(acts, fin)
}

/// The acts after the filing, each with the working days since the act before.
fn way(hasard: &HasardSeme) -> Vec<(Act, u32)> {
    let mut way = vec![(Act::Take, small(hasard, 4))];
    let questions = match hasard.below(100) {
        0..=54 => 0,
        55..=84 => 1,
        85..=95 => 2,
        _ => 3,
    };
    for _ in 0..questions {
        way.push((Act::Ask, small(hasard, 2)));
        if hasard.percent(90) {
            way.push((Act::Answer, 1 + small(hasard, 4)));
        }
    }
    if hasard.percent(20) {
        way.push((Act::Tell, small(hasard, 2)));
    }
    // A few are never finished: the late ones of the queue.
    if hasard.percent(95) {
        way.push((Act::Close(issue(hasard)), small(hasard, 5)));
    }
    way
}

fn issue(hasard: &HasardSeme) -> Issue {
    match hasard.below(100) {
        0..=61 => Issue::Satisfaite,
        62..=73 => Issue::Partielle,
        74..=82 => Issue::Refusee,
        83..=89 => Issue::HorsCompetence,
        _ => Issue::SansSuite,
    }
}

fn small(hasard: &HasardSeme, most: usize) -> u32 {
    u32::try_from(hasard.below(most + 1)).unwrap_or(0)
}

fn kept(acts: Vec<(DateTime<Utc>, Act)>, fin: DateTime<Utc>) -> Vec<(DateTime<Utc>, Act)> {
    acts.into_iter().filter(|(at, _)| *at < fin).collect()
}

fn later(hasard: &HasardSeme, zone: Zone, jour: &mut NaiveDate, after: DateTime<Utc>, jours: u32) -> DateTime<Utc> {
    *jour = echeance(zone, *jour, jours);
    let at = at_work(hasard, zone, *jour);
    if at > after {
        return at;
    }
    // Same day: a little later, or the next morning when that is after hours.
    let soon = after + TimeDelta::minutes(5 + i64::from(small(hasard, 50)));
    if jour_civil(zone, soon) == *jour && soon < closing(zone, *jour) {
        return soon;
    }
    *jour = echeance(zone, *jour, 1);
    at_work(hasard, zone, *jour)
}

fn closing(zone: Zone, jour: NaiveDate) -> DateTime<Utc> {
    opening(zone, jour) + TimeDelta::minutes(i64::try_from(MINUTES).unwrap_or(0))
}

fn at_work(hasard: &HasardSeme, zone: Zone, jour: NaiveDate) -> DateTime<Utc> {
    let minute = i64::try_from(hasard.below(MINUTES)).unwrap_or(0);
    opening(zone, jour) + TimeDelta::minutes(minute) + TimeDelta::seconds(i64::from(small(hasard, 59)))
}

fn opening(zone: Zone, jour: NaiveDate) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(OUVERTURE.0, OUVERTURE.1, 0).unwrap_or_default();
    let local = jour.and_time(time);
    // No zone changes its hour at half past eight.
    zone.fuseau().from_local_datetime(&local).earliest().map_or_else(|| local.and_utc(), |t| t.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fin() -> DateTime<Utc> {
        "2029-01-08T08:00:00Z".parse().unwrap()
    }

    #[test]
    fn acts_follow_each_other_at_working_hours_and_begin_with_the_filing() {
        let hasard = HasardSeme::new(7);
        for day in 0..300 {
            let depot = NaiveDate::from_ymd_opt(2028, 1, 10).unwrap() + TimeDelta::days(day);
            let acts = draw(&hasard, Zone::AlsaceMoselle, depot, fin());
            assert_eq!(acts.first().map(|a| a.1), Some(Act::File));
            assert!(acts.windows(2).all(|w| w[0].0 < w[1].0), "{acts:?}");
            for (at, _) in &acts {
                let local = at.with_timezone(&Zone::AlsaceMoselle.fuseau());
                assert!(est_jour_ouvre(Zone::AlsaceMoselle, local.date_naive()), "{local}");
                assert!(local.time() >= NaiveTime::from_hms_opt(8, 30, 0).unwrap(), "{local}");
                assert!(local.time() < NaiveTime::from_hms_opt(18, 0, 0).unwrap(), "{local}");
            }
        }
    }

    #[test]
    fn nothing_happens_after_the_end() {
        let hasard = HasardSeme::new(8);
        let depot = NaiveDate::from_ymd_opt(2029, 1, 4).unwrap();
        for _ in 0..100 {
            assert!(draw(&hasard, Zone::Metropole, depot, fin()).iter().all(|(at, _)| *at < fin()));
        }
    }
}
