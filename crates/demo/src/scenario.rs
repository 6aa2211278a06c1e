//! What becomes of a demande in the ordinary course: a list of acts, each at an instant when people are at work.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::calendrier::Zone;
use domain::demande::{Issue, Sorte};

use crate::hasard::HasardSeme;
use crate::horaires::Agenda;

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
    /// The agent leaves a note for colleagues.
    Note,
    /// The agent waits for somebody inside the caisse.
    Wait,
    /// The agent goes on.
    Resume,
    /// The agent asks for something that is missing.
    Complement,
    /// The technicien gives it.
    Complete,
    /// The agent closes it.
    Close(Issue),
    /// The technicien opens it again.
    Reopen,
    /// The technicien looks at it.
    Read,
    /// The technicien withdraws it.
    Cancel,
}

/// Acts with their instants, in order of time.
pub(crate) type Acts = Vec<(DateTime<Utc>, Act)>;

/// Acts of one demande filed on a day; those after `fin` have not happened.
pub(crate) fn draw(
    hasard: &HasardSeme,
    (zone, sorte, questions): (Zone, Sorte, usize),
    depot: NaiveDate,
    fin: DateTime<Utc>,
) -> Acts {
    let mut agenda = Agenda::begin(hasard, zone, depot);
    let mut acts = vec![(agenda.at(), Act::File)];
    if hasard.percent(5) {
        acts.push((agenda.later(hasard.small(1)), Act::Cancel));
        return kept(acts, fin);
    }
    // Some of the last days' demandes still wait in the queue.
    if agenda.at() > fin - TimeDelta::days(9) && hasard.percent(45) {
        return kept(acts, fin);
    }
    for (act, jours) in way(hasard, sorte, questions) {
        acts.push((agenda.later(jours), act));
    }
    kept(acts, fin)
}

/// The acts after the filing, each with the working days since the act before. At most six lines are written.
fn way(hasard: &HasardSeme, sorte: Sorte, questions: usize) -> Vec<(Act, u32)> {
    let mut way = vec![(Act::Take, hasard.small(3))];
    let asked = match hasard.below(100) {
        0..=49 => 0,
        50..=84 => 1,
        _ => 2,
    };
    for _ in 0..asked.min(questions) {
        way.push((Act::Ask, hasard.small(2)));
        way.push((Act::Answer, 1 + hasard.small(3)));
    }
    if hasard.percent(12) {
        way.push((Act::Note, 0));
    }
    if hasard.percent(8) {
        way.push((Act::Wait, 0));
        way.push((Act::Resume, 2 + hasard.small(4)));
    }
    if hasard.percent(15) {
        way.push((Act::Tell, hasard.small(1)));
    }
    let study = if matches!(sorte, Sorte::Etude | Sorte::Difficulte) { 2 } else { 0 };
    way.push((Act::Close(issue(hasard)), study + hasard.small(4)));
    if hasard.percent(85) {
        way.push((Act::Read, hasard.small(2)));
        if asked == 0 && hasard.percent(4) {
            way.extend([(Act::Reopen, 1 + hasard.small(3)), (Act::Close(Issue::Satisfaite), 1 + hasard.small(3))]);
        }
    }
    way
}

/// How it ends.
pub(crate) fn issue(hasard: &HasardSeme) -> Issue {
    match hasard.below(100) {
        0..=63 => Issue::Satisfaite,
        64..=75 => Issue::Partielle,
        76..=85 => Issue::Refusee,
        86..=92 => Issue::HorsCompetence,
        _ => Issue::SansSuite,
    }
}

/// Without what has not happened yet.
pub(crate) fn kept(acts: Acts, fin: DateTime<Utc>) -> Acts {
    acts.into_iter().filter(|(at, _)| *at < fin).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fin() -> DateTime<Utc> {
        "2029-01-05T15:00:00Z".parse().unwrap()
    }

    #[test]
    fn acts_follow_each_other_begin_with_the_filing_and_write_six_lines_at_most() {
        let hasard = HasardSeme::new(7);
        for day in 0..360 {
            let depot = NaiveDate::from_ymd_opt(2028, 1, 10).unwrap() + TimeDelta::days(day);
            let acts = draw(&hasard, (Zone::AlsaceMoselle, Sorte::Etude, 2), depot, fin());
            assert_eq!(acts.first().map(|a| a.1), Some(Act::File));
            assert!(acts.windows(2).all(|w| w[0].0 < w[1].0), "{acts:?}");
            let writes = |a: &Act| matches!(a, Act::Ask | Act::Answer | Act::Tell | Act::Close(_) | Act::Reopen);
            assert!(acts.iter().filter(|(_, a)| writes(a)).count() <= 6, "{acts:?}");
            assert!(acts.iter().all(|(at, _)| *at < fin()));
        }
    }

    #[test]
    fn what_was_filed_two_months_ago_is_over() {
        let hasard = HasardSeme::new(8);
        let depot = NaiveDate::from_ymd_opt(2028, 10, 30).unwrap();
        for sorte in Sorte::TOUTES {
            for _ in 0..100 {
                let acts = draw(&hasard, (Zone::Metropole, sorte, 2), depot, fin());
                let over = |a: &Act| matches!(a, Act::Close(_) | Act::Cancel);
                assert!(acts.iter().rev().any(|(_, a)| over(a)), "{acts:?}");
            }
        }
    }
}
