//! The structures of a caisse, for its référents.

use super::{ACTUALITES, LISTE};
use crate::frame::Frame;
use crate::pages::FormState;
use crate::pages::composants::{Button, ButtonGroup, Cell, Link, Markup, Pagination, Table, Tag, TagColour, TextInput};
use crate::pages::feuille::{FeuillePage, Formulaire};
use crate::pages::mots::{Gap, en_tete};
use app::partenaire::{LignePartenaire, Page};
use domain::convention::Etat;

/// The list, with its search by name. `suite` is the address of the next page.
#[must_use]
pub fn liste(frame: &Frame, page: &Page, recherche: &str, suite: Option<String>) -> FeuillePage {
    let form = FormState::new().with("recherche", recherche);
    let search = Formulaire::get(LISTE)
        .with(&TextInput::new("recherche", "Chercher une structure par son nom").form(&form))
        .with(&Button::submit("Chercher").secondary());
    let feuillet = FeuillePage::new(frame, "Partenaires", &form).wide().legende(page.caisse.clone()).with(
        &ButtonGroup::new(&Button::link("Nouvelle structure", format!("{LISTE}/nouveau")))
            .with(&Link::new("Actualités de la caisse", ACTUALITES)),
    );
    let feuillet = feuillet.with(&search);
    let feuillet = if page.lignes.is_empty() {
        feuillet.phrase(if recherche.is_empty() {
            "Votre caisse n’a encore aucune structure."
        } else {
            "Aucune structure de votre caisse ne porte ce nom."
        })
    } else {
        feuillet.with(&table(&page.lignes))
    };
    feuillet.with(&Pagination::new(None, suite))
}

fn table(lignes: &[LignePartenaire]) -> Table {
    let headings = ["Structure", "Convention", "Document"].map(Cell::new).into();
    lignes.iter().fold(Table::new("Structures", headings).hide_caption(), |table, l| {
        let nom = Link::new(l.nom.as_str(), format!("{LISTE}/{}", l.slug));
        let document = Link::new(format!("Conventions de {}", l.nom), format!("/conventions/{}/document", l.cle));
        table.row(vec![Cell::new(nom), Cell::new(state(l.etat, l.arretee)), Cell::new(document)])
    })
}

/// State of a convention as a word, and whether its access is stopped.
pub(super) fn state(etat: Etat, arretee: bool) -> Markup {
    let colour = match etat {
        Etat::Projet | Etat::ASigner | Etat::Activable => TagColour::Yellow,
        Etat::AVenir => TagColour::Blue,
        Etat::Active => TagColour::Green,
        Etat::Terminee => TagColour::Grey,
    };
    let word = Markup::of(&Tag::new(en_tete(etat.libelle()), colour));
    if arretee { word.and(&Gap).and(&Tag::new("Accès suspendu", TagColour::Red)) } else { word }
}
