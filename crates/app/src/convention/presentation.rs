//! `convention show`: every value with its source, then what activation lacks (CO-9, CO-12).

use std::collections::BTreeSet;
use std::fmt::Write as _;

use domain::convention::{Dossier, Parametre};

use super::consequences::consequences;

/// The dossier in French: what the papers say by theme, each value with its source, what they leave open, what
/// follows from them, and what activation lacks.
#[must_use]
pub fn presente(dossier: &Dossier) -> String {
    let mut texte = format!(
        "Convention {}\nCaisse : {}\nPartenaire : {}\n",
        dossier.cle, dossier.cle_caisse, dossier.cle_partenaire
    );
    let parametres = dossier.parametres();
    let mut theme = "";
    for p in &parametres {
        let Some(valeur) = &p.valeur else { continue };
        if p.theme != theme {
            theme = p.theme;
            ligne(&mut texte, &format!("\n{theme}"));
        }
        let source = p.source.as_ref().map(domain::convention::Source::mention).unwrap_or_default();
        ligne(&mut texte, &format!("  {} : {valeur} [{source}]", p.libelle));
    }
    ligne(&mut texte, "\nNon écrit");
    ligne(&mut texte, &format!("  {}", non_ecrits(&parametres)));
    ligne(&mut texte, "\nCe que le portail en tire");
    for (libelle, reponse) in consequences(dossier) {
        ligne(&mut texte, &format!("  {libelle} : {reponse}"));
    }
    let lacunes = dossier.lacunes();
    if lacunes.is_empty() {
        ligne(&mut texte, "\nRien ne manque pour activer la convention.");
    } else {
        ligne(&mut texte, "\nCe qui manque pour activer la convention");
        for lacune in lacunes {
            ligne(&mut texte, &format!("  - {} ({})", lacune.raison, lacune.champ));
        }
    }
    texte
}

/// The paths without a value; a table that says nothing at all (no CARSAT, no union) by its name alone.
fn non_ecrits(parametres: &[Parametre]) -> String {
    let table = |p: &Parametre| p.chemin.split('.').next().unwrap_or_default().to_owned();
    let ecrites: BTreeSet<String> = parametres.iter().filter(|p| p.valeur.is_some()).map(table).collect();
    let mut noms: Vec<String> = parametres
        .iter()
        .filter(|p| p.valeur.is_none())
        .map(|p| if ecrites.contains(&table(p)) { p.chemin.clone() } else { table(p) })
        .collect();
    noms.dedup();
    noms.join(", ")
}

fn ligne(texte: &mut String, contenu: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(texte, "{contenu}");
}
