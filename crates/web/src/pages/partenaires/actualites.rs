//! News of a caisse: the archive, the form that publishes them, and the block of the home page (PA-5).

use super::ACTUALITES;
use crate::frame::Frame;
use crate::pages::composants::{Button, DateInput, Hidden, Link, Markup, Pagination, TextArea, TextInput, Width};
use crate::pages::feuille::{FeuillePage, Formulaire, Phrase, Titre};
use crate::pages::mots::{instant, paragraph};
use crate::pages::{FormState, Page, jour_en_lettres};
use app::partenaire::{ACTUALITE_MAX, Nouvelles};
use askama::Template;

#[derive(Template)]
#[template(path = "partenaires/_actualite.html")]
struct Carte {
    titre: String,
    par: String,
    texte: Markup,
    /// The form's target, its token and the words of its button.
    acte: Option<(String, Hidden, &'static str)>,
}

/// The archive; on the desk, with the form.
#[must_use]
pub fn actualites(
    frame: &Frame,
    n: &Nouvelles,
    suite: Option<String>,
    (fait, form): (Option<&'static str>, &FormState),
) -> FeuillePage {
    let page = FeuillePage::new(frame, "Actualités", form).retour("Accueil", "/").avis(fait);
    let page = if n.au_bureau { publish(page, frame, form) } else { page };
    if n.lignes.is_empty() {
        return page.phrase("Aucune actualité pour le moment.");
    }
    let page = if n.au_bureau { page.titre("Actualités publiées") } else { page };
    let token = Page::new(frame, "").token_field();
    let page = n.lignes.iter().fold(page, |page, (caisse, a)| {
        let withdrawn = a.retiree_le.map(|le| format!(" ; retirée le {}", instant(n.zone, le)));
        let until = a.jusqu_au.map(|le| format!(" ; affichée jusqu’au {}", jour_en_lettres(le)));
        let par = format!(
            "{caisse}, {}{}{}",
            instant(n.zone, a.le),
            until.unwrap_or_default(),
            withdrawn.unwrap_or_default()
        );
        let may = n.au_bureau && a.retiree_le.is_none();
        let acte = may.then(|| (format!("{ACTUALITES}/{}/retirer", a.id), token.clone(), "Retirer"));
        page.with(&Carte { titre: a.titre.clone(), par, texte: paragraph(&a.texte), acte })
    });
    page.with(&Pagination::new(None, suite))
}

fn publish(page: FeuillePage, frame: &Frame, form: &FormState) -> FeuillePage {
    let formulaire = Formulaire::post(frame, ACTUALITES)
        .with(&TextInput::new("titre", "Titre").width(Width::TwoThirds).form(form))
        .with(
            &TextArea::new("texte", "Texte", u32::try_from(ACTUALITE_MAX).unwrap_or(u32::MAX))
                .hint("Rien sur une personne : toutes les structures le lisent.")
                .form(form),
        )
        .with(&DateInput::new("jusqu_au", "Affichée jusqu’au (facultatif)").form(form))
        .with(&Button::submit("Publier"));
    page.titre("Publier une actualité")
        .phrase("Elle s’affiche à la connexion des gestionnaires et techniciens de vos partenaires jusqu’à ce qu’ils l’aient lue, et part à l’adresse de contact de chaque structure.")
        .with(&formulaire)
}

/// What somebody has not read yet, for the top of a home page; nothing without any.
#[must_use]
pub fn news_block(frame: &Frame, unread: &Nouvelles) -> Option<Markup> {
    if unread.lignes.is_empty() {
        return None;
    }
    let token = Page::new(frame, "").token_field();
    let block =
        unread.lignes.iter().fold(Markup::of(&Titre::new("Actualités de votre caisse")), |block, (caisse, a)| {
            let acte = Some((format!("{ACTUALITES}/{}/lue", a.id), token.clone(), "J’ai lu"));
            let par = format!("{caisse}, {}", instant(unread.zone, a.le));
            block.and(&Carte { titre: a.titre.clone(), par, texte: paragraph(&a.texte), acte })
        });
    Some(block.and(&Phrase::new(Link::new("Toutes les actualités", ACTUALITES))))
}
