//! The first sign-in: second factor, recovery codes, conditions and engagements.

use super::qr::Qr;
use crate::frame::Frame;
use crate::pages::composants::{Button, Checkboxes, Choice, ErrorSummary, Link, Markup, TextInput};
use crate::pages::{CguTexte, FormState, Page};
use app::compte::{Enrolement, Texte};
use askama::Template;
use domain::compte::engagements::Nature;

/// The seed to put in the phone.
#[derive(Template)]
#[template(path = "compte/enrolement.html")]
pub struct EnrolementPage {
    page: Page,
    erreurs: ErrorSummary,
    qr: Option<Qr>,
    lien: Link,
    secret: String,
    code: TextInput,
    envoyer: Button,
}

impl EnrolementPage {
    /// The seed and the form of the first code.
    #[must_use]
    pub fn new(frame: &Frame, form: &FormState, enrolement: Enrolement) -> Self {
        Self {
            page: Page::new(frame, "Protégez votre compte").form(form),
            erreurs: form.summary(),
            qr: Qr::of(&enrolement.uri),
            lien: Link::new("Ouvrir l’application de ce téléphone", enrolement.uri),
            secret: enrolement.secret,
            code: TextInput::new("code", "Code affiché par l’application")
                .hint("6 chiffres, renouvelés toutes les 30 secondes")
                .digits()
                .autocomplete("one-time-code")
                .form(form),
            envoyer: Button::submit("Continuer"),
        }
    }
}

/// The recovery codes, shown once.
#[derive(Template)]
#[template(path = "compte/codes.html")]
pub struct CodesPage {
    page: Page,
    codes: Vec<String>,
    personne: String,
    suite: Button,
}

impl CodesPage {
    /// `suite` is where the sign-in goes on.
    #[must_use]
    pub fn new(frame: &Frame, codes: Vec<String>, suite: &str) -> Self {
        Self {
            page: Page::new(frame, "Notez vos codes de secours"),
            personne: frame.signed().map(|s| s.nom.clone()).unwrap_or_default(),
            codes,
            suite: Button::link("J’ai noté ces codes", suite),
        }
    }
}

/// A text with its box.
struct Bloc {
    titre: &'static str,
    texte: Markup,
    case: Checkboxes,
}

#[derive(Template)]
#[template(
    source = "<p class=\"govuk-body\">En mon nom :</p><ul class=\"govuk-list govuk-list--bullet\">{% for phrase in phrases %}<li>{{ phrase }}</li>{% endfor %}</ul>",
    ext = "html"
)]
struct Phrases {
    phrases: Vec<&'static str>,
}

impl Bloc {
    fn new(texte: Texte, form: &FormState) -> Self {
        let Texte { nature, version, phrases } = texte;
        let accord = match nature {
            Nature::Cgu => "J’ai lu ces conditions et je les accepte",
            Nature::Engagements => "Je prends ces engagements en mon nom",
        };
        let choix = vec![Choice::new(version, format!("{accord} (version {version})"))];
        Self {
            titre: nature.titre(),
            texte: match nature {
                Nature::Cgu => Markup::of(&CguTexte::section()),
                Nature::Engagements => Markup::of(&Phrases { phrases }),
            },
            case: Checkboxes::new(nature.code(), "Votre accord", choix).form(form),
        }
    }
}

/// What is to be accepted before anything else (HA-6, HA-15). No box is ticked in advance.
#[derive(Template)]
#[template(path = "compte/engagements.html")]
pub struct EngagementsPage {
    page: Page,
    erreurs: ErrorSummary,
    blocs: Vec<Bloc>,
    envoyer: Button,
}

impl EngagementsPage {
    /// The texts still to be accepted.
    #[must_use]
    pub fn new(frame: &Frame, form: &FormState, textes: Vec<Texte>) -> Self {
        Self {
            page: Page::new(frame, "Vos engagements").form(form),
            erreurs: form.summary(),
            blocs: textes.into_iter().map(|texte| Bloc::new(texte, form)).collect(),
            envoyer: Button::submit("Continuer"),
        }
    }
}
