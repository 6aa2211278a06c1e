//! What the pages of conventions are made of: one page struct, headings, paragraphs, forms.

use crate::frame::Frame;
use crate::pages::composants::{BackLink, Button, ErrorSummary, Hidden, Markup, NotificationBanner, html_safe};
use crate::pages::{FormState, Page};
use askama::Template;

/// A page on conventions.
#[derive(Template)]
#[template(path = "conventions/page.html")]
pub struct ConventionsPage {
    pub(super) page: Page,
    retour: Option<BackLink>,
    erreurs: ErrorSummary,
    avis: Option<NotificationBanner>,
    contenu: Markup,
}

impl ConventionsPage {
    /// A page with its title and content.
    pub(super) fn new(frame: &Frame, title: impl Into<String>, contenu: Markup) -> Self {
        let (page, erreurs) = (Page::new(frame, title), FormState::new().summary());
        Self { page, retour: None, erreurs, avis: None, contenu }
    }

    /// Back to another page.
    pub(super) fn back(mut self, text: &str, href: impl Into<String>) -> Self {
        self.retour = Some(BackLink::to(text, href));
        self
    }

    /// Says what was refused in its form.
    pub(super) fn refused(mut self, form: &FormState) -> Self {
        self.page = self.page.form(form);
        self.erreurs = form.summary();
        self
    }

    /// Says what was just done.
    #[must_use]
    pub fn done(mut self, avis: Option<&'static str>) -> Self {
        self.avis = avis.map(NotificationBanner::success);
        self
    }
}

#[derive(Template)]
#[template(
    source = "<h2 class=\"govuk-heading-m\"{% if let Some(id) = id %} id=\"{{ id }}\"{% endif %}>{{ texte }}</h2>",
    ext = "html"
)]
pub(super) struct Heading<'a> {
    pub(super) texte: &'a str,
    pub(super) id: Option<&'a str>,
}

#[derive(Template)]
#[template(source = "<p class=\"govuk-body\">{{ texte }}</p>", ext = "html")]
pub(super) struct Paragraph<'a> {
    pub(super) texte: &'a str,
}

#[derive(Template)]
#[template(
    source = "<ul class=\"govuk-list govuk-list--bullet\">{% for item in items %}<li>{{ item }}</li>{% endfor %}</ul>",
    ext = "html"
)]
pub(super) struct Bullets {
    pub(super) items: Vec<Markup>,
}

#[derive(Template)]
#[template(
    source = "<form method=\"post\" action=\"{{ action }}\"{% if fichiers %} enctype=\"multipart/form-data\"{% endif %} novalidate>{{ jeton }}{{ contenu }}</form>",
    ext = "html"
)]
struct Form<'a> {
    action: &'a str,
    fichiers: bool,
    jeton: Hidden,
    contenu: &'a Markup,
}

/// A file to choose.
#[derive(Template)]
#[template(
    source = "<div class=\"govuk-form-group{% if erreur.is_some() %} govuk-form-group--error{% endif %}\"><label class=\"govuk-label\" for=\"{{ nom }}\">{{ libelle }}</label><div id=\"{{ nom }}-indice\" class=\"govuk-hint\">{{ indice }}</div>{% if let Some(erreur) = erreur %}<p id=\"{{ nom }}-erreur\" class=\"govuk-error-message\"><span class=\"govuk-visually-hidden\">Erreur :</span> {{ erreur }}</p>{% endif %}<input class=\"govuk-file-upload\" type=\"file\" id=\"{{ nom }}\" name=\"{{ nom }}\" accept=\".toml\" aria-describedby=\"{{ nom }}-indice{% if erreur.is_some() %} {{ nom }}-erreur{% endif %}\"></div>",
    ext = "html"
)]
pub(super) struct TomlInput<'a> {
    pub(super) nom: &'a str,
    pub(super) libelle: &'a str,
    pub(super) indice: &'a str,
    pub(super) erreur: Option<&'a str>,
}

html_safe!(Bullets);

/// Content added piece by piece.
#[derive(Default)]
pub(super) struct Contenu(pub(super) Markup);

impl Contenu {
    pub(super) fn heading(self, texte: &str) -> Self {
        Self(self.0.and(&Heading { texte, id: None }))
    }

    pub(super) fn paragraph(self, texte: &str) -> Self {
        Self(self.0.and(&Paragraph { texte }))
    }

    pub(super) fn add(self, template: &impl Template) -> Self {
        Self(self.0.and(template))
    }

    pub(super) fn opt(self, template: Option<impl Template>) -> Self {
        match template {
            Some(template) => self.add(&template),
            None => self,
        }
    }

    pub(super) fn markup(self, markup: &Markup) -> Self {
        Self(self.0.and_markup(markup))
    }

    pub(super) fn bullets(self, items: Vec<Markup>) -> Self {
        if items.is_empty() { self } else { self.add(&Bullets { items }) }
    }

    /// A form that posts, with the version its page was made from.
    pub(super) fn form(self, frame: &Frame, (action, version): (&str, i64), champs: Self) -> Self {
        let contenu = champs.0.and(&Hidden::new("version", version.to_string()));
        self.posted(frame, action, false, &contenu)
    }

    /// As [`Self::form`], with files.
    pub(super) fn form_with_files(self, frame: &Frame, (action, version): (&str, i64), champs: Self) -> Self {
        let contenu = champs.0.and(&Hidden::new("version", version.to_string()));
        self.posted(frame, action, true, &contenu)
    }

    fn posted(self, frame: &Frame, action: &str, fichiers: bool, contenu: &Markup) -> Self {
        let jeton = Page::new(frame, "").token_field();
        Self(self.0.and(&Form { action, fichiers, jeton, contenu }))
    }

    pub(super) fn submit(self, texte: &str) -> Self {
        self.add(&Button::submit(texte))
    }
}

/// Labels of the domain with the apostrophe of pages.
pub(super) fn mot(texte: &str) -> String {
    texte.replace('\'', "’")
}

/// « La convention métier », where a line begins.
pub(super) fn en_tete(texte: &str) -> String {
    let mut lettres = texte.chars();
    let premiere: String = lettres.next().map(|l| l.to_uppercase().collect()).unwrap_or_default();
    mot(&format!("{premiere}{}", lettres.as_str()))
}
