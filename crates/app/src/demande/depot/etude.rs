//! « Soumettre une demande d'étude de dossier ».

use super::lecture::{Lecture, sous_type};
use super::{Besoin, MOTIF_MAX};
use chrono::NaiveDate;
use domain::convention::SousType;
use domain::demande::Sorte;

impl Lecture<'_> {
    pub(super) fn etude(&mut self) -> Option<Besoin> {
        let etude = self.code("etude", sous_type(Sorte::Etude), "Choisissez le type d’étude de dossier.");
        let other = etude == Some(SousType::AutreEtude);
        let autre = self.needed("autre_etude", MOTIF_MAX, other, "Dites quelle autre étude de dossier vous demandez.");
        let echeance = self.echeance();
        Some(Besoin::Etude { etude: etude?, autre, echeance })
    }

    /// Counts only when the demande is urgent: the page asks it there.
    fn echeance(&mut self) -> Option<NaiveDate> {
        if !self.ticked("urgent") {
            return None;
        }
        let (read, aujourdhui) = (self.day("echeance"), self.aujourdhui);
        let message = match read {
            Ok(None) => return None,
            Ok(Some(le)) if le >= aujourdhui => return Some(le),
            Ok(Some(_)) => "Cette date est passée : indiquez la date à laquelle la réponse est attendue.",
            Err(()) => "Indiquez un jour, un mois et une année qui existent, ou laissez la date vide.",
        };
        self.error("echeance_jour", message);
        None
    }
}
