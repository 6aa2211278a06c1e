//! « Mon compte »: one's own data, sessions, password.

use crate::frame::Frame;
use crate::pages::composants::{
    Button, ButtonGroup, Choice, ErrorSummary, Link, NotificationBanner, PasswordInput, Radios, SummaryList, SummaryRow,
};
use crate::pages::{FormState, Page};
use app::compte::{MonCompte, SessionListee};
use app::notification::Rythme;
use askama::Template;
use domain::calendrier::{Zone, date_heure_en_francais};

/// A session as it is listed.
struct LigneSession {
    cle: String,
    courante: bool,
    ouverte: bool,
    depuis: String,
    vue: String,
}

/// What the portal keeps on the person who reads.
#[derive(Template)]
#[template(path = "compte/mon_compte.html")]
pub struct MonComptePage {
    page: Page,
    avis: Option<NotificationBanner>,
    donnees: SummaryList,
    acces: SummaryList,
    sessions: Vec<LigneSession>,
    erreurs: ErrorSummary,
    rythme: Option<Radios>,
    enregistrer: Button,
}

/// What was just done on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fait {
    /// The password was changed.
    MotDePasse,
    /// A session was ended.
    Session,
    /// How to be told of news was chosen.
    Notifications,
}

impl Fait {
    /// Reads the word of an address.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        match code {
            "mot-de-passe" => Some(Self::MotDePasse),
            "session" => Some(Self::Session),
            "notifications" => Some(Self::Notifications),
            _ => None,
        }
    }

    fn banner(self) -> NotificationBanner {
        NotificationBanner::success(match self {
            Self::MotDePasse => "Votre mot de passe est changé. Vos autres sessions sont fermées.",
            Self::Session => "La session est fermée.",
            Self::Notifications => "Votre choix est enregistré.",
        })
    }
}

impl MonComptePage {
    /// One's own compte. `form` is the refused choice of how to be told of news, or empty.
    #[must_use]
    pub fn new(frame: &Frame, compte: MonCompte, fait: Option<Fait>, form: &FormState) -> Self {
        let zone = compte.zone;
        let rythme = compte.rythme.map(|choisi| rhythms(choisi, form));
        Self {
            page: Page::new(frame, "Mon compte").form(form),
            erreurs: form.summary(),
            rythme,
            enregistrer: Button::submit("Enregistrer ce choix"),
            avis: fait.map(Fait::banner),
            acces: acces(&compte),
            sessions: compte.sessions.iter().map(|s| ligne(zone, s)).collect(),
            donnees: donnees(compte),
        }
    }
}

/// The choice of how to be told, as it is or as it was refused.
fn rhythms(choisi: Rythme, form: &FormState) -> Radios {
    let hint = |rythme| match rythme {
        Rythme::ToutDeSuite => "Un courriel à chaque réponse ou changement d’état.",
        Rythme::ParJour => "Un seul courriel à 8 heures, les jours où il y a du nouveau.",
    };
    let choice = |rythme: Rythme| Choice::new(rythme.code(), rythme.libelle()).hint(hint(rythme));
    let current = FormState::new().with("rythme", choisi.code());
    let radios =
        Radios::new("rythme", "Quand être prévenu du nouveau sur une demande ?", Rythme::TOUS.map(choice).into());
    radios.form(if form.has_errors() { form } else { &current })
}

fn donnees(i: MonCompte) -> SummaryList {
    let rows = [
        ("Nom", Some(i.nom)),
        ("Prénom", Some(i.prenom)),
        ("Identifiant", Some(i.identifiant)),
        ("Profil", Some(i.profil.libelle().to_owned())),
        ("Organisme", Some(i.organisation)),
        ("Fonction", i.fonction),
        ("Adresse électronique", Some(i.courriel)),
        ("Téléphone", i.telephone),
    ];
    let row = |(key, value): (&str, Option<String>)| value.map(|value| SummaryRow::new(key, value));
    SummaryList::new(rows.into_iter().filter_map(row).collect())
}

fn acces(compte: &MonCompte) -> SummaryList {
    let instant = |le| date_heure_en_francais(compte.zone, le);
    let mot_de_passe = compte.mot_de_passe_jusqu_au.map_or_else(
        || "Sans date de changement, par décision de votre caisse".to_owned(),
        |le| format!("À changer avant le {}", instant(le)),
    );
    let mut rows = vec![
        SummaryRow::new("Mot de passe", mot_de_passe).action("Changer", "/mon-compte/mot-de-passe"),
        SummaryRow::new("Second facteur", "Application de codes sur votre téléphone"),
    ];
    rows.extend(compte.acceptations.iter().map(|(nature, version, le)| {
        SummaryRow::new(nature.titre(), format!("Version {version}, acceptée le {}", instant(*le)))
    }));
    SummaryList::new(rows)
}

fn ligne(zone: Zone, s: &SessionListee) -> LigneSession {
    LigneSession {
        cle: s.cle.clone(),
        courante: s.courante,
        ouverte: s.ouverte,
        depuis: date_heure_en_francais(zone, s.cree_le),
        vue: date_heure_en_francais(zone, s.vue_le),
    }
}

/// A new password by somebody who knows the present one.
#[derive(Template)]
#[template(path = "compte/mot_de_passe.html")]
pub struct MotDePassePage {
    page: Page,
    erreurs: ErrorSummary,
    expire: bool,
    regles: Vec<String>,
    actuel: PasswordInput,
    mot_de_passe: PasswordInput,
    confirmation: PasswordInput,
    boutons: ButtonGroup,
}

impl MotDePassePage {
    /// At the step of the sign-in where the password is too old, or by choice.
    #[must_use]
    pub fn new(frame: &Frame, form: &FormState, regles: Vec<String>) -> Self {
        let expire = frame.signed().is_some_and(|s| s.step.is_some());
        let boutons = ButtonGroup::new(&Button::submit("Changer le mot de passe"));
        let boutons = if expire { boutons } else { boutons.with(&Link::new("Annuler", "/mon-compte")) };
        Self {
            page: Page::new(frame, "Changez votre mot de passe").form(form),
            erreurs: form.summary(),
            expire,
            regles,
            actuel: PasswordInput::current("actuel", "Mot de passe actuel").form(form),
            mot_de_passe: PasswordInput::new_password("mot_de_passe", "Nouveau mot de passe").form(form),
            confirmation: PasswordInput::new_password("confirmation", "Le même mot de passe, une seconde fois")
                .form(form),
            boutons,
        }
    }
}
