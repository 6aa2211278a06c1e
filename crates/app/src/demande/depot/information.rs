//! How and when the person was informed, before any filing (DE-3). Nothing is ticked in advance.

use super::lecture::Lecture;
use chrono::NaiveDate;
use domain::demande::Mode;

/// How, and when.
pub(super) struct Information {
    pub(super) mode: Mode,
    pub(super) le: NaiveDate,
}

impl Lecture<'_> {
    pub(super) fn information(&mut self) -> Option<Information> {
        let absent = "Dites comment la personne a été informée de cette demande.";
        let mode = self.code("information", Mode::from_code, absent);
        let le = self.informee_le();
        Some(Information { mode: mode?, le: le? })
    }

    /// Today when nothing is typed.
    fn informee_le(&mut self) -> Option<NaiveDate> {
        let (read, aujourdhui) = (self.day("informee"), self.aujourdhui);
        let message = match read {
            Ok(None) => return Some(aujourdhui),
            Ok(Some(le)) if le <= aujourdhui => return Some(le),
            Ok(Some(_)) => "La date d’information ne peut pas être dans le futur.",
            Err(()) => "Indiquez un jour, un mois et une année qui existent, ou laissez vide pour aujourd’hui.",
        };
        self.error("informee_jour", message);
        None
    }
}
