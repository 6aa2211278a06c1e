//! What is asked of the partner, and the days of its loop: reminders, a notice that says when it will be closed, the
//! closing, the time to reopen (DE-8). Days are civil days of the caisse.

use crate::calendrier::{Zone, jour_civil};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};

/// Why something is asked of the partner: a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MotifComplement {
    /// A document that was not sent.
    PieceManquante,
    /// A document that cannot be read.
    PieceIllisible,
    /// Something to say more exactly.
    InformationAPreciser,
    /// Who the person is, to be confirmed.
    IdentiteAConfirmer,
    /// The agreement of the person, or a mandate.
    AccordOuMandat,
    /// Something else; the text says it.
    Autre,
}

impl MotifComplement {
    /// Every reason, in the order shown.
    pub const TOUS: [Self; 6] = [
        Self::PieceManquante,
        Self::PieceIllisible,
        Self::InformationAPreciser,
        Self::IdentiteAConfirmer,
        Self::AccordOuMandat,
        Self::Autre,
    ];

    /// Stored and posted code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PieceManquante => "piece_manquante",
            Self::PieceIllisible => "piece_illisible",
            Self::InformationAPreciser => "information_a_preciser",
            Self::IdentiteAConfirmer => "identite_a_confirmer",
            Self::AccordOuMandat => "accord_ou_mandat",
            Self::Autre => "autre",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|m| m.code() == code)
    }

    /// The words shown on pages.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::PieceManquante => "Pièce manquante",
            Self::PieceIllisible => "Pièce illisible",
            Self::InformationAPreciser => "Information à préciser",
            Self::IdentiteAConfirmer => "Identité à confirmer",
            Self::AccordOuMandat => "Accord ou mandat à fournir",
            Self::Autre => "Autre",
        }
    }
}

/// The days of the loop, counted from the day something was asked; those of the reopening from the closing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delais {
    /// Days of the reminders, growing, all before the notice.
    pub relances: Vec<u32>,
    /// Day of the notice.
    pub avis: u32,
    /// Day of the closing.
    pub cloture: u32,
    /// Days within which a closed demande may be opened again.
    pub reouverture: u32,
}

impl Default for Delais {
    fn default() -> Self {
        Self { relances: vec![7, 14], avis: 23, cloture: 30, reouverture: 30 }
    }
}

/// Where the loop of one complement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suivi {
    /// Civil day of the asking.
    pub demande: NaiveDate,
    /// Reminder days that are behind.
    pub relances: u32,
    /// Civil day of the notice, once sent.
    pub avis: Option<NaiveDate>,
}

/// What is to be done next in a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Etape {
    /// Send a reminder; this many reminder days are behind then.
    Relance(u32),
    /// Send the notice.
    Avis,
    /// Close.
    Cloture,
}

/// That many civil days later; the last day of the calendar at its very end.
fn plus(jour: NaiveDate, jours: u32) -> NaiveDate {
    jour.checked_add_days(Days::new(u64::from(jours))).unwrap_or(NaiveDate::MAX)
}

impl Delais {
    /// The day of the closing. A notice sent late moves it: what the notice leaves to the partner is never shortened.
    #[must_use]
    pub fn jour_de_cloture(&self, suivi: &Suivi) -> NaiveDate {
        let prevue = plus(suivi.demande, self.cloture);
        suivi.avis.map_or(prevue, |avis| prevue.max(plus(avis, self.cloture.saturating_sub(self.avis))))
    }

    /// The next step that has a day of its own, and that day.
    #[must_use]
    pub fn prochaine(&self, suivi: &Suivi) -> (Etape, NaiveDate) {
        if suivi.avis.is_some() {
            return (Etape::Cloture, self.jour_de_cloture(suivi));
        }
        let behind = usize::try_from(suivi.relances).unwrap_or(usize::MAX);
        match self.relances.get(behind) {
            Some(jours) => (Etape::Relance(suivi.relances.saturating_add(1)), plus(suivi.demande, *jours)),
            None => (Etape::Avis, plus(suivi.demande, self.avis)),
        }
    }

