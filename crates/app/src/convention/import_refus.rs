//! Why an import changes nothing, at file, line and field (CO-9).

use super::format::{Document, ErreurImport};
use super::import::ImportError;
use crate::error::{AppError, ErreurChamp};
use domain::calendrier::date_en_francais;
use domain::convention::Dossier;
use store::convention::Enregistree;
use store::{WriteTx, convention};

/// A known convention stays with its caisse and its partenaire: their comptes and demandes hang on both.
pub(super) fn moved(documents: &[Document], connus: &[Dossier]) -> Vec<ErreurImport> {
    let mut erreurs = Vec::new();
    for document in documents {
        let Document::Convention(c) = document else { continue };
        let Some(connu) = connus.iter().find(|d| d.cle == c.dossier.cle) else { continue };
        for (champ, qui, ancien, nouveau) in [
            ("cle_caisse", "de la caisse", &connu.cle_caisse, &c.dossier.cle_caisse),
            ("cle_partenaire", "du partenaire", &connu.cle_partenaire, &c.dossier.cle_partenaire),
        ] {
            if ancien != nouveau {
                let raison = format!(
                    "la convention « {} » est déjà celle {qui} « {ancien} » : elle ne peut pas passer à « {nouveau} »",
                    connu.cle
                );
                let (fichier, champ) = (c.fichier.clone(), champ.to_owned());
                erreurs.push(ErreurImport { fichier, ligne: c.ligne, champ, raison });
            }
        }
    }
    erreurs
}

/// The papers of a convention that an avenant has changed would take it back: they are refused, what an avenant says is
/// changed by another avenant (CO-4). Complements still come in beside it.
pub(super) async fn amended(
    tx: &WriteTx,
    documents: &[Document],
    connu: Option<&Enregistree>,
) -> Result<(), ImportError> {
    let Some(connu) = connu else { return Ok(()) };
    let Some((fichier, ligne)) = place_of(documents, &connu.dossier.cle) else { return Ok(()) };
    let versions = convention::versions(tx, connu).await?;
    let Some(last) = versions.iter().rev().find(|v| v.numero > 1 && v.appliquee_le.is_some()) else { return Ok(()) };
    let raison = format!(
        "l’avenant n° {} du {} est en vigueur pour la convention « {} » : ce fichier ne le remplace pas, enregistrez un avenant",
        last.numero - 1,
        date_en_francais(last.effet_le),
        connu.dossier.cle
    );
    Err(ImportError::Fichiers(vec![ErreurImport { fichier, ligne, champ: "cle".to_owned(), raison }]))
}

/// A SIRET that another structure has, at the line that gives it.
pub(super) fn at_its_line(documents: &[Document], dossier: &Dossier, erreur: ImportError) -> ImportError {
    const SIRET: &str = "partenaire.siret";
    let ImportError::App(AppError::Saisie(fautes)) = erreur else { return erreur };
    let given = documents.iter().find_map(|d| match d {
        Document::Complement(c) if c.cle == dossier.cle => Some((c.fichier.clone(), *c.lignes.get(SIRET)?)),
        _ => None,
    });
    let (fichier, ligne) = given.or_else(|| place_of(documents, &dossier.cle)).unwrap_or_default();
    let of = |ErreurChamp { message, .. }: ErreurChamp| ErreurImport {
        fichier: fichier.clone(),
        ligne,
        champ: SIRET.to_owned(),
        raison: message,
    };
    ImportError::Fichiers(fautes.into_iter().map(of).collect())
}

/// File and line of a convention among the documents.
fn place_of(documents: &[Document], cle: &str) -> Option<(String, usize)> {
    documents.iter().find_map(|d| match d {
        Document::Convention(c) if c.dossier.cle == cle => Some((c.fichier.clone(), c.ligne)),
        _ => None,
    })
}

pub(super) fn unknown_caisse(documents: &[Document], dossier: &Dossier) -> ErreurImport {
    let (fichier, ligne) = place_of(documents, &dossier.cle).unwrap_or_default();
    let raison = format!("la caisse « {} » n'est pas connue", dossier.cle_caisse);
    ErreurImport { fichier, ligne, champ: "cle_caisse".to_owned(), raison }
}
