//! What is open at the end of a convention, and how each goes on (CO-11).

use super::blocs::{Contenu, ConventionsPage, Heading, en_tete, mot};
use super::lettres::max;
use super::{act_path, convention_path};
use crate::frame::Frame;
use crate::pages::composants::{
    Button, Cell, Choice, Details, Hidden, Radios, SummaryList, SummaryRow, Table, TextArea,
};
use crate::pages::{FormState, jour_en_lettres};
use app::convention::{BonneFin, LigneFin};
use domain::calendrier::jour_civil;
use domain::convention::SuiteFin;
use domain::demande::Sorte;

/// The list of a convention whose end is known; `form` is the refused choice, or empty.
#[must_use]
pub fn bonne_fin_page(frame: &Frame, fin: &BonneFin, form: &FormState) -> ConventionsPage {
    let ferme = if fin.effective { "Fermé depuis le" } else { "Ferme le" };
    let s = if fin.brouillons > 1 { "s" } else { "" };
    let mut contenu = Contenu::default()
        .add(&SummaryList::new(vec![
            SummaryRow::new("Structure", fin.structure.clone()),
            SummaryRow::new("Caisse", fin.caisse.clone()),
            SummaryRow::new("Accès à cette caisse", format!("{ferme} {}", jour_en_lettres(fin.le))),
            SummaryRow::new(
                "Brouillons de la structure, toutes caisses",
                format!("{} brouillon{s} non envoyé{s}", fin.brouillons),
            ),
        ]))
        .paragraph("La caisse termine ce qui est ouvert, même après la fermeture de l’accès.");
    let groupes: [(&str, &[Sorte]); 3] = [
        ("Demandes en cours", &[Sorte::Contacter, Sorte::Etude, Sorte::Difficulte]),
        ("Rendez-vous", &[Sorte::RendezVous]),
        ("Documents non remis", &[Sorte::Document]),
    ];
    for (titre, sortes) in groupes {
        let lignes: Vec<&LigneFin> = fin.lignes.iter().filter(|l| sortes.contains(&l.demande.sorte)).collect();
        contenu = contenu.add(&Heading { texte: titre, id: None });
        contenu = if lignes.is_empty() {
            contenu.paragraph("Rien d’ouvert.")
        } else {
            contenu.add(&table(fin, titre, &lignes))
        };
        if fin.conduit {
            for l in lignes {
                contenu = contenu.add(&choice(frame, fin, l, form));
            }
        }
    }
    contenu = contenu.add(&Button::link("Télécharger la liste (PDF)", act_path(&fin.cle, "bonne-fin.pdf")).secondary());
    if fin.conduit {
        let champs = Contenu::default().submit("Donner la liste aux deux parties");
        contenu = contenu
            .paragraph("Un courriel avec le lien de cette page part vers les deux parties, et la liste est gardée comme preuve.")
            .form(frame, (&act_path(&fin.cle, "bonne-fin/remettre"), fin.version), champs);
    }
    let page = ConventionsPage::new(frame, "Suites de la convention", contenu.0).refused(form);
    if fin.conduit { page.back("La convention", convention_path(&fin.cle)) } else { page.back("Accueil", "/") }
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
            Cell::new(mot(l.demande.sorte.libelle())),
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
    let champs = Contenu::default()
        .add(&Hidden::new("reference", reference))
        .add(&Radios::new(suite.as_str(), "Comment se poursuit-elle ?", choices).form(&chosen))
        .add(
            &TextArea::new(note.as_str(), "Précision, sans nommer la personne", max()).rows(2).optional().form(&chosen),
        )
        .submit("Enregistrer");
    let contenu = Contenu::default().form(frame, (&act_path(&fin.cle, "bonne-fin"), fin.version), champs);
    let details = Details::new(format!("Dire comment se poursuit {reference}"), contenu.0);
    if form.error(&suite).is_some() || form.error(&note).is_some() { details.open() } else { details }
}
