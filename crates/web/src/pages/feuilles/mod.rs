//! Pages of habilitations, reviews, proofs and administration: a heading, a notice, and parts put together in order.

pub mod administration;
pub mod demarches;
pub mod fiche;
pub mod lien;
pub mod preuves;
pub mod revues;
pub mod saisies;
pub mod structures;

use super::composants::{BackLink, ErrorSummary, Hidden, Markup, NotificationBanner};
use super::{FormState, Page};
use crate::frame::Frame;
use askama::Template;

/// A page made of parts.
#[derive(Template)]
#[template(path = "feuilles/feuille.html")]
pub struct FeuillePage {
    page: Page,
    retour: Option<BackLink>,
    avis: Option<NotificationBanner>,
    erreurs: ErrorSummary,
    large: bool,
    contenu: Markup,
}

impl FeuillePage {
    /// An empty page with its title.
    #[must_use]
    pub fn new(frame: &Frame, title: impl Into<String>, form: &FormState) -> Self {
        Self {
            page: Page::new(frame, title).form(form),
            retour: None,
            avis: None,
            erreurs: form.summary(),
            large: false,
            contenu: Markup::default(),
        }
    }

    /// Leads back to another page.
    #[must_use]
    pub fn back(mut self, href: impl Into<String>) -> Self {
        self.retour = Some(BackLink::new(href));
        self
    }

    /// Says what was just done.
    #[must_use]
    pub fn told(mut self, avis: Option<NotificationBanner>) -> Self {
        self.avis = avis;
        self
    }

    /// Takes the whole width, for tables.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.large = true;
        self
    }

    /// Adds a part.
    #[must_use]
    pub fn with(mut self, part: &impl Template) -> Self {
        self.contenu = self.contenu.and(part);
        self
    }

    /// Adds what is already rendered.
    #[must_use]
    pub fn with_markup(mut self, part: &Markup) -> Self {
        self.contenu = self.contenu.and_markup(part);
        self
    }

    /// Adds a paragraph.
    #[must_use]
    pub fn para(self, texte: &str) -> Self {
        self.with(&Paragraphe { texte })
    }

    /// Adds a heading.
    #[must_use]
    pub fn heading(self, texte: &str) -> Self {
        self.with(&Titre { texte })
    }

    /// Adds a form that posts to an address.
    #[must_use]
    pub fn form(self, action: &str, contenu: &Markup) -> Self {
        let jeton = self.page.token_field();
        self.with(&Formulaire { action, jeton, contenu })
    }
}

#[derive(Template)]
#[template(source = "<p class=\"govuk-body\">{{ texte }}</p>", ext = "html")]
pub(super) struct Paragraphe<'a> {
    pub(super) texte: &'a str,
}

#[derive(Template)]
#[template(source = "<h2 class=\"govuk-heading-m\">{{ texte }}</h2>", ext = "html")]
pub(super) struct Titre<'a> {
    pub(super) texte: &'a str,
}

#[derive(Template)]
#[template(path = "feuilles/formulaire.html")]
struct Formulaire<'a> {
    action: &'a str,
    jeton: Hidden,
    contenu: &'a Markup,
}

#[derive(Template)]
#[template(path = "feuilles/filtre.html")]
pub(super) struct Filtre<'a> {
    pub(super) action: &'a str,
    pub(super) contenu: &'a Markup,
}

/// A link inside a part.
#[derive(Template)]
#[template(path = "feuilles/lien.html")]
pub(super) struct Ancre<'a> {
    pub(super) texte: &'a str,
    pub(super) href: String,
}

/// A link as markup, for cells.
pub(super) fn link(texte: &str, href: impl Into<String>) -> Markup {
    Markup::of(&Ancre { texte, href: href.into() })
}

/// What was just done, told once above a page: its word in the address, and the sentence.
pub(super) fn done(word: Option<&str>, known: &[(&str, &str)]) -> Option<NotificationBanner> {
    let sentence = known.iter().find(|(mot, _)| word == Some(*mot))?.1;
    Some(NotificationBanner::success(sentence))
}