    /// What is due on a day: the latest step whose day has come, one only, so that a worker that was away catches up with
    /// one mail. Nothing is closed before its notice was sent.
    #[must_use]
    pub fn due(&self, suivi: &Suivi, aujourdhui: NaiveDate) -> Option<Etape> {
        if suivi.avis.is_some() {
            return (aujourdhui >= self.jour_de_cloture(suivi)).then_some(Etape::Cloture);
        }
        if aujourdhui >= plus(suivi.demande, self.avis) {
            return Some(Etape::Avis);
        }
        let behind = self.relances.iter().filter(|jours| aujourdhui >= plus(suivi.demande, **jours)).count();
        let behind = u32::try_from(behind).unwrap_or(u32::MAX);
        (behind > suivi.relances).then_some(Etape::Relance(behind))
    }

    /// The last instant at which what was closed then may be opened again: the end of a civil day.
    #[must_use]
    pub fn fin_de_reouverture(&self, zone: Zone, cloture: DateTime<Utc>) -> DateTime<Utc> {
        let lendemain = plus(jour_civil(zone, cloture), self.reouverture.saturating_add(1));
        debut_de_jour(zone, lendemain) - TimeDelta::microseconds(1)
    }
}

/// The first instant of a civil day where the caisse stands.
#[must_use]
pub fn debut_de_jour(zone: Zone, jour: NaiveDate) -> DateTime<Utc> {
    let minuit = jour.and_time(NaiveTime::MIN);
    // No zone of a caisse changes its hour at midnight.
    zone.fuseau().from_local_datetime(&minuit).earliest().map_or_else(|| minuit.and_utc(), |d| d.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn asked() -> Suivi {
        Suivi { demande: day("2029-01-08"), relances: 0, avis: None }
    }

    #[test]
    fn each_step_comes_on_its_day_and_not_the_day_before() {
        let d = Delais::default();
        assert_eq!(d.due(&asked(), day("2029-01-14")), None);
        assert_eq!(d.due(&asked(), day("2029-01-15")), Some(Etape::Relance(1)));
        let once = Suivi { relances: 1, ..asked() };
        assert_eq!(d.due(&once, day("2029-01-21")), None);
        assert_eq!(d.due(&once, day("2029-01-22")), Some(Etape::Relance(2)));
        let twice = Suivi { relances: 2, ..asked() };
        assert_eq!((d.due(&twice, day("2029-01-30")), d.due(&twice, day("2029-01-31"))), (None, Some(Etape::Avis)));
        let noticed = Suivi { avis: Some(day("2029-01-31")), ..twice };
        assert_eq!(d.jour_de_cloture(&noticed), day("2029-02-07"));
        assert_eq!(d.due(&noticed, day("2029-02-06")), None);
        assert_eq!(d.due(&noticed, day("2029-02-07")), Some(Etape::Cloture));
    }

    #[test]
    fn a_late_worker_sends_one_mail_and_never_closes_without_a_notice() {
        let d = Delais::default();
        assert_eq!(
            d.due(&asked(), day("2029-01-25")),
            Some(Etape::Relance(2)),
            "both reminders are behind, one is sent"
        );
        assert_eq!(d.due(&asked(), day("2029-03-01")), Some(Etape::Avis));
        let late = Suivi { avis: Some(day("2029-03-01")), ..asked() };
        assert_eq!(d.jour_de_cloture(&late), day("2029-03-08"), "the notice leaves its seven days");
    }

    #[test]
    fn it_reopens_until_midnight_where_the_caisse_stands() {
        let closed = "2029-01-08T21:00:00Z".parse().unwrap();
        let end = |zone| Delais::default().fin_de_reouverture(zone, closed).to_rfc3339();
        assert_eq!(end(Zone::Metropole), "2029-02-07T22:59:59.999999+00:00");
        assert_eq!(end(Zone::Reunion), "2029-02-08T19:59:59.999999+00:00", "there it was already the 9th");
        assert_eq!(end(Zone::Guadeloupe), "2029-02-08T03:59:59.999999+00:00");
    }

    #[test]
    fn a_reason_comes_back_from_its_code() {
        for motif in MotifComplement::TOUS {
            assert_eq!(MotifComplement::from_code(motif.code()), Some(motif));
        }
    }

    proptest! {
        #[test]
        fn the_next_step_is_due_on_its_day_and_no_step_before_it(relances in 0..3u32, avis in prop::option::of(0..60u64)) {
            let d = Delais::default();
            let suivi = Suivi { relances, avis: avis.map(|n| asked().demande + Days::new(n)), ..asked() };
            let (etape, jour) = d.prochaine(&suivi);
            prop_assert_eq!(d.due(&suivi, jour.pred_opt().unwrap()), None);
            prop_assert_eq!(d.due(&suivi, jour), Some(etape));
        }
    }
}
