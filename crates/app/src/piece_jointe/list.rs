//! The files of a draft.

use crate::compte::seen;
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use domain::droits::Acteur;
use domain::ids::BrouillonId;
use store::piece_jointe::Piece;
use store::{brouillon, piece_jointe};

/// The files of a draft of the caller, oldest first.
///
/// # Errors
/// [`AppError::Introuvable`] when the draft is gone or somebody else's.
pub async fn list_of_draft(ctx: &Contexte, requete: &Requete, id: BrouillonId) -> Outcome<Vec<Piece>> {
    let (pieces, entree) = {
        let tx = ctx.store.begin_read().await?;
        let acteur = seen(ctx, &tx, requete).await?.acteur.clone();
        brouillon::load(&tx, acteur.compte, id).await?.ok_or(AppError::Introuvable)?;
        let pieces = piece_jointe::of_draft(&tx, acteur.compte, id).await?;
        let objet = Objet { nature: "brouillon", id: Some(id.to_string()), ..Objet::default() };
        (pieces, ctx.entree(requete, &Acteur::Compte(acteur), "piece.list", objet))
    };
    ctx.record(entree).await?;
    Ok(pieces)
}
