//! A date of birth as the person's papers give it: day, or day and month, may be unknown.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use crate::calendrier::{date_en_francais, nom_du_mois};

/// The first year accepted.
const ANNEE_MIN: i32 = 1900;

/// Why three fields are not a date of birth, in words for the fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateNaissanceInvalide {
    /// No year.
    #[error("indiquez au moins l'année de naissance, sur quatre chiffres")]
    AnneeManquante,
    /// A day without its month.
    #[error("indiquez le mois de naissance, ou laissez aussi le jour vide")]
    MoisManquant,
    /// Something else than digits.
    #[error("la date de naissance ne doit contenir que des chiffres")]
    Caractere,
    /// No such day.
    #[error("cette date de naissance n'existe pas")]
    Impossible,
    /// Before 1900.
    #[error("l'année de naissance doit être {ANNEE_MIN} ou après")]
    TropAncienne,
    /// After today.
    #[error("la date de naissance ne peut pas être dans le futur")]
    Future,
}

/// A date of birth: year always, month and day when the papers have them. `Debug` hides it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DateNaissance {
    annee: i32,
    mois: Option<u32>,
    jour: Option<u32>,
}

impl DateNaissance {
    /// Reads the three fields of a form; an empty or zero day (or day and month) is unknown.
    ///
    /// # Errors
    /// The first rule that is broken. `aujourd_hui` is the civil day of the caisse.
    pub fn parse(jour: &str, mois: &str, annee: &str, aujourd_hui: NaiveDate) -> Result<Self, DateNaissanceInvalide> {
        let jour = champ(jour, 2)?;
        let mois = champ(mois, 2)?;
        if annee.trim().len() != 4 && champ(annee, 4).is_ok() {
            return Err(DateNaissanceInvalide::AnneeManquante);
        }
        let annee = champ(annee, 4)?.ok_or(DateNaissanceInvalide::AnneeManquante)?;
        let date = Self { annee: i32::try_from(annee).unwrap_or_default(), mois, jour };
        date.existe()?;
        if date.annee < ANNEE_MIN {
            return Err(DateNaissanceInvalide::TropAncienne);
        }
        if date.est_apres(aujourd_hui) {
            return Err(DateNaissanceInvalide::Future);
        }
        Ok(date)
    }

    /// Reads what [`Self::canonique`] wrote; `None` for anything else. Nothing is said of today: it was checked then.
    #[must_use]
    pub fn depuis_canonique(texte: &str) -> Option<Self> {
        let mut parties = texte.split('-');
        let (annee, mois, jour) = (parties.next()?, parties.next()?, parties.next()?);
        let date = Self {
            annee: i32::try_from(champ(annee, 4).ok()??).ok()?,
            mois: champ(mois, 2).ok()?,
            jour: champ(jour, 2).ok()?,
        };
        (date.existe().is_ok() && date.canonique() == texte).then_some(date)
    }

    /// `1985-05-12`; what is unknown is written `00` (`1985-00-00`). Sorts by date, unknown first; also the form that
    /// search keys are made of.
    #[must_use]
    pub fn canonique(self) -> String {
        format!("{:04}-{:02}-{:02}", self.annee, self.mois.unwrap_or_default(), self.jour.unwrap_or_default())
    }

    /// Day, month and year, to fill the fields of a form again; what is unknown is absent.
    #[must_use]
    pub fn parties(self) -> (Option<u32>, Option<u32>, i32) {
        (self.jour, self.mois, self.annee)
    }

    fn existe(self) -> Result<(), DateNaissanceInvalide> {
        if self.mois.is_none() && self.jour.is_some() {
            return Err(DateNaissanceInvalide::MoisManquant);
        }
        NaiveDate::from_ymd_opt(self.annee, self.mois.unwrap_or(1), self.jour.unwrap_or(1))
            .map(|_| ())
            .ok_or(DateNaissanceInvalide::Impossible)
    }

    /// Whether even the first day it may stand for is after that day.
    fn est_apres(self, jour: NaiveDate) -> bool {
        (self.annee, self.mois.unwrap_or(1), self.jour.unwrap_or(1)) > (jour.year(), jour.month(), jour.day())
    }
}

impl fmt::Display for DateNaissance {
    /// As given: « 12 mai 1985 », « mai 1985 », « 1985 ».
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.mois, self.jour) {
            (Some(mois), Some(jour)) => match NaiveDate::from_ymd_opt(self.annee, mois, jour) {
                Some(date) => f.write_str(&date_en_francais(date)),
                None => Err(fmt::Error),
            },
            (Some(mois), None) => write!(f, "{} {}", nom_du_mois(mois), self.annee),
            (None, _) => write!(f, "{}", self.annee),
        }
    }
}

