//! « Annuler et refaire »: the demande is withdrawn and its form comes back filled, in one transaction.

use super::cancel::withdraw;
use super::reprise::filled_from;
use crate::compte::load_acteur;
use crate::context::{Contexte, Objet, Requete};
use crate::error::Outcome;
use domain::droits::{self, Acteur};
use domain::ids::BrouillonId;
use store::brouillon;

/// Withdraws the demande and gives the draft that holds everything of it, save how the person was informed and agreed;
/// `version` is the one the form was made from.
///
/// # Errors
/// As [`super::cancel`]; [`crate::AppError::Interdit`] also when the kind is no longer open: nothing is withdrawn then.
pub async fn cancel_and_redo(ctx: &Contexte, requete: &Requete, reference: &str, version: i64) -> Outcome<BrouillonId> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let lue = withdraw(ctx, &tx, (requete, &acteur), reference, version).await?;
    let permis = droits::garder_brouillon(&acteur, lue.sorte)?;
    let id = BrouillonId::new(ctx.new_id());
    let saisie = filled_from(&tx, &lue).await?;
    brouillon::insert(&tx, &permis, id, (lue.sorte, &saisie), ctx.now()).await?;
    let objet = Objet { nature: "brouillon", id: Some(id.to_string()), ..Objet::default() };
    ctx.journal(&tx, ctx.entree(requete, &acteur, "brouillon.save", objet)).await?;
    tx.commit().await?;
    Ok(id)
}
