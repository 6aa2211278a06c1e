//! Pages put together from parts: title, notice, then headings, sentences, tables and forms in their order. Habilitations,
//! reviews, proofs, structures, conventions, acts on comptes and the comptes of the desk are made of them.

use super::composants::{BackLink, ErrorSummary, Hidden, Markup, NotificationBanner, html_safe};
use super::{FormState, Page};
use crate::frame::Frame;
use askama::Template;

/// A page made of parts.
#[derive(Template)]
#[template(path = "feuille.html")]
pub struct FeuillePage {
    page: Page,
    retour: Option<BackLink>,
    erreurs: ErrorSummary,
    avis: Option<NotificationBanner>,
    legende: String,
    large: bool,
    contenu: Markup,
}

impl FeuillePage {
    /// A page with its title and what was refused in its form; as wide as a text is read.
    #[must_use]
    pub fn new(frame: &Frame, titre: impl Into<String>, form: &FormState) -> Self {
        Self {
            page: Page::new(frame, titre).form(form),
            retour: None,
            erreurs: form.summary(),
            avis: None,
            legende: String::new(),
            large: false,
            contenu: Markup::default(),
        }
    }

    /// Leads back to another page.
    #[must_use]
    pub fn retour(mut self, texte: &str, href: impl Into<String>) -> Self {
        self.retour = Some(BackLink::to(texte, href));
        self
    }

    /// Says above the title what the page belongs to.
    #[must_use]
    pub fn legende(mut self, legende: impl Into<String>) -> Self {
        self.legende = legende.into();
        self
    }

    /// Says what was just done.
    #[must_use]
    pub fn avis(mut self, fait: Option<&'static str>) -> Self {
        self.avis = fait.map(NotificationBanner::success);
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

    /// Adds a part that is there only sometimes.
    #[must_use]
    pub fn with_some(self, part: Option<impl Template>) -> Self {
        match part {
            Some(part) => self.with(&part),
            None => self,
        }
    }

    /// Adds what is already rendered.
    #[must_use]
    pub fn with_markup(mut self, part: &Markup) -> Self {
        self.contenu = self.contenu.and_markup(part);
        self
    }

    /// Adds a heading.
    #[must_use]
    pub fn titre(self, texte: &str) -> Self {
        self.with(&Titre::new(texte))
    }

    /// Adds a paragraph.
    #[must_use]
    pub fn phrase(self, texte: &str) -> Self {
        self.with(&Phrase::new(texte))
    }
}

/// A heading inside a page.
#[derive(Template)]
#[template(source = "<h2 class=\"govuk-heading-m\">{{ texte }}</h2>", ext = "html")]
pub(super) struct Titre<'a> {
    texte: &'a str,
}

impl<'a> Titre<'a> {
    pub(super) const fn new(texte: &'a str) -> Self {
        Self { texte }
    }
}

/// A paragraph: a text, or a link alone on its line.
#[derive(Template)]
#[template(source = "<p class=\"govuk-body\">{{ contenu }}</p>", ext = "html")]
pub(super) struct Phrase {
    contenu: Markup,
}

impl Phrase {
    pub(super) fn new(contenu: impl Into<Markup>) -> Self {
        Self { contenu: contenu.into() }
    }
}

/// A form: its fields and buttons in their order. One that posts begins with the token.
#[derive(Template)]
#[template(
    source = "<form method=\"{% if jeton.is_some() %}post{% else %}get{% endif %}\" action=\"{{ action }}\" novalidate{% if fichiers %} enctype=\"multipart/form-data\"{% endif %}>{% if let Some(jeton) = jeton %}{{ jeton }}{% endif %}{{ contenu }}</form>",
    ext = "html"
)]
pub(super) struct Formulaire {
    action: String,
    jeton: Option<Hidden>,
    fichiers: bool,
    contenu: Markup,
}

impl Formulaire {
    /// A form that changes something.
    pub(super) fn post(frame: &Frame, action: impl Into<String>) -> Self {
        Self { jeton: Some(Page::new(frame, "").token_field()), ..Self::get(action) }
    }

    /// A form that only chooses what is shown.
    pub(super) fn get(action: impl Into<String>) -> Self {
        Self { action: action.into(), jeton: None, fichiers: false, contenu: Markup::default() }
    }

    /// Sends files too.
    pub(super) fn files(mut self) -> Self {
        self.fichiers = true;
        self
    }

    /// Adds a field or a button.
    pub(super) fn with(mut self, part: &impl Template) -> Self {
        self.contenu = self.contenu.and(part);
        self
    }

    /// Adds a field that is there only sometimes.
    pub(super) fn with_some(self, part: Option<impl Template>) -> Self {
        match part {
            Some(part) => self.with(&part),
            None => self,
        }
    }

    /// Adds what is already rendered.
    pub(super) fn with_markup(mut self, part: &Markup) -> Self {
        self.contenu = self.contenu.and_markup(part);
        self
    }

    /// Adds a value that is sent without being shown.
    pub(super) fn hidden(self, nom: &str, valeur: impl Into<String>) -> Self {
        self.with(&Hidden::new(nom, valeur))
    }

    /// Adds the version that its page is made from.
    pub(super) fn version(self, version: i64) -> Self {
        self.hidden("version", version.to_string())
    }
}

html_safe!(Formulaire);

/// What was just done, told once above a page: its word in the address, and the sentence.
pub(super) fn done(word: Option<&str>, known: &[(&str, &'static str)]) -> Option<&'static str> {
    known.iter().find(|(mot, _)| word == Some(*mot)).map(|(_, sentence)| *sentence)
}
