//! Confirmation before a demande is withdrawn.

use crate::frame::Frame;
use crate::pages::Page;
use crate::pages::composants::{BackLink, Button, WarningText};
use crate::pages::mots::demande_path;
use app::demande::Fiche;
use askama::Template;

/// « Annuler la demande ? »
#[derive(Template)]
#[template(path = "demandes/annulation.html")]
pub struct AnnulationPage {
    page: Page,
    retour: BackLink,
    reference: String,
    version: i64,
    attention: WarningText,
    annuler: Button,
    refaire: Button,
    /// Whether files were sent with it: they stay with the demande.
    pieces: bool,
    garder: String,
}

impl AnnulationPage {
    /// The demande that would be withdrawn.
    #[must_use]
    pub fn new(frame: &Frame, fiche: &Fiche) -> Self {
        let reference = fiche.demande.reference.clone();
        let path = demande_path(&reference);
        Self {
            page: Page::new(frame, format!("Annuler la demande {reference} ?")),
            retour: BackLink::to("Page de la demande", path.as_str()),
            version: fiche.demande.version,
            pieces: !fiche.pieces.is_empty(),
            attention: WarningText::new("Une demande annulée ne peut pas être rouverte."),
            annuler: Button::submit("Annuler la demande").warning(),
            refaire: Button::submit("Annuler et refaire").secondary().named("refaire", "oui"),
            garder: path,
            reference,
        }
    }
}