impl fmt::Debug for DateNaissance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DateNaissance(masquée)")
    }
}

/// A field of digits; empty or zero is unknown.
fn champ(texte: &str, chiffres: usize) -> Result<Option<u32>, DateNaissanceInvalide> {
    let texte = texte.trim();
    if !texte.chars().all(|c| c.is_ascii_digit()) {
        return Err(DateNaissanceInvalide::Caractere);
    }
    if texte.len() > chiffres {
        return Err(DateNaissanceInvalide::Impossible);
    }
    Ok(texte.parse().ok().filter(|nombre| *nombre > 0))
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn aujourd_hui() -> NaiveDate {
        NaiveDate::from_ymd_opt(2029, 1, 3).unwrap()
    }

    fn lit(jour: &str, mois: &str, annee: &str) -> Result<DateNaissance, DateNaissanceInvalide> {
        DateNaissance::parse(jour, mois, annee, aujourd_hui())
    }

    #[test]
    fn a_date_is_shown_as_given() {
        for (jour, mois, annee, montre, canonique) in [
            ("12", "5", "1985", "12 mai 1985", "1985-05-12"),
            (" 01 ", "05", "1985", "1er mai 1985", "1985-05-01"),
            ("", "05", "1985", "mai 1985", "1985-05-00"),
            ("00", "00", "1985", "1985", "1985-00-00"),
            ("", "", "1900", "1900", "1900-00-00"),
            ("29", "2", "2028", "29 février 2028", "2028-02-29"),
        ] {
            let date = lit(jour, mois, annee).unwrap();
            assert_eq!((date.to_string().as_str(), date.canonique().as_str()), (montre, canonique));
        }
    }

    #[test]
    fn each_wrong_date_has_its_sentence() {
        use DateNaissanceInvalide as E;
        for (jour, mois, annee, erreur) in [
            ("12", "5", "", E::AnneeManquante),
            ("12", "5", "85", E::AnneeManquante),
            ("", "", "0000", E::AnneeManquante),
            ("12", "", "1985", E::MoisManquant),
            ("31", "4", "1985", E::Impossible),
            ("29", "2", "2027", E::Impossible),
            ("12", "13", "1985", E::Impossible),
            ("123", "1", "1985", E::Impossible),
            ("a", "1", "1985", E::Caractere),
            ("1", "1", "19８5", E::Caractere),
            ("-1", "1", "1985", E::Caractere),
            ("1", "1", "1899", E::TropAncienne),
            ("4", "1", "2029", E::Future),
            ("", "2", "2029", E::Future),
            ("", "", "2030", E::Future),
        ] {
            assert_eq!(lit(jour, mois, annee), Err(erreur), "{jour}/{mois}/{annee}");
        }
    }

    #[test]
    fn a_child_born_today_or_this_year_is_accepted() {
        for (jour, mois) in [("3", "1"), ("", "1"), ("", "")] {
            assert!(lit(jour, mois, "2029").is_ok());
        }
    }

    #[test]
    fn another_canonical_form_is_not_read() {
        for faux in ["", "1985", "1985-5-12", "1985-00-12", "1985-02-30", "12/05/1985", "1985-05-12-1", "1985-05-1é"] {
            assert_eq!(DateNaissance::depuis_canonique(faux), None, "{faux}");
        }
    }

    #[test]
    fn debug_never_shows_the_date() {
        assert!(!format!("{:?}", lit("12", "5", "1985").unwrap()).contains("85"));
    }

    proptest! {
        #[test]
        fn every_day_since_1900_is_read_and_read_back(rang in 0..47_120u64) {
            let jour = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + Days::new(rang);
            let lu = lit(&jour.day().to_string(), &jour.month().to_string(), &jour.year().to_string());
            if jour > aujourd_hui() {
                prop_assert_eq!(lu, Err(DateNaissanceInvalide::Future));
            } else {
                let lu = lu.unwrap();
                prop_assert_eq!(lu.canonique(), jour.to_string());
                prop_assert_eq!(DateNaissance::depuis_canonique(&lu.canonique()), Some(lu));
            }
        }

        #[test]
        fn any_three_fields_are_answered(jour in "\\PC{0,4}", mois in "\\PC{0,4}", annee in "\\PC{0,6}") {
            let _ = lit(&jour, &mois, &annee);
            let _ = DateNaissance::depuis_canonique(&format!("{annee}-{mois}-{jour}"));
        }
    }
}
