//! The pages of the footer, open to everybody, and the text people accept at their first sign-in.

use super::Page;
use super::composants::Link;
use super::composants::html_safe;
use crate::config::Operator;
use crate::frame::Frame;
use askama::Template;
use domain::compte::conditions::{ARTICLES, Article};
use domain::compte::engagements::{Nature, par_profil};

/// The text of the conditions of use, to be shown inside a page.
#[derive(Debug, Clone, Copy, Template)]
#[template(path = "publiques/cgu_texte.html")]
pub struct CguTexte {
    sous_titre: bool,
}

impl CguTexte {
    /// Under the heading of a page.
    #[must_use]
    pub const fn page() -> Self {
        Self { sous_titre: false }
    }

    /// Under a heading inside a page.
    #[must_use]
    pub const fn section() -> Self {
        Self { sous_titre: true }
    }

    fn version(&self) -> &'static str {
        Nature::Cgu.version()
    }

    fn articles(&self) -> &'static [Article] {
        &ARTICLES
    }
}

html_safe!(CguTexte);

/// What the operator said, or that it did not.
fn told(value: Option<&String>) -> &str {
    value.map_or("non renseigné sur cette installation", String::as_str)
}

/// Declares the public pages: one struct each, made from the frame alone.
macro_rules! public_pages {
    ($($(#[$doc:meta])* $name:ident, $title:literal, $path:literal;)+) => { $(
        $(#[$doc])*
        #[derive(Template)]
        #[template(path = $path)]
        pub struct $name {
            page: Page,
        }

        impl $name {
            /// The page of this request.
            #[must_use]
            pub fn new(frame: &Frame) -> Self {
                Self { page: Page::new(frame, $title) }
            }
        }
    )+ };
}

public_pages! {
    /// Declaration of accessibility (AC-1).
    AccessibilitePage, "Accessibilité : non conforme", "publiques/accessibilite.html";
    /// Who publishes and hosts.
    MentionsLegalesPage, "Mentions légales", "publiques/mentions_legales.html";
    /// Information notice of articles 12 to 14 of the GDPR (RG-1).
    DonneesPersonnellesPage, "Données personnelles", "publiques/donnees_personnelles.html";
    /// Plan of the site.
    PlanDuSitePage, "Plan du site", "publiques/plan_du_site.html";
    /// Help.
    AidePage, "Aide", "publiques/aide.html";
    /// State of the service (DI-1).
    EtatDuServicePage, "État du service", "publiques/etat_du_service.html";
}

/// The conditions of use (HA-6, HA-15).
#[derive(Template)]
#[template(path = "publiques/cgu.html")]
pub struct CguPage {
    page: Page,
    texte: CguTexte,
    version: &'static str,
    personnels: &'static [&'static str],
    gestionnaire: &'static [&'static str],
}

impl CguPage {
    /// The page of this request.
    #[must_use]
    pub fn new(frame: &Frame) -> Self {
        let (personnels, gestionnaire) = par_profil();
        Self {
            page: Page::new(frame, Nature::Cgu.titre()),
            texte: CguTexte::page(),
            version: Nature::Engagements.version(),
            personnels,
            gestionnaire,
        }
    }
}

impl Page {
    fn operator(&self) -> &Operator {
        &self.frame.config().operator
    }

    /// The links of the person's own navigation, for the plan of the site.
    fn own_links(&self) -> Vec<Link> {
        self.signed().map(|signed| signed.navigation.clone()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    #[test]
    fn the_conditions_cannot_change_without_a_new_version() {
        insta::assert_snapshot!(dated(Nature::Cgu, CguTexte::page().to_string()), @"1 e364d8f8d49803b2");
        let (personnels, gestionnaire) = par_profil();
        insta::assert_snapshot!(dated(Nature::Engagements, [personnels, gestionnaire].concat().join("|")), @"1 f14f7d991e10e836");
    }

    fn dated(nature: Nature, text: String) -> String {
        format!("{} {}", nature.version(), &data_encoding::HEXLOWER.encode(&Sha256::digest(text))[..16])
    }

    #[test]
    fn every_engagement_is_on_the_page_of_the_conditions() {
        let frame = Frame::new(crate::testing::config(), "req-1".into(), "/cgu".into());
        let page = scraper::Html::parse_document(&CguPage::new(&frame).to_string());
        let text: String = page.root_element().text().collect();
        let (personnels, gestionnaire) = par_profil();
        for engagement in personnels.iter().chain(gestionnaire) {
            assert!(text.contains(engagement), "{engagement}");
        }
    }
}
