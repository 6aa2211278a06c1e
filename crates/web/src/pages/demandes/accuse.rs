//! « Demande envoyée »: the accusé de réception with its legal mentions (DE-5), as issued.

use crate::frame::Frame;
use crate::pages::Page;
use crate::pages::composants::{Button, Link, Markup, Panel};
use crate::pages::imprime::document;
use crate::pages::mots::{FORM_PATH, HISTORY_PATH, demande_path, receipt_pdf_path, route};
use app::demande::{Accuse, Recu};
use askama::Template;
use domain::convention::Voie;

/// The receipt of a demande.
#[derive(Template)]
#[template(path = "demandes/accuse.html")]
pub struct AccusePage {
    page: Page,
    panneau: Panel,
    legal: Markup,
    pdf: Link,
    envoi: &'static str,
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
            legal: document(&app::imprime::accuse(recu)),
            pdf: Link::new("Télécharger l’accusé (PDF)", receipt_pdf_path(reference)),
            envoi: route(voie_of(&recu.accuse)),
            service: recu.accuse.service.clone(),
            fiche: demande_path(reference),
            nouvelle: Button::link("Nouvelle demande", FORM_PATH),
            historique,
            page,
        }
    }
}

/// The route as issued; a code of no route is the one that gives nothing away.
fn voie_of(accuse: &Accuse) -> Voie {
    Voie::du_code(&accuse.voie).unwrap_or(Voie::AdresseConnue)
}
