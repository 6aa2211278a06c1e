//! Demandes placed so that the present shows them: complement loops at each stage, and the late ones of the queue.
//!
//! The complement is asked so many days before the present that its reminders (7 and 14 days), its notice (23) and its
//! closing (30) have come about, or not yet. The jobs do them; nothing here writes them.

use std::ops::RangeInclusive;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::calendrier::Zone;

use crate::hasard::HasardSeme;
use crate::horaires::{Agenda, recule};
use crate::scenario::{Act, Acts, issue, kept};

/// Where a placed demande stands on the first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Repere {
    /// A complement was asked this week.
    Demande,
    /// It was reminded once.
    Relance,
    /// It was reminded twice: the total clock is late, the net one is not.
    Relance2,
    /// The notice went out: closing follows.
    Avis,
    /// Closed after the silence, not long ago: it may still be opened again.
    Ferme,
    /// Closed after the silence, opened again by a late answer.
    Rouvert,
    /// Answered in time.
    Repondu,
    /// Nobody has taken it: late.
    Oublie,
    /// Taken, not finished: late on both clocks.
    Traine,
    /// Waiting inside the caisse: late on both clocks.
    Interne,
}

/// The placed demandes: twenty loops, sixteen others. A small demonstration has the first ones.
pub(crate) const REPERES: [Repere; 36] = [
    Repere::Demande,
    Repere::Traine,
    Repere::Relance,
    Repere::Avis,
    Repere::Ferme,
    Repere::Rouvert,
    Repere::Interne,
    Repere::Repondu,
    Repere::Relance2,
    Repere::Oublie,
    Repere::Demande,
    Repere::Relance,
    Repere::Relance2,
    Repere::Avis,
    Repere::Ferme,
    Repere::Rouvert,
    Repere::Repondu,
    Repere::Demande,
    Repere::Relance,
    Repere::Relance2,
    Repere::Avis,
    Repere::Ferme,
    Repere::Repondu,
    Repere::Oublie,
    Repere::Traine,
    Repere::Traine,
    Repere::Traine,
    Repere::Traine,
    Repere::Traine,
    Repere::Traine,
    Repere::Interne,
    Repere::Interne,
    Repere::Interne,
    Repere::Oublie,
    Repere::Oublie,
    Repere::Oublie,
];

impl Repere {
    /// Whether a complement is asked.
    pub(crate) fn is_loop(self) -> bool {
        !matches!(self, Self::Oublie | Self::Traine | Self::Interne)
    }

    /// How many days before the present its main act happened: the complement asked, or the filing.
    const fn age(self) -> RangeInclusive<i64> {
        match self {
            Self::Demande => 4..=6,
            Self::Relance => 10..=12,
            Self::Relance2 => 17..=21,
            Self::Avis => 24..=28,
            Self::Ferme => 33..=52,
            Self::Rouvert => 45..=60,
            Self::Repondu => 30..=200,
            Self::Oublie => 21..=28,
            Self::Traine => 26..=45,
            Self::Interne => 28..=40,
        }
    }

    /// Its acts until `fin`, seen from the day of the present.
    pub(crate) fn draw(self, hasard: &HasardSeme, zone: Zone, present: NaiveDate, fin: DateTime<Utc>) -> Acts {
        let (youngest, oldest) = self.age().into_inner();
        let spread = i64::from(hasard.small(usize::try_from(oldest - youngest).unwrap_or(0)));
        let day = recule(zone, present - TimeDelta::days(youngest + spread), 0);
        let acts = if self.is_loop() { self.complement(hasard, zone, day) } else { self.late(hasard, zone, day) };
        kept(acts, fin)
    }

    /// Filed some days before the complement is asked on `day`.
    fn complement(self, hasard: &HasardSeme, zone: Zone, day: NaiveDate) -> Acts {
        let depot = recule(zone, day, 2 + hasard.small(2));
        let mut agenda = Agenda::begin(hasard, zone, depot);
        let mut acts = vec![(agenda.at(), Act::File), (agenda.later(0), Act::Take)];
        let mut agenda = Agenda::begin(hasard, zone, day);
        acts.push((agenda.at(), Act::Complement));
        match self {
            Self::Repondu => {
                acts.push((agenda.days_later(3 + i64::from(hasard.small(7))), Act::Complete));
                acts.push((agenda.later(1 + hasard.small(3)), Act::Close(issue(hasard))));
                acts.push((agenda.later(hasard.small(2)), Act::Read));
            }
            Self::Rouvert => {
                acts.push((agenda.days_later(33 + i64::from(hasard.small(3))), Act::Reopen));
                acts.push((agenda.later(1), Act::Tell));
            }
            _ => {}
        }
        acts
    }

    /// Filed on `day`.
    fn late(self, hasard: &HasardSeme, zone: Zone, day: NaiveDate) -> Acts {
        let mut agenda = Agenda::begin(hasard, zone, day);
        let mut acts = vec![(agenda.at(), Act::File)];
        if self != Self::Oublie {
            acts.push((agenda.later(2), Act::Take));
            acts.push((agenda.later(1), Act::Ask));
            acts.push((agenda.later(1), Act::Answer));
        }
        if self == Self::Interne {
            acts.push((agenda.later(1), Act::Note));
            acts.push((agenda.later(0), Act::Wait));
        }
        acts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn twenty_are_loops_and_every_stage_is_among_the_first_ten() {
        assert_eq!(REPERES.iter().filter(|r| r.is_loop()).count(), 20);
        let mut all: BTreeMap<Repere, usize> = BTreeMap::new();
        REPERES.iter().for_each(|r| *all.entry(*r).or_default() += 1);
        let first: std::collections::BTreeSet<_> = REPERES.iter().take(10).collect();
        assert_eq!((all.len(), first.len()), (10, 10));
    }

    #[test]
    fn a_complement_is_asked_between_the_bounds_of_its_stage() {
        let hasard = HasardSeme::new(3);
        let (present, fin) = (NaiveDate::from_ymd_opt(2029, 1, 8).unwrap(), "2029-01-05T15:00:00Z".parse().unwrap());
        for zone in [Zone::Metropole, Zone::AlsaceMoselle] {
            for repere in REPERES.into_iter().filter(|r| r.is_loop()) {
                let acts = repere.draw(&hasard, zone, present, fin);
                let asked = acts.iter().find(|(_, a)| *a == Act::Complement).unwrap().0;
                let age = (present - asked.date_naive()).num_days();
                let bounds = match repere {
                    Repere::Demande => 1..7,
                    Repere::Relance => 7..14,
                    Repere::Relance2 => 14..23,
                    Repere::Avis => 23..30,
                    _ => 30..210,
                };
                assert!(bounds.contains(&age), "{repere:?}: {age}");
                assert!(acts.windows(2).all(|w| w[0].0 < w[1].0), "{acts:?}");
            }
        }
    }
}
