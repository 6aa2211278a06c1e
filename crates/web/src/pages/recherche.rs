//! The search box: one field for a name or a number, sent by POST so that the name is in no address.

use super::composants::{Button, Hidden, TextInput, Width, html_safe};
use super::mots::{DESK_SEARCH_PATH, SEARCH_PATH};
use super::{FormState, Page};
use app::demande::Lieu;
use askama::Template;

/// The box of a page: put it where `{{ recherche }}` stands.
#[derive(Template)]
#[template(path = "demandes/_recherche.html")]
pub(crate) struct RechercheForm {
    action: &'static str,
    jeton: Hidden,
    champ: TextInput,
    envoyer: Button,
}

impl RechercheForm {
    /// Empty, or with what was refused.
    pub(crate) fn new(page: &Page, lieu: Lieu, form: &FormState) -> Self {
        let champ = TextInput::new("nom", "Nom de la personne ou numéro de demande")
            .hint("Au moins 3 lettres du nom ; vous pouvez ajouter le prénom. Les accents et les majuscules ne comptent pas.")
            .autocomplete("off")
            .width(Width::TwoThirds)
            .form(form);
        Self {
            action: match lieu {
                Lieu::Structure => SEARCH_PATH,
                Lieu::Bureau => DESK_SEARCH_PATH,
            },
            jeton: page.token_field(),
            champ,
            envoyer: Button::submit("Rechercher").secondary(),
        }
    }
}

html_safe!(RechercheForm);
