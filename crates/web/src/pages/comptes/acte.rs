//! One form for every act on comptes: what it does, the fields, the second factor where it is asked for, the button.

use crate::frame::Frame;
use crate::pages::composants::{
    BackLink, Button, ButtonGroup, ErrorSummary, Link, Markup, NotificationBanner, SummaryList, WarningText,
};
use crate::pages::renfort::code_de_renfort;
use crate::pages::{FormState, Page};
use askama::Template;

/// The page of an act.
#[derive(Template)]
#[template(path = "comptes/acte.html")]
pub struct ActePage {
    page: Page,
    retour: BackLink,
    avis: Option<NotificationBanner>,
    erreurs: ErrorSummary,
    intro: Vec<String>,
    resume: Option<SummaryList>,
    attention: Option<WarningText>,
    champs: Markup,
    action: String,
    boutons: ButtonGroup,
}

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

impl ActePage {
    pub(super) fn new(frame: &Frame, form: &FormState, acte: Acte) -> Self {
        let code = if acte.protege { code_de_renfort(frame, form) } else { None };
        let champs = match &code {
            Some(code) => acte.champs.and(code),
            None => acte.champs,
        };
        Self {
            page: Page::new(frame, acte.titre).form(form),
            retour: BackLink::to(acte.retour.0, acte.retour.1.as_str()),
            avis: None,
            erreurs: form.summary(),
            intro: acte.intro,
            resume: acte.resume,
            attention: acte.attention.map(WarningText::new),
            champs,
            action: acte.action,
            boutons: ButtonGroup::new(&acte.bouton).with(&Link::new("Annuler", acte.retour.1)),
        }
    }

    /// Saying what was just done, by the word of an address.
    #[must_use]
    pub fn done(mut self, fait: Option<&str>) -> Self {
        self.avis = fait.and_then(super::fait).map(NotificationBanner::success);
        self
    }
}
