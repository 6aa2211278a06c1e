//! From documents to dossiers: papers, then complements, over what is already known. All or nothing.

use domain::convention::Dossier;

use super::format::{Document, ErreurImport};

/// The dossiers that result from `documents` over those already `connus` (only changed or new ones need storing:
/// compare with [`contenu_canonique`]). A convention read again keeps the complements it had. Order of the
/// documents does not matter: conventions first, then complements in their order.
///
/// # Errors
/// A complement of an unknown convention, one that would replace what a paper says, or whose values cannot be
/// right, by file and line.
pub fn assemble(documents: &[Document], connus: &[Dossier]) -> Result<Vec<Dossier>, Vec<ErreurImport>> {
    let mut dossiers: Vec<Dossier> = Vec::new();
    for document in documents {
        if let Document::Convention(c) = document {
            let ancien = connus.iter().find(|d| d.cle == c.dossier.cle);
            dossiers.push(ancien.map_or_else(|| c.dossier.clone(), |a| c.dossier.reprend_complements(a)));
        }
    }
    let mut erreurs = Vec::new();
    for document in documents {
        let Document::Complement(c) = document else {
            continue;
        };
        let erreur = |champ: &str, ligne, raison: String| ErreurImport {
            fichier: c.fichier.clone(),
            ligne,
            champ: champ.to_owned(),
            raison,
        };
        if !dossiers.iter().any(|d| d.cle == c.cle) {
            dossiers.extend(connus.iter().find(|d| d.cle == c.cle).cloned());
        }
        let Some(dossier) = dossiers.iter_mut().find(|d| d.cle == c.cle) else {
            erreurs.push(erreur("complement", c.ligne, format!("la convention « {} » n'est pas connue", c.cle)));
            continue;
        };
        match dossier.complete(&c.stipulations) {
            Ok(complet) => {
                erreurs.extend(complet.incoherences().into_iter().map(|faux| {
                    let ligne = c.lignes.get(&faux.champ).copied().unwrap_or(c.ligne);
                    erreur(&faux.champ, ligne, faux.raison)
                }));
                *dossier = complet;
            }
            Err(contradictions) => erreurs.extend(contradictions.into_iter().map(|k| {
                let ligne = c.lignes.get(&k.chemin).copied().unwrap_or(c.ligne);
                erreur(
                    &k.chemin,
                    ligne,
                    format!("la convention le dit déjà ({}) : un complément ne le remplace pas", k.source.mention()),
                )
            })),
        }
    }
    if erreurs.is_empty() { Ok(dossiers) } else { Err(erreurs) }
}

/// The JSON of a dossier: equal for equal dossiers, so that an import changes nothing that is already there.
///
/// # Errors
/// None in practice: every dossier can be written as JSON.
pub fn contenu_canonique(dossier: &Dossier) -> Result<String, serde_json::Error> {
    serde_json::to_string(dossier)
}
