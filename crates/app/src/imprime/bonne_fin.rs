//! The list of what is open at the end of a convention, for both sides (CO-11).

use super::{Bloc, Colonne, Imprime, Tableau};
use crate::convention::{BonneFin, LigneFin};
use domain::calendrier::{date_en_francais, jour_civil};

/// The list as it stands.
#[must_use]
pub fn bonne_fin(fin: &BonneFin) -> Imprime {
    let le = date_en_francais(fin.le);
    let ferme = if fin.effective { "est fermé depuis le" } else { "ferme le" };
    let mut blocs = vec![
        Bloc::Mentions(vec![
            ("Structure".to_owned(), fin.structure.clone()),
            ("Caisse".to_owned(), fin.caisse.clone()),
            ("Brouillons non envoyés".to_owned(), fin.brouillons.to_string()),
        ]),
        Bloc::Paragraphe(format!(
            "L’accès de la structure à cette caisse {ferme} {le}. La caisse termine ce qui est ouvert, même après cette date."
        )),
    ];
    if fin.lignes.is_empty() {
        blocs.push(Bloc::Paragraphe("Aucune demande n’est ouverte.".to_owned()));
    } else {
        blocs.push(Bloc::Tableau(table(fin)));
    }
    Imprime { titre: "Suites de la convention".to_owned(), emetteur: fin.caisse.clone(), langue: "fr", blocs }
}

fn table(fin: &BonneFin) -> Tableau {
    let colonne = |titre: &str| Colonne { titre: titre.to_owned(), nombres: false };
    let line = |l: &LigneFin| {
        let suite = l.suite.as_ref();
        let mut comment = suite.map_or("à décider".to_owned(), |s| s.suite.libelle().replace('\'', "’"));
        if let Some(note) = suite.map(|s| s.note.as_str()).filter(|n| !n.is_empty()) {
            comment = format!("{comment}. {}", note.replace('\n', " "));
        }
        vec![
            l.demande.reference.clone(),
            l.demande.sorte.libelle().replace('\'', "’"),
            l.demande.etat.libelle().to_owned(),
            date_en_francais(jour_civil(fin.zone, l.demande.transmise_le)),
            comment,
        ]
    };
    Tableau {
        legende: "Demandes ouvertes à la fin de la convention".to_owned(),
        colonnes: ["Référence", "Objet", "État", "Reçue le", "Suite"].map(colonne).into(),
        lignes: fin.lignes.iter().map(line).collect(),
    }
}
