//! What is typed to cut a structure, or to take a cut back.

use crate::demande::garde_texte;
use crate::error::{AppError, ErreurChamp, Outcome};
use chrono::NaiveDate;
use domain::calendrier::date_en_francais;
use store::coupure::Decision;

/// Characters of a reason.
const MOTIF: usize = 2_000;

/// A cut as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoupureSaisie {
    /// What was done against the convention or the conditions of use.
    pub motif: String,
    /// Quality of who decided.
    pub par: String,
    /// Day of the decision.
    pub le: Option<NaiveDate>,
    /// Means of the notice.
    pub moyen: String,
    /// Number of the letter, or what else proves it.
    pub numero: String,
    /// Day of sending.
    pub envoyee_le: Option<NaiveDate>,
}

/// Why a cut is taken back, or an access reopened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reprise {
    /// In words.
    pub motif: String,
}

impl CoupureSaisie {
    /// Reads every field. A decision and a letter are not of tomorrow; what is told by provable means has its number.
    ///
    /// # Errors
    /// Every field that is refused.
    pub(super) fn lis(&self, aujourdhui: NaiveDate) -> Result<Decision, Vec<ErreurChamp>> {
        let mut e = Vec::new();
        let mut text =
            |champ: &str, typed: &str, max, missing| super::super::text(champ, typed, (max, missing), &mut e);
        let motif = text("motif", &self.motif, MOTIF, "Dites ce que la caisse reproche à la structure.");
        let par = text("par", &self.par, 200, "Indiquez la qualité de la personne qui a pris la décision.");
        let moyen = text("moyen", &self.moyen, 100, "Choisissez le moyen de la notification.");
        let numero = text("numero", &self.numero, 100, "Saisissez le numéro de la lettre, ou ce qui prouve la remise.");
        let le = day("le", self.le, aujourdhui, "Donnez la date de la décision.", &mut e);
        let envoyee = day("envoyee_le", self.envoyee_le, aujourdhui, "Donnez la date de l’envoi.", &mut e);
        if let (Some(le), Some(envoyee)) = (le, envoyee)
            && envoyee < le
        {
            e.push(ErreurChamp::new("envoyee_le", "La notification part après la décision, ou le même jour."));
        }
        match (le, envoyee) {
            (Some(le), Some(envoyee_le)) if e.is_empty() => Ok(Decision { motif, par, le, moyen, numero, envoyee_le }),
            _ => Err(e),
        }
    }
}

fn day(
    champ: &str,
    le: Option<NaiveDate>,
    aujourdhui: NaiveDate,
    missing: &str,
    e: &mut Vec<ErreurChamp>,
) -> Option<NaiveDate> {
    match le {
        None => e.push(ErreurChamp::new(champ, missing)),
        Some(le) if le > aujourdhui => e.push(ErreurChamp::new(champ, "Cette date est dans l’avenir.")),
        Some(le) => return Some(le),
    }
    None
}

/// Refuses a day that is not between two others, both included.
pub(super) fn between(champ: &str, jour: NaiveDate, (de, a): (NaiveDate, NaiveDate)) -> Outcome<()> {
    if (de..=a).contains(&jour) {
        return Ok(());
    }
    let message = format!("Donnez une date entre le {} et le {}.", date_en_francais(de), date_en_francais(a));
    Err(AppError::Saisie(vec![ErreurChamp::new(champ, message)]))
}

impl Reprise {
    pub(super) fn lis(&self) -> Outcome<String> {
        let mut e = Vec::new();
        let motif = garde_texte("motif", &self.motif, MOTIF, &mut e);
        if motif.is_empty() {
            e.push(ErreurChamp::new("motif", "Dites pourquoi l’accès est rouvert."));
        }
        if e.is_empty() { Ok(motif) } else { Err(AppError::Saisie(e)) }
    }
}
