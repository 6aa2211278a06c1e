//! One form for every act on comptes: what it does, the fields, the second factor where it is asked for, the button.

use crate::frame::Frame;
use crate::pages::FormState;
use crate::pages::composants::{Button, ButtonGroup, Link, Markup, SummaryList, WarningText};
use crate::pages::feuille::{FeuillePage, Formulaire};
use crate::pages::renfort::code_de_renfort;

/// What the page of an act is made of.
pub(super) struct Acte {
    pub(super) titre: String,
    pub(super) action: String,
    /// Where « Annuler » leads.
    pub(super) retour: (&'static str, String),
    pub(super) intro: Vec<String>,
    pub(super) resume: Option<SummaryList>,
    pub(super) attention: Option<&'static str>,
    pub(super) champs: Markup,
    pub(super) bouton: Button,
    /// Whether a second factor is asked for.
    pub(super) protege: bool,
}

impl Acte {
    /// The page, with what was refused in its form.
    pub(super) fn page(self, frame: &Frame, form: &FormState) -> FeuillePage {
        let (texte, href) = self.retour;
        let page = FeuillePage::new(frame, self.titre, form).retour(texte, href.as_str());
        let page = self.intro.iter().fold(page, |page, phrase| page.phrase(phrase));
        let formulaire = Formulaire::post(frame, self.action)
            .with_markup(&self.champs)
            .with_some(code_de_renfort(frame, form).filter(|_| self.protege))
            .with(&ButtonGroup::new(&self.bouton).with(&Link::new("Annuler", href)));
        page.with_some(self.resume).with_some(self.attention.map(WarningText::new)).with(&formulaire)
    }
}
