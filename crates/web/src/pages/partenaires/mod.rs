//! Pages of structures and of what a caisse shares with them. One layout for all: title, sections, forms.

mod actualites;
mod arret;
mod coupure;
mod echanges;
mod fiche;
mod liste;
mod parties;
mod personne;
mod pieces;
mod union;

pub use actualites::{actualites, news_block};
pub use arret::ArretPage;
pub use coupure::coupure;
pub use echanges::echanges;
pub use fiche::{Annonce, fiche, ma_structure};
pub use liste::liste;
pub use parties::{Modele, creation, faits};
pub use personne::{dpo, interlocuteur, retrait};
pub use pieces::{document, pieces};
pub use union::adhesions;

use super::composants::{BackLink, Button, ErrorSummary, Hidden, Markup, NotificationBanner};
use super::{FormState, Page};
use crate::frame::Frame;
use askama::Template;

/// Where the référent's list is.
pub const LISTE: &str = "/partenaires";
/// Where news are.
pub const ACTUALITES: &str = "/actualites";
/// Where a gestionnaire reads the sheets of his structure.
pub const MA_STRUCTURE: &str = "/ma-structure/fiche";

/// A page of this area.
#[derive(Template)]
#[template(path = "partenaires/page.html")]
pub struct Feuillet {
    page: Page,
    retour: Option<BackLink>,
    erreurs: ErrorSummary,
    avis: Option<NotificationBanner>,
    legende: String,
    contenu: Markup,
}

impl Feuillet {
    fn new(frame: &Frame, titre: impl Into<String>, form: &FormState) -> Self {
        Self {
            page: Page::new(frame, titre).form(form),
            retour: None,
            erreurs: form.summary(),
            avis: None,
            legende: String::new(),
            contenu: Markup::default(),
        }
    }

    fn retour(mut self, texte: &str, href: &str) -> Self {
        self.retour = Some(BackLink::to(texte, href));
        self
    }

    fn legende(mut self, legende: impl Into<String>) -> Self {
        self.legende = legende.into();
        self
    }

    fn avis(mut self, texte: Option<&'static str>) -> Self {
        self.avis = texte.map(NotificationBanner::success);
        self
    }

    fn with(mut self, part: &impl Template) -> Self {
        self.contenu = self.contenu.and(part);
        self
    }

    fn with_markup(mut self, part: &Markup) -> Self {
        self.contenu = self.contenu.and_markup(part);
        self
    }

    fn titre(self, texte: &str) -> Self {
        self.with(&Titre { texte })
    }

    fn phrase(self, texte: &str) -> Self {
        self.with(&Phrase { texte })
    }

    fn formulaire(self, formulaire: Formulaire) -> Self {
        let jeton = (!formulaire.lecture).then(|| self.page.token_field());
        self.with(&Formulaire { jeton, ..formulaire })
    }
}

/// A heading inside a page.
#[derive(Template)]
#[template(source = "<h2 class=\"govuk-heading-m\">{{ texte }}</h2>", ext = "html")]
struct Titre<'a> {
    texte: &'a str,
}

/// A heading inside a section.
#[derive(Template)]
#[template(source = "<h3 class=\"govuk-heading-s\">{{ texte }}</h3>", ext = "html")]
struct SousTitre<'a> {
    texte: &'a str,
}

/// A paragraph.
#[derive(Template)]
#[template(source = "<p class=\"govuk-body\">{{ texte }}</p>", ext = "html")]
struct Phrase<'a> {
    texte: &'a str,
}

/// A form: fields, then buttons.
#[derive(Template, Default)]
#[template(path = "partenaires/_formulaire.html")]
struct Formulaire {
    action: String,
    lecture: bool,
    fichiers: bool,
    jeton: Option<Hidden>,
    champs: Markup,
    boutons: Markup,
}

impl Formulaire {
    fn post(action: impl Into<String>) -> Self {
        Self { action: action.into(), ..Self::default() }
    }

    fn get(action: impl Into<String>) -> Self {
        Self { action: action.into(), lecture: true, ..Self::default() }
    }

    fn fichiers(mut self) -> Self {
        self.fichiers = true;
        self
    }

    fn champ(mut self, champ: &impl Template) -> Self {
        self.champs = self.champs.and(champ);
        self
    }

    /// A field that is there only sometimes.
    fn champ_si(self, champ: Option<&impl Template>) -> Self {
        match champ {
            Some(champ) => self.champ(champ),
            None => self,
        }
    }

    fn cache(self, nom: &str, valeur: impl Into<String>) -> Self {
        self.champ(&Hidden::new(nom, valeur))
    }

    fn bouton(mut self, bouton: &Button) -> Self {
        self.boutons = self.boutons.and(bouton);
        self
    }
}

/// Address of the sheets of a convention.
fn fiche_path(cle: &str) -> String {
    format!("/conventions/{cle}/fiche")
}
