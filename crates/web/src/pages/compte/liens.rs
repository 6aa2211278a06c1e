//! Pages behind a one-time link, and the page that asks for one.

use crate::frame::Frame;
use crate::pages::composants::{Button, ErrorSummary, Link, PasswordInput, SummaryList, SummaryRow, TextInput, Width};
use crate::pages::{FormState, Page};
use app::compte::LienFerme;
use askama::Template;
use domain::compte::{Profil, UsageLien};

/// The password chosen behind a link.
#[derive(Template)]
#[template(path = "compte/choix.html")]
pub struct ChoixPage {
    page: Page,
    erreurs: ErrorSummary,
    invitation: bool,
    qui: SummaryList,
    regles: Vec<String>,
    mot_de_passe: PasswordInput,
    confirmation: PasswordInput,
    envoyer: Button,
}

/// Whose compte a link opens.
#[derive(Debug, Clone)]
pub struct Titulaire {
    /// What the link is for.
    pub usage: UsageLien,
    /// « Prénom Nom ».
    pub nom: String,
    /// What will be typed at the sign-in.
    pub identifiant: String,
    /// Profil.
    pub profil: Profil,
    /// Rules of the password.
    pub regles: Vec<String>,
}

impl ChoixPage {
    /// The form of that person.
    #[must_use]
    pub fn new(frame: &Frame, form: &FormState, qui: Titulaire) -> Self {
        let invitation = qui.usage == UsageLien::Invitation;
        let title = if invitation { "Choisissez votre mot de passe" } else { "Choisissez un nouveau mot de passe" };
        Self {
            page: Page::new(frame, title).form(form),
            erreurs: form.summary(),
            invitation,
            qui: SummaryList::new(vec![
                SummaryRow::new("Compte de", qui.nom),
                SummaryRow::new("Profil", qui.profil.libelle()),
                SummaryRow::new("Identifiant", qui.identifiant),
            ]),
            regles: qui.regles,
            mot_de_passe: PasswordInput::new_password("mot_de_passe", "Mot de passe").form(form),
            confirmation: PasswordInput::new_password("confirmation", "Le même mot de passe, une seconde fois")
                .form(form),
            envoyer: Button::submit("Enregistrer le mot de passe"),
        }
    }
}

/// A link that does not work: why, and the way on.
#[derive(Template)]
#[template(path = "compte/lien_ferme.html")]
pub struct LienFermePage {
    page: Page,
    texte: &'static str,
    renouveler: Option<(String, Button)>,
    liens: Vec<Link>,
}

impl LienFermePage {
    /// `chemin` is the path read: an expired invitation is sent again from under it.
    #[must_use]
    pub fn new(frame: &Frame, ferme: LienFerme, chemin: &str) -> Self {
        let oubli = || Link::new("Recevoir un lien pour choisir un mot de passe", "/mot-de-passe-oublie");
        let connexion = || Link::new("Se connecter", "/connexion");
        let renouveler = || (format!("{chemin}/renouveler"), Button::submit("Recevoir un nouveau lien"));
        let (title, texte, renouveler, liens) = match ferme {
            LienFerme::Inconnu => (
                "Ce lien n’est pas valable",
                "Il est peut-être incomplet : certaines messageries coupent les longues adresses. Copiez l’adresse entière du message dans votre navigateur.",
                None,
                vec![oubli(), connexion()],
            ),
            LienFerme::Utilise => (
                "Ce lien a déjà servi",
                "Un lien ne sert qu’une fois, et un lien plus récent remplace les précédents. Si votre mot de passe est choisi, connectez-vous.",
                None,
                vec![connexion(), oubli()],
            ),
            LienFerme::Expire { usage: UsageLien::Invitation } => (
                "Ce lien a expiré",
                "Un lien d’invitation fonctionne sept jours. Un nouveau lien peut vous être envoyé à la même adresse électronique.",
                Some(renouveler()),
                Vec::new(),
            ),
            LienFerme::Expire { usage: UsageLien::MotDePasse } => (
                "Ce lien a expiré",
                "Ce lien fonctionne une heure. Vous pouvez en recevoir un autre.",
                None,
                vec![oubli(), connexion()],
            ),
            LienFerme::CompteFerme => (
                "Ce compte est fermé",
                "Pour savoir pourquoi ou le faire rouvrir, adressez-vous au gestionnaire de votre structure ou à votre caisse.",
                None,
                Vec::new(),
            ),
        };
        Self { page: Page::new(frame, title).unmarked(), texte, renouveler, liens }
    }
}

/// Asks for a link.
#[derive(Template)]
#[template(path = "compte/oubli.html")]
pub struct OubliPage {
    page: Page,
    erreurs: ErrorSummary,
    identifiant: TextInput,
    envoyer: Button,
}

impl OubliPage {
    /// The form.
    #[must_use]
    pub fn new(frame: &Frame, form: &FormState) -> Self {
        Self {
            page: Page::new(frame, "Mot de passe oublié").form(form),
            erreurs: form.summary(),
            identifiant: TextInput::new("identifiant", "Identifiant ou adresse électronique")
                .autocomplete("username")
                .width(Width::TwoThirds)
                .form(form),
            envoyer: Button::submit("Recevoir un lien"),
        }
    }
}

/// Says the same whether there is such a compte or not.
#[derive(Template)]
#[template(path = "compte/oubli_envoye.html")]
pub struct OubliEnvoyePage {
    page: Page,
}

impl OubliEnvoyePage {
    /// The page.
    #[must_use]
    pub fn new(frame: &Frame) -> Self {
        Self { page: Page::new(frame, "Consultez votre messagerie") }
    }
}
