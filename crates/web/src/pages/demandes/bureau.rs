//! The right-hand side of the desk's page: what may be done now, the answer first, the rest folded; and the internal notes.

use super::ecrits::{self, Ecrit};
use crate::pages::FormState;
use crate::pages::composants::{Button, Details, Markup, html_safe};
use crate::pages::jour_en_lettres;
use crate::pages::mots::{instant, paragraph};
use app::demande::{ComplementDemande, Fiche};
use askama::Template;
use domain::calendrier::Zone;
use domain::demande::{EtatDemande, NomActe};

/// An internal note as shown.
struct LigneNote {
    auteur: String,
    le: String,
    texte: Markup,
}

/// What the desk does with a demande.
#[derive(Template)]
#[template(path = "demandes/_bureau.html")]
pub(super) struct Bureau {
    reference: String,
    jeton: String,
    version: i64,
    prendre: Option<Button>,
    occupee: Option<String>,
    attente: Option<Attente>,
    message: Option<Ecrit>,
    plus: Vec<Details>,
    notes: Vec<LigneNote>,
    noter: Details,
}

html_safe!(Bureau);

/// What the demande waits for, and the way on.
struct Attente {
    titre: &'static str,
    phrases: Vec<String>,
    reprendre: Option<Ecrit>,
}

impl Bureau {
    pub(super) fn new(jeton: &str, fiche: &Fiche, form: &FormState) -> Self {
        let zone = fiche.caisse.fiche.zone;
        let note = |n: &app::demande::NoteVue| LigneNote {
            auteur: n.auteur.clone(),
            le: instant(zone, n.note.ecrite_le),
            texte: paragraph(&n.note.texte),
        };
        Self {
            reference: fiche.demande.reference.clone(),
            jeton: jeton.to_owned(),
            version: fiche.demande.version,
            prendre: may(fiche, NomActe::Prendre).then(|| Button::submit("Prendre en charge")),
            occupee: held(fiche),
            attente: attente(jeton, fiche, zone),
            message: fiche.peut_ecrire.then(|| ecrits::message(jeton.to_owned(), fiche, form)),
            plus: folded(jeton, fiche, form),
            notes: fiche.notes.iter().map(note).collect(),
            noter: unless_empty(
                "Ajouter une note interne",
                ecrits::note(jeton.to_owned(), fiche, form),
                &["note"],
                form,
            ),
        }
    }
}

fn may(fiche: &Fiche, acte: NomActe) -> bool {
    fiche.actes.contains(&acte)
}

/// The acts beside the answer, each behind its own line; open when something was typed in it and refused.
fn folded(jeton: &str, fiche: &Fiche, form: &FormState) -> Vec<Details> {
    let jeton = || jeton.to_owned();
    let mut all = Vec::new();
    if may(fiche, NomActe::Cloturer) {
        let ecrit = ecrits::closing(jeton(), fiche, form);
        all.push(unless_empty("Répondre et clôturer", ecrit, &["issue", "reponse_finale"], form));
    }
    if may(fiche, NomActe::DemanderComplement) {
        let ecrit = ecrits::complement(jeton(), fiche, form);
        all.push(unless_empty("Demander un complément", ecrit, &["motif", "complement", "reponse_avant"], form));
    }
    if may(fiche, NomActe::AttendreInterne) {
        let ecrit = ecrits::hold(jeton(), fiche, form);
        all.push(unless_empty("Mettre en attente interne", ecrit, &["note_attente"], form));
    }
    if let Some(fin) = fiche.reouverture.filter(|_| may(fiche, NomActe::Rouvrir)) {
        let ecrit = ecrits::reopening(jeton(), fiche, form);
        let titre = format!("Rouvrir la demande (possible jusqu’au {})", jour_en_lettres(fin));
        all.push(unless_empty(titre, ecrit, &["motif_reouverture"], form));
    }
    all
}

fn unless_empty(titre: impl Into<String>, ecrit: Ecrit, champs: &[&str], form: &FormState) -> Details {
    let details = Details::new(titre, ecrit);
    let touched = |champ: &&str| form.error(champ).is_some() || !form.value(champ).is_empty();
    if champs.iter().any(touched) { details.open() } else { details }
}

fn attente(jeton: &str, fiche: &Fiche, zone: Zone) -> Option<Attente> {
    let reprendre = || may(fiche, NomActe::Reprendre).then(|| ecrits::resume(jeton.to_owned(), fiche));
    match (&fiche.complement, fiche.demande.etat) {
        (Some(asked), _) => {
            Some(Attente { titre: "Complément demandé", phrases: waiting(asked, zone), reprendre: reprendre() })
        }
        (None, EtatDemande::AttenteInterne { depuis, .. }) => Some(Attente {
            titre: "En attente interne",
            phrases: vec![format!("Depuis le {}. Les délais continuent de courir.", instant(zone, depuis))],
            reprendre: reprendre(),
        }),
        _ => None,
    }
}

fn waiting(asked: &ComplementDemande, zone: Zone) -> Vec<String> {
    vec![
        format!("{}, demandé le {}.", asked.motif.libelle(), instant(zone, asked.demande_le)),
        format!(
            "Réponse attendue le {} au plus tard. Sans réponse, clôture le {}.",
            jour_en_lettres(asked.reponse_avant),
            jour_en_lettres(asked.cloture)
        ),
        "Le délai net est suspendu. Une réponse du partenaire le fait repartir ; si elle est venue autrement, reprenez."
            .to_owned(),
    ]
}

/// Said to the desk when a colleague has it.
fn held(fiche: &Fiche) -> Option<String> {
    let etat = fiche.demande.etat;
    let prise = etat.etat().est_ouverte() && etat.agent().is_some();
    let agent = fiche.agent.as_ref().filter(|_| prise && !fiche.peut_ecrire)?;
    Some(format!("Cette demande est prise en charge par {agent}. Vous pouvez la lire, pas y répondre."))
}
