//! Adding files to a draft.

use super::prepare::{self, Preparee, empreinte};
use super::{FichierRecu, Jointes, Refusee};
use crate::compte::load_acteur;
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use domain::droits::{self, Acteur};
use domain::ids::BrouillonId;
use domain::piece_jointe::{NOMBRE_MAX, NomDeFichier, Refus};
use store::{brouillon, piece_jointe};

/// Adds files to a draft of the caller; those that may not be kept are told with their reason, the others stay. The same
/// file sent twice is there once: a second click changes nothing.
///
/// # Errors
/// [`AppError::Introuvable`] when the draft is gone or somebody else's, [`AppError::Interdit`] when its kind is no longer
/// open, [`AppError::Occupe`] when files cannot be kept now.
pub async fn attach_to_draft(
    ctx: &Contexte,
    requete: &Requete,
    id: BrouillonId,
    recus: Vec<FichierRecu>,
) -> Outcome<Jointes> {
    let mut known = known(ctx, requete, id).await?;
    let (mut preparees, mut jointes) = (Vec::new(), Jointes::default());
    for recu in recus {
        let marque = empreinte(&recu.octets);
        if known.contains(&marque) {
            jointes.gardees += 1;
        } else if known.len() >= NOMBRE_MAX {
            jointes.refusees.push(Refusee { nom: NomDeFichier::shown(&recu.nom), refus: Refus::TropNombreux });
        } else {
            match prepare::prepare(ctx, recu).await? {
                Ok(preparee) => {
                    known.push(marque);
                    preparees.push(preparee);
                }
                Err(refusee) => jointes.refusees.push(refusee),
            }
        }
    }
    if !preparees.is_empty() {
        jointes.gardees += write(ctx, requete, id, &preparees).await?;
    }
    Ok(jointes)
}

/// The marks of the files already there; refuses who may not add any, before anything is read.
async fn known(ctx: &Contexte, requete: &Requete, id: BrouillonId) -> Outcome<Vec<Vec<u8>>> {
    let tx = ctx.store.begin_read().await?;
    let acteur = load_acteur(ctx, &tx, requete).await?;
    let draft = brouillon::load(&tx, acteur.compte, id).await?.ok_or(AppError::Introuvable)?;
    let there = piece_jointe::of_draft(&tx, acteur.compte, id).await?;
    droits::garder_brouillon(&Acteur::Compte(acteur), draft.sorte)?;
    Ok(there.into_iter().map(|p| p.empreinte).collect())
}

async fn write(ctx: &Contexte, requete: &Requete, id: BrouillonId, preparees: &[Preparee]) -> Outcome<usize> {
    let tx = ctx.store.begin_write().await?;
    let acteur = load_acteur(ctx, &tx, requete).await?;
    let compte = acteur.compte;
    let acteur = Acteur::Compte(acteur);
    // Locked: two windows count one after the other.
    let draft = brouillon::lock(&tx, compte, id).await?.ok_or(AppError::Introuvable)?;
    let permis = droits::garder_brouillon(&acteur, draft.sorte)?;
    let there = piece_jointe::of_draft(&tx, compte, id).await?;
    let now = ctx.now();
    let mut added = 0;
    for preparee in preparees {
        if there.iter().any(|p| p.empreinte == preparee.empreinte) {
            continue;
        }
        if there.len() + added >= NOMBRE_MAX {
            return Err(AppError::Conflit);
        }
        piece_jointe::add_to_draft(&tx, &permis, id, &preparee.nouvelle(), now).await?;
        added += 1;
    }
    // A draft that gets a file has changed: it lives on.
    brouillon::update(&tx, &permis, &draft, now).await?;
    let objet = Objet { nature: "brouillon", id: Some(id.to_string()), ..Objet::default() };
    let mut entree = ctx.entree(requete, &acteur, "piece.attach", objet);
    entree.details = format!("{{\"pieces\":{added}}}");
    ctx.journal(&tx, entree).await?;
    tx.commit().await?;
    Ok(preparees.len())
}
