//! « Contacter votre organisme d'assurance Maladie ».

use super::Besoin;
use super::lecture::Lecture;

/// Longest object of a message: a line.
const OBJET_MAX: usize = 120;

impl Lecture<'_> {
    pub(super) fn contacter(&mut self) -> Option<Besoin> {
        let objet = self.needed("objet", OBJET_MAX, true, "Dites en quelques mots l’objet de votre message.");
        Some(Besoin::Contacter { objet })
    }
}
