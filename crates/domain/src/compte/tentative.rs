//! The throttle of sign-ins: a try is counted before it is made, and a success gives back what it counted as failures.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

/// Failures allowed before the first wait.
const ECHECS_LIBRES: u32 = 5;
/// First wait; it doubles with each further failure.
const PREMIERE_ATTENTE: i64 = 60;
/// Longest wait.
const ATTENTE_MAX: i64 = 3600;
/// Failures are forgotten after a day without any try.
const OUBLI_HEURES: i64 = 24;
/// Window of an address.
const FENETRE_MINUTES: i64 = 15;
/// Tries that an address may make in a window before it is slowed: a town hall is one address.
const ESSAIS_PAR_ADRESSE: u32 = 100;
/// Seconds between two tries of a slowed address.
const RALENTI: i64 = 5;

/// Seconds to wait before the next try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attente(pub u32);

impl Attente {
    fn jusqu_a(fin: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        let micros = (fin - now).num_microseconds().unwrap_or(i64::MAX).max(0);
        Self(u32::try_from((micros + 999_999) / 1_000_000).unwrap_or(u32::MAX).max(1))
    }
}

/// Checks a day. Passwords: 25 in all for a compte, of which 10 are kept for browsers it has used before, so that
/// nobody else's failures lock its owner out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plafond {
    /// Passwords from browsers never seen with this compte.
    MotDePasseInconnu,
    /// Passwords from browsers it has used.
    MotDePasseConnu,
    /// Codes of the second factor.
    Code,
    /// Links asked for.
    Lien,
}

impl Plafond {
    const fn par_jour(self) -> u32 {
        match self {
            Self::MotDePasseInconnu => 15,
            Self::MotDePasseConnu => 10,
            Self::Code => 25,
            Self::Lien => 5,
        }
    }
}

/// Tries on one compte (or on a name that no compte has: nobody can tell).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compteur {
    /// Failures in a row.
    pub echecs: u32,
    /// No try before this instant.
    pub bloque_jusqu_a: Option<DateTime<Utc>>,
    /// Day (UTC) of the checks counted.
    pub jour: NaiveDate,
    /// Checks on that day.
    pub verifications: u32,
    /// Last try.
    pub vu_le: DateTime<Utc>,
}

impl Compteur {
    /// No try yet.
    #[must_use]
    pub fn nouveau(now: DateTime<Utc>) -> Self {
        Self { echecs: 0, bloque_jusqu_a: None, jour: now.date_naive(), verifications: 0, vu_le: now }
    }

    /// Counts one try as a failure, before it is made.
    ///
    /// # Errors
    /// [`Attente`] when it may not be made now; nothing is counted then.
    pub fn essaie(mut self, plafond: Plafond, now: DateTime<Utc>) -> Result<Self, Attente> {
        if let Some(fin) = self.bloque_jusqu_a.filter(|fin| *fin > now) {
            return Err(Attente::jusqu_a(fin, now));
        }
        if now - self.vu_le >= TimeDelta::hours(OUBLI_HEURES) {
            self.echecs = 0;
        }
        if self.jour < now.date_naive() {
            self.jour = now.date_naive();
            self.verifications = 0;
        }
        if self.verifications >= plafond.par_jour() {
            let demain = self.jour.checked_add_days(Days::new(1)).unwrap_or(self.jour);
            return Err(Attente::jusqu_a(demain.and_time(chrono::NaiveTime::MIN).and_utc(), now));
        }
        self.echecs = self.echecs.saturating_add(1);
        self.verifications += 1;
        self.vu_le = now;
        self.bloque_jusqu_a = (self.echecs >= ECHECS_LIBRES).then(|| now + attente(self.echecs));
        Ok(self)
    }

    /// The try succeeded: failures and waits are forgotten, the checks of the day are not.
    #[must_use]
    pub const fn reussit(mut self) -> Self {
        self.echecs = 0;
        self.bloque_jusqu_a = None;
        self
    }
}

fn attente(echecs: u32) -> TimeDelta {
    let doublements = echecs.saturating_sub(ECHECS_LIBRES).min(6);
    TimeDelta::seconds((PREMIERE_ATTENTE << doublements).min(ATTENTE_MAX))
}

/// Tries from one address. It is slowed, never closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompteurAdresse {
    /// Begin of the window.
    pub depuis: DateTime<Utc>,
    /// Tries in the window.
    pub essais: u32,
    /// No try before this instant.
    pub pas_avant: Option<DateTime<Utc>>,
}

impl CompteurAdresse {
    /// No try yet.
    #[must_use]
    pub const fn nouveau(now: DateTime<Utc>) -> Self {
        Self { depuis: now, essais: 0, pas_avant: None }
    }

