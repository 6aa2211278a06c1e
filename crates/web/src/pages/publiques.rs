//! The pages of the footer, open to everybody, and the text people accept at their first sign-in.

use super::Page;
use super::composants::Link;
use super::composants::html_safe;
use crate::config::Operator;
use crate::frame::Frame;
use askama::Template;

/// Version of the conditions of use. A change of the text or of the engagements takes a new one, and
/// everybody accepts it again (HA-6).
pub const VERSION_CGU: &str = "1";

/// One engagement accepted by each user in his own name (HA-15).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Engagement {
    /// Stable name, recorded with the acceptance.
    pub code: &'static str,
    /// The sentence accepted.
    pub texte: &'static str,
}

/// The engagements of art. 3.1, 4.1 and 6 and the one of confidentiality, in the order shown.
pub const ENGAGEMENTS: [Engagement; 7] = [
    Engagement {
        code: "usage_professionnel",
        texte: "J’utilise le portail pour mes seules missions professionnelles au sein de ma structure.",
    },
    Engagement {
        code: "equipement",
        texte: "Je me connecte depuis un équipement professionnel à jour et protégé par un antivirus.",
    },
    Engagement {
        code: "territoire_europeen",
        texte: "Je me connecte uniquement depuis le territoire européen, départements et régions d’outre-mer compris.",
    },
    Engagement {
        code: "identifiants",
        texte: "Je garde pour moi seul mon identifiant, mon mot de passe et mon second facteur, et je signale aussitôt leur perte, leur vol ou un usage qui n’est pas le mien.",
    },
    Engagement {
        code: "donnees",
        texte: "Je ne communique les informations obtenues par le portail à aucune personne qui n’a pas à les connaître, et je ne les utilise pour rien d’autre que la demande concernée.",
    },
    Engagement {
        code: "saisie",
        texte: "J’écris ce qui est utile au traitement de la demande, et rien de plus : ni donnée de santé, ni numéro de sécurité sociale dans les textes libres.",
    },
    Engagement {
        code: "confidentialite",
        texte: "Je respecte la confidentialité de ces informations, y compris après la fin de mes fonctions.",
    },
];

/// The text of the conditions of use, to be shown inside a page.
#[derive(Debug, Clone, Copy, Template)]
#[template(path = "publiques/cgu_texte.html")]
pub struct CguTexte;

impl CguTexte {
    fn engagements(&self) -> &'static [Engagement] {
        &ENGAGEMENTS
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
}

impl CguPage {
    /// The page of this request.
    #[must_use]
    pub fn new(frame: &Frame) -> Self {
        Self { page: Page::new(frame, "Conditions générales d’utilisation"), texte: CguTexte }
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
        let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(CguTexte.to_string()));
        insta::assert_snapshot!(format!("{VERSION_CGU} {}", &digest[..16]), @r##"1 21d76262a2042224"##);
    }

    #[test]
    fn every_engagement_is_in_the_conditions() {
        let text = CguTexte.to_string();
        for engagement in ENGAGEMENTS {
            assert!(text.contains(engagement.texte), "{}", engagement.code);
        }
    }
}
