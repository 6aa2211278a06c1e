//! The filtered list of proofs as a file of columns for a spreadsheet: semicolons, UTF-8 with its mark, and no cell that a
//! spreadsheet would take for a formula.

use super::list::{Filtres, named, read};
use super::sujet;
use crate::compte::seen;
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::habilitation::tenants;
use domain::calendrier::Zone;
use domain::droits::{Acteur, lire_preuves};
use store::registre;

/// Proofs read at once.
const TRANCHE: u64 = 200;
/// Proofs of one file at most; the filter makes it smaller.
pub const EXPORT_MAX: usize = 10_000;
/// Refuses a longer one: a file that lacks lines without saying so proves the wrong thing.
const TROP: &str = "Ce fichier dépasserait 10 000 preuves. Choisissez une période plus courte.";

/// A cell that a spreadsheet shows as it is: signs that begin a formula are put behind an apostrophe.
fn cell(texte: &str) -> String {
    let formula = texte.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let texte = if formula { format!("'{texte}") } else { texte.to_owned() };
    if texte.contains([';', '"', '\n', '\r']) { format!("\"{}\"", texte.replace('"', "\"\"")) } else { texte }
}

/// Lines as a file of columns.
pub(crate) fn columns(lignes: impl Iterator<Item = Vec<String>>) -> String {
    let mut fichier = "\u{feff}".to_owned();
    for ligne in lignes {
        fichier.push_str(&ligne.iter().map(|c| cell(c)).collect::<Vec<_>>().join(";"));
        fichier.push_str("\r\n");
    }
    fichier
}

/// The proofs of a filter as a file; journalled with how many went out.
///
/// # Errors
/// As for [`super::list`]; [`AppError::Saisie`] at `du` when they are more than [`EXPORT_MAX`].
pub async fn export(ctx: &Contexte, requete: &Requete, filtres: &Filtres) -> Outcome<String> {
    let tx = ctx.store.begin_read().await?;
    let vu = seen(ctx, &tx, requete).await?;
    let acteur = Acteur::Compte(vu.acteur.clone());
    let portee = lire_preuves(&acteur)?;
    let zone = vu.caisses.first().map_or(Zone::Metropole, |c| c.fiche.zone);
    let filtre = read(filtres, zone)?;
    let mut lignes = vec![["Date", "Nature", "Structure", "Par", "Numéro", "Contenu"].map(str::to_owned).to_vec()];
    let mut apres = None;
    loop {
        let found = registre::list(&tx, (&portee, sujet(&acteur)), &filtre, apres, TRANCHE).await?;
        let (last, full) = (found.last().map(|p| p.id), found.len() as u64 == TRANCHE);
        for r in named(ctx, &tx, found).await? {
            let p = &r.preuve;
            let contenu: Vec<String> = p.contenu.iter().map(|(label, value)| format!("{label} : {value}")).collect();
            let le = p.le.with_timezone(&zone.fuseau()).format("%Y-%m-%d %H:%M").to_string();
            let (nature, numero) = (p.nature.libelle().to_owned(), p.id.to_string());
            lignes.push(vec![le, nature, r.structure, r.auteur, numero, contenu.join(" / ")]);
        }
        if lignes.len() > EXPORT_MAX + 1 {
            return Err(AppError::Saisie(vec![ErreurChamp::new("du", TROP)]));
        }
        match last.filter(|_| full) {
            Some(last) => apres = Some(last),
            None => break,
        }
    }
    let (caisse, partenaire) = tenants(&portee);
    let objet = Objet { nature: "preuve", id: None, caisse, partenaire };
    let mut entree = ctx.entree(requete, &acteur, "preuve.export", objet);
    entree.details = format!("{{\"nombre\":{}}}", lignes.len() - 1);
    ctx.record(entree).await?;
    Ok(columns(lignes.into_iter()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_taken_for_a_formula_or_for_two() {
        for dangereux in ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1"] {
            assert!(cell(dangereux).trim_start_matches('"').starts_with('\''), "{dangereux:?}");
        }
        assert_eq!(cell("a;b"), "\"a;b\"");
        assert_eq!(cell("dit \"oui\""), "\"dit \"\"oui\"\"\"");
        assert_eq!(cell("O’Neil"), "O’Neil");
    }

    #[test]
    fn a_file_begins_with_its_mark_and_ends_its_lines() {
        let lignes = [vec!["Nom".to_owned(), "Rôle".to_owned()], vec!["=A".to_owned(), "x".to_owned()]];
        assert_eq!(columns(lignes.into_iter()), "\u{feff}Nom;Rôle\r\n'=A;x\r\n");
    }
}
