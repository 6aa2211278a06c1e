//! « Demander un rendez-vous pour un assuré » (RV-1).

use super::Besoin;
use super::lecture::{Lecture, sous_type};
use domain::demande::{DemiJournee, ModeRendezVous, Sorte};

impl Lecture<'_> {
    pub(super) fn rendez_vous(&mut self) -> Option<Besoin> {
        let motif = self.code("motif", sous_type(Sorte::RendezVous), "Choisissez le motif du rendez-vous.");
        let mode = self.code("mode", ModeRendezVous::from_code, "Choisissez la forme du rendez-vous.");
        let demi_journees = self.codes("demi_journees", DemiJournee::from_code);
        Some(Besoin::RendezVous { motif: motif?, mode: mode?, demi_journees: demi_journees? })
    }
}
