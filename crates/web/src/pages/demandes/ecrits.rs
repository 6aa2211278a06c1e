//! The two forms that write to a demande: a message, a closing. Both carry the version they were made from.

use crate::pages::FormState;
use crate::pages::composants::{Button, Choice, Radios, TextArea, html_safe};
use app::demande::{Cote, Fiche};
use askama::Template;
use domain::demande::Issue;

/// Characters of a message that the page announces.
const TEXTE_MAX: u32 = 4_000;

/// Said under every free text.
const TEXTE: &str = "Seulement ce qui est utile à la demande : ni donnée de santé, ni numéro de sécurité sociale.";

/// A line for the thread.
#[derive(Debug, Template)]
#[template(path = "demandes/_message.html")]
pub(super) struct MessageForm {
    reference: String,
    jeton: String,
    version: i64,
    texte: TextArea,
    envoyer: Button,
}

impl MessageForm {
    pub(super) fn new(jeton: String, fiche: &Fiche, form: &FormState) -> Self {
        let (label, envoyer) = match fiche.cote {
            Cote::Partenaire => ("Votre message au service", "Envoyer le message"),
            Cote::Caisse => ("Votre réponse au partenaire", "Répondre sans clôturer"),
        };
        Self {
            reference: fiche.demande.reference.clone(),
            jeton,
            version: fiche.demande.version,
            texte: TextArea::new("texte", label, TEXTE_MAX).rows(5).hint(TEXTE).form(form),
            envoyer: Button::submit(envoyer).secondary(),
        }
    }
}

/// The outcome and, if wanted, a last answer.
#[derive(Debug, Template)]
#[template(path = "demandes/_cloture.html")]
pub(super) struct ClotureForm {
    reference: String,
    jeton: String,
    version: i64,
    issue: Radios,
    texte: TextArea,
    envoyer: Button,
}

impl ClotureForm {
    pub(super) fn new(jeton: String, fiche: &Fiche, form: &FormState) -> Self {
        let issues = Issue::TOUTES.map(|i| Choice::new(i.code(), i.libelle()));
        Self {
            reference: fiche.demande.reference.clone(),
            jeton,
            version: fiche.demande.version,
            issue: Radios::new("issue", "Issue de la demande", issues.into()).form(form),
            texte: TextArea::new("reponse_finale", "Réponse au partenaire", TEXTE_MAX)
                .rows(5)
                .hint(format!("Facultative si la demande est satisfaite. {TEXTE}"))
                .form(form),
            envoyer: Button::submit("Clôturer la demande"),
        }
    }
}

html_safe!(MessageForm, ClotureForm);
