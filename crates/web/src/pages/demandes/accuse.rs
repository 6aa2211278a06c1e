//! « Demande envoyée »: the accusé de réception with its legal mentions (DE-5), as issued.

use crate::frame::Frame;
use crate::pages::Page;
use crate::pages::composants::{Button, Link, Panel, SummaryList, SummaryRow};
use crate::pages::mots::{FORM_PATH, HISTORY_PATH, capital, demande_path, foreseeable, instant, route, row};
use app::demande::{Accuse, Recu};
use askama::Template;
use domain::convention::Voie;

/// The receipt of a demande.
#[derive(Template)]
#[template(path = "demandes/accuse.html")]
pub struct AccusePage {
    page: Page,
    panneau: Panel,
    mentions: SummaryList,
    silence: Option<String>,
    envoi: Option<&'static str>,
    service: String,
    fiche: String,
    nouvelle: Button,
    historique: Option<Link>,
}

impl AccusePage {
    /// The receipt as the use case gives it.
    #[must_use]
    pub fn new(frame: &Frame, recu: &Recu) -> Self {
        let page = Page::new(frame, "Demande envoyée");
        let reference = recu.demande.reference.as_str();
        let historique = page.offers(HISTORY_PATH).then(|| Link::new("Mes demandes", HISTORY_PATH));
        Self {
            panneau: Panel::new("Demande envoyée", format!("Référence : {reference}")),
            mentions: SummaryList::new(mentions(recu)),
            silence: recu.accuse.silence.clone(),
            envoi: voie_of(&recu.accuse).map(route),
            service: recu.accuse.service.clone(),
            fiche: demande_path(reference),
            nouvelle: Button::link("Nouvelle demande", FORM_PATH),
            historique,
            page,
        }
    }
}

/// The route as issued, where a document was asked for; a code of no route is the one that gives nothing away.
pub(super) fn voie_of(accuse: &Accuse) -> Option<Voie> {
    accuse.voie.as_deref().map(|code| Voie::du_code(code).unwrap_or(Voie::AdresseConnue))
}

fn mentions(recu: &Recu) -> Vec<SummaryRow> {
    let a = &recu.accuse;
    let mut rows = vec![
        SummaryRow::new("Référence", recu.demande.reference.as_str()),
        SummaryRow::new("Objet", recu.demande.sorte.libelle()),
        SummaryRow::new("Reçue le", instant(recu.zone, recu.demande.transmise_le)),
        SummaryRow::new("Caisse", a.caisse.as_str()),
        SummaryRow::new("Service en charge", a.service.as_str()),
    ];
    rows.extend(row("Téléphone", a.telephone.as_deref()));
    rows.extend(row("Courriel", a.courriel.as_deref()));
    rows.extend(row("Adresse postale", a.adresse.as_deref()));
    rows.push(SummaryRow::new("Réponse prévisible", capital(&foreseeable(a.delai_jours, a.echeance))));
    rows
}
