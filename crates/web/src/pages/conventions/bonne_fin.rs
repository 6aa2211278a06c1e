//! What is open at the end of a convention, and how each goes on (CO-11).

use super::lettres::max;
use super::{act_path, convention_path};
use crate::frame::Frame;
use crate::pages::composants::{Button, Cell, Choice, Details, Radios, SummaryList, SummaryRow, Table, TextArea};
use crate::pages::feuille::{FeuillePage, Formulaire};
use crate::pages::mots::{en_tete, label};
use crate::pages::{FormState, jour_en_lettres};
use app::convention::{BonneFin, LigneFin};
use domain::calendrier::jour_civil;
use domain::convention::SuiteFin;
use domain::demande::Sorte;

/// The list of a convention whose end is known; `form` is the refused choice, or empty.
#[must_use]
pub fn bonne_fin_page(frame: &Frame, fin: &BonneFin, form: &FormState) -> FeuillePage {
    let ferme = if fin.effective { "Fermé depuis le" } else { "Ferme le" };
    let s = if fin.brouillons > 1 { "s" } else { "" };
    let page = FeuillePage::new(frame, "Suites de la convention", form).wide();
    let page =
        if fin.conduit { page.retour("La convention", convention_path(&fin.cle)) } else { page.retour("Accueil", "/") };
    let page = page
        .with(&SummaryList::new(vec![
            SummaryRow::new("Structure", fin.structure.clone()),
            SummaryRow::new("Caisse", fin.caisse.clone()),
            SummaryRow::new("Accès à cette caisse", format!("{ferme} {}", jour_en_lettres(fin.le))),
            SummaryRow::new(
                "Brouillons de la structure, toutes caisses",
                format!("{} brouillon{s} non envoyé{s}", fin.brouillons),
            ),
        ]))
        .phrase("La caisse termine ce qui est ouvert, même après la fermeture de l’accès.");
    let groupes: [(&str, &[Sorte]); 3] = [
        ("Demandes en cours", &[Sorte::Contacter, Sorte::Etude, Sorte::Difficulte]),
        ("Rendez-vous", &[Sorte::RendezVous]),
        ("Documents non remis", &[Sorte::Document]),
    ];
    let page = groupes.into_iter().fold(page, |page, groupe| group(page, (frame, form), fin, groupe));
    let page = page.with(&Button::link("Télécharger la liste (PDF)", act_path(&fin.cle, "bonne-fin.pdf")).secondary());
    if !fin.conduit {
        return page;
    }
    let give = Formulaire::post(frame, act_path(&fin.cle, "bonne-fin/remettre")).version(fin.version);
    page.phrase(
        "Un courriel avec le lien de cette page part vers les deux parties, et la liste est gardée comme preuve.",
    )
    .with(&give.with(&Button::submit("Donner la liste aux deux parties")))
}

/// The demandes of some kinds, each with its form where the reader decides.
fn group(
    page: FeuillePage,
    (frame, form): (&Frame, &FormState),
    fin: &BonneFin,
    (titre, sortes): (&str, &[Sorte]),
) -> FeuillePage {
    let lignes: Vec<&LigneFin> = fin.lignes.iter().filter(|l| sortes.contains(&l.demande.sorte)).collect();
    let page = page.titre(titre);
    if lignes.is_empty() {
        return page.phrase("Rien d’ouvert.");
    }
    let page = page.with(&table(fin, titre, &lignes));
    if !fin.conduit {
        return page;
    }
    lignes.into_iter().fold(page, |page, l| page.with(&choice(frame, fin, l, form)))
}

fn table(fin: &BonneFin, titre: &str, lignes: &[&LigneFin]) -> Table {
    let heads = ["Référence", "Objet", "État", "Reçue le", "Suite"].map(Cell::new).into();
    lignes.iter().fold(Table::new(titre, heads).hide_caption(), |table, l| {
        let suite = l.suite.as_ref().map_or("à décider".to_owned(), |s| {
            let mut texte = en_tete(s.suite.libelle());
            if !s.note.is_empty() {
                texte = format!("{texte}. {}", s.note);
            }
            texte
        });
        table.row(vec![
            Cell::new(l.demande.reference.clone()),
            Cell::new(label(l.demande.sorte.libelle())),
            Cell::new(en_tete(l.demande.etat.libelle())),
            Cell::new(jour_en_lettres(jour_civil(fin.zone, l.demande.transmise_le))),
            Cell::new(suite),
        ])
    })
}

/// How one goes on, as a form that opens on demand.
fn choice(frame: &Frame, fin: &BonneFin, l: &LigneFin, form: &FormState) -> Details {
    let reference = l.demande.reference.as_str();
    let (suite, note) = (format!("suite_{reference}"), format!("note_{reference}"));
    let chosen = match &l.suite {
        Some(s) if !form.has_errors() => {
            FormState::new().with(suite.as_str(), s.suite.code()).with(note.as_str(), s.note.as_str())
        }
        _ => form.clone(),
    };
    let choices = SuiteFin::TOUS.iter().map(|s| Choice::new(s.code(), en_tete(s.libelle()))).collect();
    let formulaire = Formulaire::post(frame, act_path(&fin.cle, "bonne-fin"))
        .version(fin.version)
        .hidden("reference", reference)
        .with(&Radios::new(suite.as_str(), "Comment se poursuit-elle ?", choices).form(&chosen))
        .with(
            &TextArea::new(note.as_str(), "Précision, sans nommer la personne", max()).rows(2).optional().form(&chosen),
        )
        .with(&Button::submit("Enregistrer"));
    let details = Details::new(format!("Dire comment se poursuit {reference}"), formulaire);
    if form.error(&suite).is_some() || form.error(&note).is_some() { details.open() } else { details }
}
