//! When somebody was faster: what was typed beside what is there now, and a way on. Nothing is overwritten (DE-7).

use super::ecrits;
use super::fiche::{Ligne, history, line};
use crate::frame::Frame;
use crate::pages::composants::{BackLink, Button, Markup, SummaryList, SummaryRow};
use crate::pages::mots::{demande_path, paragraph, state_tag};
use crate::pages::{FormState, Page};
use app::demande::Fiche;
use askama::Template;
use domain::demande::{Issue, MotifComplement, NomActe};

/// The act that met the conflict, with what was typed for it.
#[derive(Debug, Clone)]
pub enum Refait {
    /// A message.
    Message(FormState),
    /// A closing.
    Cloture(FormState),
    /// Something asked of the partner.
    Complement(FormState),
    /// A wait inside the caisse.
    Attente(FormState),
    /// A reopening.
    Reouverture(FormState),
    /// An internal note.
    Note(FormState),
    /// An act without a text: taking, withdrawing.
    Acte,
}

/// The page of a conflict (409).
#[derive(Template)]
#[template(path = "demandes/conflit.html")]
pub struct ConflitPage {
    page: Page,
    retour: BackLink,
    saisie: Option<SummaryList>,
    actuel: SummaryList,
    echanges: Vec<Ligne>,
    formulaire: Option<Markup>,
    ouvrir: Button,
}

impl ConflitPage {
    /// The demande as it is now, and the act that came too late. A NIR in what was typed is taken out.
    #[must_use]
    pub fn new(frame: &Frame, fiche: &Fiche, refait: Refait) -> Self {
        let page = Page::new(frame, "La demande a changé entre-temps");
        let path = demande_path(&fiche.demande.reference);
        let (saisie, formulaire) = again(&page, fiche, refait);
        let last = fiche.echanges.len().saturating_sub(3);
        Self {
            retour: BackLink::to("Page de la demande", path.as_str()),
            saisie,
            actuel: SummaryList::new(now(fiche)),
            echanges: fiche.echanges.iter().skip(last).map(|e| line(e, fiche)).collect(),
            formulaire,
            ouvrir: Button::link("Ouvrir la demande", path),
            page,
        }
    }
}

fn now(fiche: &Fiche) -> Vec<SummaryRow> {
    let mut rows = vec![
        SummaryRow::new("Demande", fiche.demande.reference.as_str()),
        SummaryRow::new("État", Markup::of(&state_tag(fiche.demande.etat.etat()))),
    ];
    rows.extend(fiche.agent.as_ref().map(|agent| SummaryRow::new("Prise en charge par", agent.as_str())));
    rows.push(SummaryRow::new("Historique", history(&fiche.evenements, fiche.caisse.fiche.zone)));
    rows
}

/// What was typed, and the form to send it again if the act is still open.
fn again(page: &Page, fiche: &Fiche, refait: Refait) -> (Option<SummaryList>, Option<Markup>) {
    let may = |acte| fiche.actes.contains(&acte);
    let typed = |key, form: &FormState, champ| SummaryRow::new(key, paragraph(form.value(champ)));
    let jeton = page.token();
    let (rows, again) = match refait.masked() {
        Refait::Acte => return (None, None),
        Refait::Message(form) => {
            (vec![typed("Message", &form, "texte")], fiche.peut_ecrire.then(|| ecrits::message(jeton, fiche, &form)))
        }
        Refait::Cloture(form) => {
            let issue = Issue::from_code(form.value("issue")).map_or("", Issue::libelle);
            let rows = vec![SummaryRow::new("Issue", issue), typed("Réponse", &form, "reponse_finale")];
            (rows, may(NomActe::Cloturer).then(|| ecrits::closing(jeton, fiche, &form)))
        }
        Refait::Complement(form) => {
            let motif = MotifComplement::from_code(form.value("motif")).map_or("", MotifComplement::libelle);
            let rows = vec![SummaryRow::new("Ce qui manque", motif), typed("Texte", &form, "complement")];
            (rows, may(NomActe::DemanderComplement).then(|| ecrits::complement(jeton, fiche, &form)))
        }
        Refait::Attente(form) => (
            vec![typed("Note interne", &form, "note_attente")],
            may(NomActe::AttendreInterne).then(|| ecrits::hold(jeton, fiche, &form)),
        ),
        Refait::Reouverture(form) => (
            vec![typed("Raison", &form, "motif_reouverture")],
            may(NomActe::Rouvrir).then(|| ecrits::reopening(jeton, fiche, &form)),
        ),
        Refait::Note(form) => (vec![typed("Note interne", &form, "note")], Some(ecrits::note(jeton, fiche, &form))),
    };
    (Some(SummaryList::new(rows)), again.map(Markup::from))
}

impl Refait {
    /// What was typed; nothing for an act without a text.
    #[must_use]
    pub fn form(self) -> FormState {
        match self {
            Self::Message(form)
            | Self::Cloture(form)
            | Self::Complement(form)
            | Self::Attente(form)
            | Self::Reouverture(form)
            | Self::Note(form) => form,
            Self::Acte => FormState::new(),
        }
    }

    /// The same with every NIR taken out.
    fn masked(self) -> Self {
        match self {
            Self::Message(form) => Self::Message(form.masked()),
            Self::Cloture(form) => Self::Cloture(form.masked()),
            Self::Complement(form) => Self::Complement(form.masked()),
            Self::Attente(form) => Self::Attente(form.masked()),
            Self::Reouverture(form) => Self::Reouverture(form.masked()),
            Self::Note(form) => Self::Note(form.masked()),
            Self::Acte => Self::Acte,
        }
    }
}

/// An act that the state no longer allows (409): what happened, and the way back.
#[derive(Template)]
#[template(path = "demandes/impossible.html")]
pub struct ImpossiblePage {
    page: Page,
    phrase: String,
    ouvrir: Button,
}

impl ImpossiblePage {
    /// The sentence says what happened.
    #[must_use]
    pub fn new(frame: &Frame, reference: &str, phrase: impl Into<String>) -> Self {
        Self {
            page: Page::new(frame, "Action devenue impossible"),
            phrase: phrase.into(),
            ouvrir: Button::link("Revenir à la demande", demande_path(reference)),
        }
    }
}
