//! Taking a file out of a draft. Its key goes with its row; its bytes are collected as an orphan.

use crate::compte::load_acteur;
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use domain::droits::{self, Acteur};
use domain::ids::{BrouillonId, PieceJointeId};
use store::{brouillon, piece_jointe};

/// Takes a file out of a draft of the caller; nothing happens when it is not in it.
///
/// # Errors
/// [`AppError::Introuvable`] when the draft is gone or somebody else's.
pub async fn detach(ctx: &Contexte, requete: &Requete, id: BrouillonId, piece: PieceJointeId) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = load_acteur(ctx, &tx, requete).await?;
    let compte = acteur.compte;
    let acteur = Acteur::Compte(acteur);
    let draft = brouillon::lock(&tx, compte, id).await?.ok_or(AppError::Introuvable)?;
    let permis = droits::garder_brouillon(&acteur, draft.sorte)?;
    // Not there, or no more: a second click finds what it asked for. Somebody else's file is never in this draft.
    if !piece_jointe::remove_from_draft(&tx, &permis, id, piece).await? {
        return Ok(());
    }
    brouillon::update(&tx, &permis, &draft, ctx.now()).await?;
    let objet = Objet { nature: "piece_jointe", id: Some(piece.to_string()), ..Objet::default() };
    ctx.journal(&tx, ctx.entree(requete, &acteur, "piece.detach", objet)).await?;
    tx.commit().await?;
    Ok(())
}
