//! Files of a convention, and its printed document (CO-1, CO-9).

use super::fiche_path;
use crate::frame::Frame;
use crate::pages::FormState;
use crate::pages::composants::{Button, Cell, Choice, FileInput, InsetText, Link, Markup, Select, Table, size};
use crate::pages::feuille::{FeuillePage, Formulaire};
use crate::pages::mots::{instant, lines};
use crate::pages::pieces::{CHAMP, SANS_ANTIVIRUS, state};
use app::imprime::Imprime;
use app::partenaire::{Depose, PieceConvention};
use domain::piece_jointe::{Etat, SortePiece};

/// The files of a convention; the référent may attach some.
#[must_use]
pub fn pieces(
    frame: &Frame,
    d: &Depose,
    (fait, antivirus): (Option<&'static str>, bool),
    form: &FormState,
) -> FeuillePage {
    let (caisse, structure) = &d.entre;
    let page = FeuillePage::new(frame, "Pièces de la convention", form)
        .wide()
        .retour("Fiche", fiche_path(&d.cle))
        .legende(format!("{caisse} et {structure}"))
        .avis(fait);
    let waits = d.pieces.iter().any(|p| p.etat == Etat::Quarantaine);
    let page = if waits && !antivirus { page.with(&InsetText::new(SANS_ANTIVIRUS)) } else { page };
    let page = if d.pieces.is_empty() {
        page.phrase("Aucune pièce n’est jointe à cette convention.")
    } else {
        page.with(&table(d, antivirus))
    };
    if !d.au_bureau {
        return page;
    }
    let sortes = std::iter::once(Choice::new("", "Choisissez"))
        .chain(SortePiece::TOUTES.map(|s| Choice::new(s.code(), s.libelle())))
        .collect();
    let formulaire = Formulaire::post(frame, format!("/conventions/{}/pieces", d.cle))
        .files()
        .with(&Select::new("sorte", "Ce qu’est cette pièce", sortes).form(form))
        .with(&FileInput::new(CHAMP, "Choisir des fichiers").form(form))
        .with(&Button::submit("Joindre"));
    page.titre("Joindre une pièce").with(&formulaire)
}

fn table(d: &Depose, antivirus: bool) -> Table {
    let headings = ["Pièce", "Fichier", "Jointe le"].map(Cell::new).into();
    d.pieces.iter().fold(Table::new("Pièces", headings).hide_caption(), |table, p| {
        let who = d.noms.get(&p.auteur).map(|nom| format!("par {nom}"));
        table.row(vec![
            Cell::new(p.sorte.libelle()),
            Cell::new(file(d, p, antivirus)),
            Cell::new(lines([Some(instant(d.zone, p.recue_le)), who].into_iter().flatten())),
        ])
    })
}

fn file(d: &Depose, p: &PieceConvention, antivirus: bool) -> Markup {
    let about = format!("{}, {} – {}", p.type_fichier.libelle(), size(p.taille), state(p.etat, antivirus));
    if p.etat.est_servie() {
        let href = format!("/conventions/{}/pieces/{}", d.cle, p.id);
        return Markup::of(&Link::new(p.nom.as_str(), href)).and_markup(&lines([String::new(), about]));
    }
    lines([p.nom.as_str().to_owned(), about])
}

/// The printed conventions.
#[must_use]
pub fn document(frame: &Frame, cle: &str, imprime: &Imprime) -> FeuillePage {
    FeuillePage::new(frame, imprime.titre.clone(), &FormState::new())
        .wide()
        .retour("Fiche", fiche_path(cle))
        .legende(imprime.emetteur.clone())
        .with(&Button::link("Télécharger le document (PDF)", format!("/conventions/{cle}/document.pdf")).secondary())
        .with_markup(&crate::pages::imprime::body(imprime))
}
