//! Proofs (JO-2): a list by kind, period and structure, one proof to read and print.

use crate::frame::Frame;
use crate::pages::FormState;
use crate::pages::composants::{
    Button, ButtonGroup, Cell, Choice, DateInput, Details, Link, Pagination, Select, Table,
};
use crate::pages::feuille::{FeuillePage, Formulaire};
use crate::pages::imprime::document;
use crate::pages::mots::instant;
use app::registre::{Fiche, Liste, imprime};
use domain::preuve::Nature;

/// Address of the list.
pub const PATH: &str = "/preuves";

/// A page of proofs. `question` is the filter as the address holds it, without the page.
#[must_use]
pub fn list_page(frame: &Frame, liste: Option<&Liste>, form: &FormState, question: &str) -> FeuillePage {
    let page = FeuillePage::new(frame, "Preuves", form)
        .wide()
        .phrase("Attestations, revues, notifications, lettres, décisions : datées, jamais modifiées, gardées pendant la convention puis cinq ans.")
        .with(&Details::new("Filtrer", filter(liste, form)).open());
    let Some(liste) = liste else { return page };
    let file = Button::link("Exporter cette liste (CSV)", format!("{PATH}/export.csv?{question}")).secondary();
    if liste.preuves.is_empty() {
        return page.phrase("Aucune preuve dans cette liste.");
    }
    let headings = ["Preuve", "Date", "Structure", "Par"].map(Cell::new).into();
    let table = liste.preuves.iter().fold(Table::new("Preuves", headings).hide_caption(), |table, r| {
        let subject = r.preuve.contenu.first().map_or(r.preuve.nature.libelle(), |(_, value)| value.as_str());
        let words = format!("{} : {subject}", r.preuve.nature.libelle());
        let par = if r.auteur.is_empty() { "Le portail" } else { r.auteur.as_str() };
        table.row(vec![
            Cell::new(Link::new(words, format!("{PATH}/{}", r.preuve.id))),
            Cell::new(instant(liste.zone, r.preuve.le)),
            Cell::new(r.structure.as_str()),
            Cell::new(par),
        ])
    });
    let next = liste.suite.map(|id| format!("{PATH}?{question}&apres={id}"));
    page.with(&file).with(&table).with(&Pagination::new(None, next))
}

fn filter(liste: Option<&Liste>, form: &FormState) -> Formulaire {
    let mut natures = vec![Choice::new("", "Toutes")];
    natures.extend(Nature::TOUTES.iter().map(|n| Choice::new(n.code(), n.libelle())));
    let mut formulaire = Formulaire::get(PATH).with(&Select::new("nature", "Nature", natures).form(form));
    let structures = liste.map_or(&[][..], |l| l.structures.as_slice());
    if !structures.is_empty() {
        let mut choices = vec![Choice::new("", "Toutes")];
        choices.extend(structures.iter().map(|(id, nom)| Choice::new(id.to_string(), nom.as_str())));
        formulaire = formulaire.with(&Select::new("partenaire", "Structure", choices).form(form));
    }
    formulaire
        .with(&DateInput::new("du", "Du").form(form))
        .with(&DateInput::new("au", "Au").form(form))
        .with(&Button::submit("Filtrer").secondary())
}

/// One proof.
#[must_use]
pub fn page(frame: &Frame, fiche: &Fiche) -> FeuillePage {
    let pdf = Button::link("Télécharger le PDF", format!("{PATH}/{}/preuve.pdf", fiche.preuve.id));
    FeuillePage::new(frame, "Preuve", &FormState::new())
        .retour("Retour", PATH)
        .with(&ButtonGroup::new(&pdf))
        .with_markup(&document(&imprime(fiche)))
}
