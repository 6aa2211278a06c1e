//! When somebody was faster: what was typed beside what is there now, and a way on. Nothing is overwritten (DE-7).

use super::ecrits::{ClotureForm, MessageForm};
use super::fiche::{Ligne, history, line};
use crate::frame::Frame;
use crate::pages::composants::{BackLink, Button, Markup, SummaryList, SummaryRow};
use crate::pages::mots::{demande_path, paragraph, state_tag};
use crate::pages::{FormState, Page};
use app::demande::Fiche;
use askama::Template;
use domain::demande::{Issue, NomActe};

/// The act that met the conflict, with what was typed for it.
#[derive(Debug, Clone)]
pub enum Refait {
    /// A message.
    Message(FormState),
    /// A closing.
    Cloture(FormState),
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
        let zone = fiche.caisse.fiche.zone;
        let last = fiche.echanges.len().saturating_sub(3);
        Self {
            retour: BackLink::to("Page de la demande", path.as_str()),
            saisie,
            actuel: SummaryList::new(now(fiche)),
            echanges: fiche.echanges.iter().skip(last).map(|e| line(e, fiche.cote, zone)).collect(),
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
    match refait {
        Refait::Acte => (None, None),
        Refait::Message(form) => {
            let form = form.masked();
            let rows = vec![SummaryRow::new("Message", paragraph(form.value("texte")))];
            let again = fiche.peut_ecrire.then(|| MessageForm::new(page.token(), fiche, &form).into());
            (Some(SummaryList::new(rows)), again)
        }
        Refait::Cloture(form) => {
            let form = form.masked();
            let issue = Issue::from_code(form.value("issue")).map_or("", Issue::libelle);
            let rows = vec![
                SummaryRow::new("Issue", issue),
                SummaryRow::new("Réponse", paragraph(form.value("reponse_finale"))),
            ];
            let open = fiche.actes.contains(&NomActe::Cloturer);
            (Some(SummaryList::new(rows)), open.then(|| ClotureForm::new(page.token(), fiche, &form).into()))
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
