//! What is asked of the partner, and the days of its loop: reminders, a notice that says when it will be closed, the
//! closing, the time to reopen (DE-8). Days are civil days of the caisse.

use crate::calendrier::{Zone, jour_civil};
use crate::notification::prochain_envoi;
use chrono::{DateTime, Days, Months, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};

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
    /// The day of the closing, a working day. A notice sent late moves it: what the notice leaves to the partner is never
    /// shortened.
    #[must_use]
    pub fn jour_de_cloture(&self, zone: Zone, suivi: &Suivi) -> NaiveDate {
        let prevue = plus(suivi.demande, self.cloture);
        let jour = suivi.avis.map_or(prevue, |avis| prevue.max(plus(avis, self.cloture.saturating_sub(self.avis))));
        jour_civil(zone, depart(zone, jour))
    }

    /// The last day that may be given to the partner for the answer to what is asked that day: the eve of the closing, so
    /// that the whole day promised is left.
    #[must_use]
    pub fn dernier_jour_de_reponse(&self, zone: Zone, demande: NaiveDate) -> NaiveDate {
        let cloture = self.jour_de_cloture(zone, &Suivi { demande, relances: 0, avis: None });
        cloture.pred_opt().unwrap_or(cloture)
    }

    /// The next step that has a day of its own, and that day.
    #[must_use]
    pub fn prochaine(&self, zone: Zone, suivi: &Suivi) -> (Etape, NaiveDate) {
        if suivi.avis.is_some() {
            return (Etape::Cloture, self.jour_de_cloture(zone, suivi));
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
    pub fn due(&self, zone: Zone, suivi: &Suivi, aujourdhui: NaiveDate) -> Option<Etape> {
        if suivi.avis.is_some() {
            return (aujourdhui >= self.jour_de_cloture(zone, suivi)).then_some(Etape::Cloture);
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

/// Months between the end of a demande and its leaving the partner's lists (security, « Retention »).
const MOIS_D_ARCHIVAGE: u32 = 6;

/// The instant at which what ended then leaves the partner's lists: the first one of a civil day where the caisse stands.
#[must_use]
pub fn debut_d_archivage(zone: Zone, fin: DateTime<Utc>) -> DateTime<Utc> {
    let jour = jour_civil(zone, fin);
    debut_de_jour(zone, jour.checked_add_months(Months::new(MOIS_D_ARCHIVAGE)).unwrap_or(NaiveDate::MAX))
}

/// An instant after every end that [`debut_d_archivage`] lets go at that one, whatever the caisse's zone.
#[must_use]
pub fn borne_d_archivage(le: DateTime<Utc>) -> DateTime<Utc> {
    // A civil day ends up to two days later somewhere; and the last days of a longer month, at most three of them, fall
    // together on the last day of a shorter one.
    let earliest = le.checked_sub_months(Months::new(MOIS_D_ARCHIVAGE)).unwrap_or(le);
    earliest.checked_add_days(Days::new(2 + 3)).unwrap_or(le)
}

/// When the steps of a day are made: at 8:00 of the first working day from it on, where the caisse stands, as the daily
/// mail is. Nobody is reminded at night or on a Sunday.
#[must_use]
pub fn depart(zone: Zone, jour: NaiveDate) -> DateTime<Utc> {
    prochain_envoi(zone, debut_de_jour(zone, jour))
}

/// The first instant of a civil day where the caisse stands.
#[must_use]
pub fn debut_de_jour(zone: Zone, jour: NaiveDate) -> DateTime<Utc> {
    let minuit = jour.and_time(NaiveTime::MIN);
    // No zone of a caisse changes its hour at midnight.
    zone.fuseau().from_local_datetime(&minuit).earliest().map_or_else(|| minuit.and_utc(), |d| d.with_timezone(&Utc))
}

#[cfg(test)]
mod tests;
