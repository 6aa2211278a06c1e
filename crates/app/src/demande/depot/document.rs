//! « Demander un document ».

use super::lecture::{Lecture, sous_type};
use super::{Besoin, MOTIF_MAX};
use domain::convention::{Qualite, SousType};
use domain::demande::Sorte;

impl Lecture<'_> {
    pub(super) fn document(&mut self) -> Option<Besoin> {
        let documents = self.codes("documents", sous_type(Sorte::Document));
        if documents.as_ref().is_some_and(Vec::is_empty) {
            self.error("documents", "Cochez au moins un document.");
        }
        let other = documents.as_ref().is_some_and(|d| d.contains(&SousType::AutreDocument));
        let autre = self.needed("autre_document", MOTIF_MAX, other, "Dites quel autre document vous demandez.");
        let qualite = self.optional("qualite", Qualite::du_code);
        Some(Besoin::Document { documents: documents?, autre, qualite })
    }
}
