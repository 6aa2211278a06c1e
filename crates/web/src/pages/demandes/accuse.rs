//! « Demande envoyée »: the accusé de réception with its legal mentions (DE-5), as issued, and the way to the next demande.

use crate::frame::Frame;
use crate::pages::Page;
use crate::pages::composants::{Link, Markup, Panel};
use crate::pages::imprime::document;
use crate::pages::mots::{HISTORY_PATH, demande_path, receipt_pdf_path, route, same_person_path};
use app::demande::{Accuse, Recu};
use askama::Template;
use domain::convention::Voie;
use domain::demande::Sorte;

/// The receipt of a demande.
#[derive(Template)]
#[template(path = "demandes/accuse.html")]
pub struct AccusePage {
    page: Page,
    panneau: Panel,
    legal: Markup,
    pdf: Link,
    suite: &'static str,
    envoi: Option<&'static str>,
    service: String,
    fiche: String,
    meme_assure: Vec<Link>,
    historique: Option<Link>,
}

impl AccusePage {
    /// The receipt as the use case gives it. What is offered for the same person is what is open to the reader.
    #[must_use]
    pub fn new(frame: &Frame, recu: &Recu) -> Self {
        let page = Page::new(frame, "Demande envoyée");
        let reference = recu.demande.reference.as_str();
        let historique = page.offers(HISTORY_PATH).then(|| Link::new("Historique des demandes", HISTORY_PATH));
        let again = |sorte: &Sorte| Link::new(sorte.libelle(), same_person_path(*sorte, reference));
        Self {
            panneau: Panel::new("Demande envoyée", format!("Référence : {reference}")),
            legal: document(&app::imprime::accuse(recu)),
            pdf: Link::new("Télécharger l’accusé (PDF)", receipt_pdf_path(reference)),
            suite: next(recu.demande.sorte),
            envoi: voie_of(&recu.accuse).map(route),
            service: recu.accuse.service.clone(),
            fiche: demande_path(reference),
            meme_assure: page.kinds().iter().map(again).collect(),
            historique,
            page,
        }
    }
}

/// What the service does with a demande of this kind.
const fn next(sorte: Sorte) -> &'static str {
    match sorte {
        Sorte::Contacter => "répond à votre message",
        Sorte::Etude => "étudie le dossier et vous demande, si besoin, ce qui manque",
        Sorte::Difficulte => "étudie la situation et convient avec vous d’un accompagnement",
        Sorte::RendezVous => "propose une date, que vous confirmez avec la personne",
        Sorte::Document => "traite la demande",
    }
}

/// The route as issued, where a document was asked for; a code of no route is the one that gives nothing away.
pub(super) fn voie_of(accuse: &Accuse) -> Option<Voie> {
    accuse.voie.as_deref().map(|code| Voie::du_code(code).unwrap_or(Voie::AdresseConnue))
}
