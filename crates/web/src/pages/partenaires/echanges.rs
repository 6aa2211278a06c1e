//! The thread between référents: schemes, services, difficulties; never the file of a person (PA-5).

use super::fiche_path;
use crate::frame::Frame;
use crate::pages::FormState;
use crate::pages::composants::{Button, Markup, Pagination, TextArea, WarningText};
use crate::pages::feuille::{FeuillePage, Formulaire};
use crate::pages::mots::{instant, paragraph};
use app::partenaire::{Cote, ECHANGE_MAX, Fil, Ligne};
use askama::Template;
use domain::calendrier::Zone;

#[derive(Template)]
#[template(path = "partenaires/_ligne.html")]
struct Bulle {
    qui: String,
    le: String,
    nouvelle: bool,
    texte: Markup,
}

/// The thread; `suite` is the address of older lines.
#[must_use]
pub fn echanges(frame: &Frame, fil: &Fil, suite: Option<String>, form: &FormState) -> FeuillePage {
    let (caisse, structure) = &fil.entre;
    let formulaire = Formulaire::post(frame, format!("/conventions/{}/echanges", fil.cle))
        .with(
            &TextArea::new("texte", "Votre message", u32::try_from(ECHANGE_MAX).unwrap_or(u32::MAX))
                .hint("Un dispositif, le bon service, une difficulté d’organisation.")
                .form(form),
        )
        .with(&Button::submit("Envoyer"));
    let page = FeuillePage::new(frame, "Échanges", form)
        .retour("Fiche", fiche_path(&fil.cle))
        .legende(format!("{caisse} et {structure}"))
        .with(&WarningText::new(
            "Le dossier d’une personne ne se discute jamais ici : écrivez dans sa demande, avec son accord.",
        ))
        .with(&formulaire)
        .titre("Messages");
    if fil.lignes.is_empty() {
        return page.phrase("Aucun message pour le moment.");
    }
    let page = fil.lignes.iter().fold(page, |page, l| page.with(&line(fil.zone, (caisse, structure), l)));
    page.with(&Pagination::new(None, suite))
}

fn line(zone: Zone, (caisse, structure): (&str, &str), l: &Ligne) -> Bulle {
    let side = match l.cote {
        Cote::Caisse => caisse,
        Cote::Partenaire => structure,
    };
    Bulle {
        qui: format!("{}, {side}", l.nom),
        le: instant(zone, l.le),
        nouvelle: l.nouvelle,
        texte: paragraph(&l.texte),
    }
}
