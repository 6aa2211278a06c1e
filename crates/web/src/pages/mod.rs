//! Pages: the layout, the components and one struct a page. A page only formats what it is given.

mod accueil;
pub mod administration;
pub mod composants;
pub mod compte;
pub mod comptes;
pub mod conventions;
mod dates;
pub mod demandes;
mod demo;
mod erreur;
#[cfg(test)]
mod essais;
#[cfg(test)]
pub(crate) mod exemples;
mod feuille;
pub mod file;
mod formulaire;
pub mod habilitations;
pub(crate) mod imprime;
pub(crate) mod mots;
pub mod partenaires;
pub mod pieces;
pub mod preuves;
mod publiques;
mod recherche;
pub mod renfort;
pub mod revues;
mod typographie;

pub use accueil::{AccueilCaissePage, AccueilProfilPage, AccueilTechnicienPage, navigation};
pub use dates::{instant_en_lettres, jour_en_lettres};
pub use demo::DemonstrationPage;
pub(crate) use erreur::ErrorPage;
pub use feuille::FeuillePage;
pub use formulaire::FormState;
pub use publiques::{
    AccessibilitePage, AidePage, CguPage, CguTexte, DonneesPersonnellesPage, EtatDuServicePage, MentionsLegalesPage,
    PlanDuSitePage,
};

use crate::assets;
use crate::error::PageError;
use crate::frame::{Frame, SignedIn};
use crate::jeton::TOKEN_FIELD;
use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use composants::{Hidden, ServiceNavigation};
use domain::demande::Sorte;
use http::StatusCode;
use http::header::CONTENT_LENGTH;

/// What the layout shows around a page. Every page struct has it as its field `page`.
#[derive(Clone)]
pub struct Page {
    frame: Frame,
    title: String,
    refused: bool,
    marked: bool,
}

impl Page {
    /// The title is also the page's `h1`; the product's name is added to it in the tab.
    #[must_use]
    pub fn new(frame: &Frame, title: impl Into<String>) -> Self {
        Self { frame: frame.clone(), title: title.into(), refused: false, marked: true }
    }

    /// Begins the title with « Erreur : » when the form was refused.
    #[must_use]
    pub fn form(mut self, form: &FormState) -> Self {
        self.refused = form.has_errors();
        self
    }

    /// Marks no entry of the navigation: an error page is the same wherever it appears.
    pub(crate) fn unmarked(mut self) -> Self {
        self.marked = false;
        self
    }

    /// The title for the `h1`.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The title for the tab: « Erreur : … – Espace Partenaires ».
    #[must_use]
    pub fn full_title(&self) -> String {
        let prefix = if self.refused { "Erreur : " } else { "" };
        format!("{prefix}{} – {}", self.title, self.product())
    }

    /// The hidden field every form that posts begins with: `{{ page.token_field() }}`.
    #[must_use]
    pub fn token_field(&self) -> Hidden {
        Hidden::new(TOKEN_FIELD, self.frame.token())
    }

    /// The form token alone, for a partial that makes its own field.
    #[must_use]
    pub fn token(&self) -> String {
        self.frame.token()
    }

    /// The product's name.
    #[must_use]
    pub fn product(&self) -> &str {
        &self.frame.config().product
    }

    /// Who is signed in.
    #[must_use]
    pub fn signed(&self) -> Option<&SignedIn> {
        self.frame.signed()
    }

    /// Whether the person's own navigation leads there: a page links only to what is open to its reader.
    #[must_use]
    pub fn offers(&self, href: &str) -> bool {
        self.signed().is_some_and(|signed| signed.navigation.iter().any(|link| link.href() == href))
    }

    /// The kinds of demande open to the reader.
    #[must_use]
    pub fn kinds(&self) -> &[Sorte] {
        self.signed().map_or(&[], |signed| signed.sortes.as_slice())
    }

    /// The request id.
    #[must_use]
    pub fn request_id(&self) -> &str {
        self.frame.request_id()
    }

    /// Text of the demonstration band.
    #[must_use]
    pub fn demo(&self) -> Option<&str> {
        self.frame.config().demo.as_deref()
    }

    /// The line at the bottom.
    #[must_use]
    pub fn affiliation(&self) -> &str {
        &self.frame.config().affiliation
    }

    /// Announcements above the content.
    #[must_use]
    pub fn announcements(&self) -> &[String] {
        &self.frame.config().announcements
    }

    /// Seconds until the session ends; nobody signed in, no warning.
    #[must_use]
    pub fn session_seconds(&self) -> Option<u32> {
        self.signed().map(|signed| signed.session_seconds)
    }

    /// The main ways, with the one being read marked.
    #[must_use]
    pub fn navigation(&self) -> ServiceNavigation {
        let links = self.signed().map(|signed| signed.navigation.clone()).unwrap_or_default();
        let navigation = ServiceNavigation::new(links);
        if self.marked { navigation.at(self.frame.path()) } else { navigation }
    }

    /// Address of an embedded file.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }
}

/// Renders a page with a status. A template that cannot be written gives the 500 page.
pub fn respond(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => {
            let html = typographie::french(&html);
            (status, [(CONTENT_LENGTH, html.len())], Html(html)).into_response()
        }
        Err(error) => PageError::internal(error).into_response(),
    }
}