    /// Counts one try: 100 in 15 minutes are free, then one every 5 seconds until the window ends.
    ///
    /// # Errors
    /// [`Attente`] when it comes too early; nothing is counted then.
    pub fn essaie(mut self, now: DateTime<Utc>) -> Result<Self, Attente> {
        if now - self.depuis >= TimeDelta::minutes(FENETRE_MINUTES) {
            self = Self::nouveau(now);
        }
        if let Some(fin) = self.pas_avant.filter(|fin| *fin > now) {
            return Err(Attente::jusqu_a(fin, now));
        }
        self.essais = self.essais.saturating_add(1);
        self.pas_avant = (self.essais >= ESSAIS_PAR_ADRESSE).then(|| now + TimeDelta::seconds(RALENTI));
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn instant(secondes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_900_000_000 - 1_900_000_000 % 86_400 + secondes, 0).unwrap()
    }

    fn echoue(mut c: Compteur, fois: u32, mut now: DateTime<Utc>) -> (Compteur, DateTime<Utc>) {
        for _ in 0..fois {
            now = c.bloque_jusqu_a.unwrap_or(now).max(now);
            c = c.essaie(Plafond::Code, now).unwrap();
        }
        (c, now)
    }

    #[test]
    fn the_fifth_failure_costs_a_minute_and_each_further_one_doubles_it_up_to_an_hour() {
        let mut attendus = vec![];
        let (mut c, mut now) = echoue(Compteur::nouveau(instant(0)), 4, instant(0));
        assert_eq!(c.bloque_jusqu_a, None);
        for _ in 0..9 {
            (c, now) = echoue(c, 1, now);
            attendus.push((c.bloque_jusqu_a.unwrap() - now).num_seconds());
        }
        assert_eq!(attendus, [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
    }

    #[test]
    fn a_try_during_the_wait_is_refused_and_not_counted() {
        let (c, now) = echoue(Compteur::nouveau(instant(0)), 5, instant(0));
        assert_eq!(c.essaie(Plafond::Code, now + TimeDelta::seconds(59)), Err(Attente(1)));
        assert!(c.essaie(Plafond::Code, now + TimeDelta::seconds(60)).is_ok());
    }

    #[test]
    fn a_success_forgets_failures_but_not_the_checks_of_the_day() {
        let (c, now) = echoue(Compteur::nouveau(instant(0)), 5, instant(0));
        let c = c.reussit();
        assert_eq!((c.echecs, c.bloque_jusqu_a, c.verifications), (0, None, 5));
        assert!(c.essaie(Plafond::Code, now).is_ok());
    }

    #[test]
    fn passwords_are_checked_25_times_a_day_in_all_and_the_next_day_again() {
        let mut total = 0;
        for plafond in [Plafond::MotDePasseInconnu, Plafond::MotDePasseConnu] {
            let mut c = Compteur::nouveau(instant(0));
            while let Ok(suivant) = c.essaie(plafond, instant(10)) {
                c = suivant.reussit();
                total += 1;
            }
            assert_eq!(c.essaie(plafond, instant(86_400 - 30)), Err(Attente(30)));
            assert!(c.essaie(plafond, instant(86_400)).is_ok());
        }
        assert_eq!(total, 25);
    }

    #[test]
    fn failures_are_forgotten_after_a_day_without_any() {
        let (c, now) = echoue(Compteur::nouveau(instant(0)), 4, instant(0));
        assert_eq!(c.essaie(Plafond::Code, now + TimeDelta::hours(23)).unwrap().echecs, 5);
        assert_eq!(c.essaie(Plafond::Code, now + TimeDelta::hours(24)).unwrap().echecs, 1);
    }

    #[test]
    fn an_address_makes_100_tries_then_one_every_five_seconds() {
        let mut c = CompteurAdresse::nouveau(instant(0));
        for _ in 0..100 {
            c = c.essaie(instant(1)).unwrap();
        }
        assert_eq!(c.essaie(instant(2)), Err(Attente(4)));
        c = c.essaie(instant(6)).unwrap();
        assert_eq!(c.essaie(instant(7)), Err(Attente(4)));
        assert_eq!(c.essaie(instant(15 * 60)).unwrap().essais, 1);
    }

    proptest! {
        #[test]
        fn whatever_the_hours_no_day_sees_more_checks_than_allowed(ecarts in prop::collection::vec(0..4000i64, 1..200)) {
            let mut c = Compteur::nouveau(instant(0));
            let mut now = instant(0);
            let mut par_jour = std::collections::BTreeMap::new();
            for ecart in ecarts {
                now += TimeDelta::seconds(ecart);
                if let Ok(suivant) = c.essaie(Plafond::Code, now) {
                    c = suivant.reussit();
                    *par_jour.entry(now.date_naive()).or_insert(0) += 1;
                }
            }
            prop_assert!(par_jour.values().all(|n| *n <= 25));
        }
    }
}
