//! Sign-in: identifiant and password, then the code.

use crate::frame::Frame;
use crate::pages::composants::{
    Button, Details, ErrorSummary, Hidden, NotificationBanner, PasswordInput, TextInput, Width,
};
use crate::pages::{FormState, Page};
use askama::Template;

/// What has just happened, said above the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Avis {
    /// Signed out.
    Deconnecte,
    /// The session ended by itself.
    SessionTerminee,
    /// A new password was chosen behind a link.
    MotDePasseChange,
    /// A new invitation was sent.
    InvitationEnvoyee,
}

impl Avis {
    /// Its word in an address; a session that ended by itself has none, the cookie tells it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Deconnecte => "deconnexion",
            Self::SessionTerminee => "",
            Self::MotDePasseChange => "mot-de-passe",
            Self::InvitationEnvoyee => "invitation",
        }
    }

    /// Reads the word of an address.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        [Self::Deconnecte, Self::MotDePasseChange, Self::InvitationEnvoyee].into_iter().find(|a| a.code() == code)
    }

    fn banner(self) -> NotificationBanner {
        match self {
            Self::Deconnecte => NotificationBanner::success("Vous êtes déconnecté."),
            Self::SessionTerminee => NotificationBanner::important(
                "Votre session est terminée. Connectez-vous de nouveau ; vos brouillons sont gardés.",
            ),
            Self::MotDePasseChange => {
                NotificationBanner::success("Votre mot de passe est changé. Connectez-vous avec le nouveau.")
            }
            Self::InvitationEnvoyee => {
                NotificationBanner::success("Un nouveau lien vient de vous être envoyé par courriel.")
            }
        }
    }
}

/// Identifiant and password.
#[derive(Template)]
#[template(path = "compte/connexion.html")]
pub struct ConnexionPage {
    page: Page,
    erreurs: ErrorSummary,
    avis: Option<NotificationBanner>,
    identifiant: TextInput,
    mot_de_passe: PasswordInput,
    retour: Option<Hidden>,
    envoyer: Button,
    premiere: Details,
}

impl ConnexionPage {
    /// `retour` is the page asked for, an own path.
    #[must_use]
    pub fn new(frame: &Frame, form: &FormState, avis: Option<Avis>, retour: &str) -> Self {
        let premiere = "Ouvrez le lien reçu par courriel : il permet de choisir votre mot de passe. \
Les comptes des structures sont ouverts par leur gestionnaire, ceux des gestionnaires et des agents par la caisse.";
        Self {
            page: Page::new(frame, "Connexion").form(form),
            erreurs: form.summary(),
            avis: avis.map(Avis::banner),
            identifiant: TextInput::new("identifiant", "Identifiant")
                .autocomplete("username")
                .width(Width::Medium)
                .form(form),
            mot_de_passe: PasswordInput::current("mot_de_passe", "Mot de passe").form(form),
            retour: retour_field(retour),
            envoyer: Button::submit("Se connecter"),
            premiere: Details::new("C’est votre première connexion ?", premiere),
        }
    }
}

fn retour_field(retour: &str) -> Option<Hidden> {
    (retour != "/").then(|| Hidden::new("retour", retour))
}

/// The second factor, at its step of the sign-in or again before an act that asks for it.
#[derive(Template)]
#[template(path = "compte/code.html")]
pub struct CodePage {
    page: Page,
    erreurs: ErrorSummary,
    code: TextInput,
    retour: Option<Hidden>,
    envoyer: Button,
    secours: Details,
}

impl CodePage {
    /// `retour` is where to go on in a session already open.
    #[must_use]
    pub fn new(frame: &Frame, form: &FormState, retour: &str) -> Self {
        let secours = "Saisissez l’un des codes de secours notés à l’activation de votre compte. Chacun sert une fois. \
Si vous ne les avez plus, demandez au gestionnaire de votre structure ou à votre caisse d’enregistrer un nouveau téléphone.";
        Self {
            page: Page::new(frame, "Saisissez votre code").form(form),
            erreurs: form.summary(),
            code: TextInput::new("code", "Code de votre application")
                .hint("6 chiffres, renouvelés toutes les 30 secondes")
                .autocomplete("one-time-code")
                .width(Width::Medium)
                .form(form),
            retour: retour_field(retour),
            envoyer: Button::submit("Continuer"),
            secours: Details::new("Je n’ai pas mon téléphone", secours),
        }
    }
}
