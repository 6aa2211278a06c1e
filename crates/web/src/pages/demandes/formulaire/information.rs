//! How the person was informed of the demande and, where the convention asks it, agreed (DE-3). Nothing is ticked in
//! advance.

use crate::pages::FormState;
use crate::pages::composants::{Choice, DateInput, Details, Fieldset, Markup, Radios, html_safe};
use crate::pages::mots::capital;
use app::demande::Formulaire;
use askama::Template;
use domain::convention::SousType;
use domain::demande::{Mode, Sorte};

/// What is read or handed to the person: what is done, what is sent, to whom.
#[derive(Template)]
#[template(path = "demandes/_information.html")]
struct TexteInformation<'a> {
    demarche: &'static str,
    transmis: &'static str,
    caisses: Vec<&'a str>,
    nomme: bool,
}

html_safe!(TexteInformation<'_>);

/// The text offered, the question how the person was informed, the agreement where it is asked for the whole kind.
pub(super) fn block(sorte: Sorte, modele: &Formulaire, form: &FormState) -> Markup {
    let group = Fieldset::new("L’information de la personne").with(
        &Radios::new("information", "Comment la personne a-t-elle été informée de cette demande ?", modes()).form(form),
    );
    let group = match sorte {
        Sorte::Difficulte if modele.accord_signalement => group.with(&accord(
            "Comment la personne a-t-elle donné son accord à ce signalement ?",
            "La convention demande son accord avant de signaler sa situation et de l’orienter.",
            form,
        )),
        Sorte::Contacter if modele.accord_dossier => group.with(&accord(
            "Comment la personne a-t-elle donné son accord pour que l’on parle de son dossier ?",
            "La convention demande son accord avant toute information sur l’avancement de son dossier.",
            form,
        )),
        _ => group,
    };
    let group = group.with(&other_day(accord_asked(sorte, modele), form));
    Markup::of(&to_read(sorte, modele)).and(&group)
}

/// Whether a question of the form may ask for the agreement.
fn accord_asked(sorte: Sorte, modele: &Formulaire) -> bool {
    let examen = |t: &SousType| matches!(t, SousType::RendezVousExamen | SousType::InvitationExamen);
    match sorte {
        Sorte::Difficulte => modele.accord_signalement,
        Sorte::RendezVous | Sorte::Document => modele.accord_examen && modele.sous_types.iter().any(examen),
        Sorte::Contacter => modele.accord_dossier,
        Sorte::Etude => false,
    }
}

/// The question how the person agreed.
pub(super) fn accord(question: &str, hint: &str, form: &FormState) -> Radios {
    Radios::new("accord", question, modes()).hint(hint).form(form)
}

/// The day is asked of those alone for whom it is not today; where an agreement may be asked, it is its day too.
fn other_day(accord: bool, form: &FormState) -> Details {
    let day = DateInput::new("informee", "Quel jour ?").hint("Laissez vide si c’est aujourd’hui.").form(form);
    let champs = ["informee", "informee_jour", "informee_mois", "informee_annee"];
    let title = if accord {
        "La personne a été informée, et a donné son accord, un autre jour"
    } else {
        "La personne a été informée un autre jour"
    };
    super::folded(title, day, &champs, form)
}

fn modes() -> Vec<Choice> {
    Mode::TOUS.map(|m| Choice::new(m.code(), capital(m.libelle()))).into()
}

fn to_read(sorte: Sorte, modele: &Formulaire) -> Details {
    let (demarche, transmis) = words(sorte);
    let caisses = modele.ouvertes.iter().map(|o| o.caisse.fiche.nom.as_str()).collect();
    let texte = TexteInformation { demarche, transmis, caisses, nomme: modele.nomme_destinataire };
    Details::new("Texte à lire ou à remettre à la personne", texte)
}

/// What the structure does, with its preposition, and what it sends beside the identity.
const fn words(sorte: Sorte) -> (&'static str, &'static str) {
    match sorte {
        Sorte::Contacter => ("nous posons une question à", "votre question"),
        Sorte::Etude => ("nous demandons d’étudier votre dossier à", "le type d’étude demandé et ce qui la rend utile"),
        Sorte::Difficulte => (
            "nous signalons les difficultés que vous rencontrez à",
            "les difficultés rencontrées, la façon de vous joindre et, sans aucun détail de santé, ce qu’il faut savoir de votre situation",
        ),
        Sorte::RendezVous => (
            "nous demandons un rendez-vous à",
            "le motif du rendez-vous, vos disponibilités et ce qu’il faut prévoir pour vous recevoir",
        ),
        Sorte::Document => {
            ("nous demandons un document à", "le document demandé et ce qu’il faut savoir pour le retrouver")
        }
    }
}
