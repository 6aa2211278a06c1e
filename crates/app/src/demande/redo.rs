//! « Annuler et refaire »: the demande is withdrawn and its form comes back filled, in one transaction.

use super::cancel::{Retrait, withdraw};
use super::reprise::filled_from;
use crate::compte::load_acteur;
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use domain::droits::{self, Acteur};
use domain::ids::{BrouillonId, DemandeId};
use store::{Tx, brouillon};
use uuid::Uuid;

/// Withdraws the demande and gives the draft that holds everything of it, save how the person was informed and agreed;
/// `version` is the one the form was made from.
///
/// # Errors
/// As [`super::cancel`]; [`crate::AppError::Interdit`] also when the kind is no longer open: nothing is withdrawn then.
pub async fn cancel_and_redo(ctx: &Contexte, requete: &Requete, reference: &str, version: i64) -> Outcome<BrouillonId> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let lue = match withdraw(ctx, &tx, (requete, &acteur), reference, version).await? {
        Retrait::Premier(lue) => lue,
        Retrait::Second(lue) => return made_before(&tx, &acteur, lue.id).await,
    };
    let permis = droits::garder_brouillon(&acteur, lue.sorte)?;
    let id = draft_of(lue.id);
    let saisie = filled_from(&tx, &lue).await?;
    brouillon::insert(&tx, &permis, id, (lue.sorte, &saisie), ctx.now()).await?;
    let objet = Objet { nature: "brouillon", id: Some(id.to_string()), ..Objet::default() };
    ctx.journal(&tx, ctx.entree(requete, &acteur, "brouillon.save", objet)).await?;
    tx.commit().await?;
    Ok(id)
}

/// The draft of a demande is found by its id, so that a second click opens what the first one made.
fn draft_of(demande: DemandeId) -> BrouillonId {
    // The version's digit is turned: no id that is made for something else looks like that.
    const VERSION: u128 = 0xf << 76;
    BrouillonId::new(Uuid::from_u128(demande.get().as_u128() ^ VERSION))
}

async fn made_before(tx: &Tx, acteur: &Acteur, demande: DemandeId) -> Outcome<BrouillonId> {
    let (compte, id) = (acteur.compte().ok_or(AppError::SessionFermee)?, draft_of(demande));
    // Thrown away or filed since: there is nothing to go back to.
    brouillon::load(tx, compte, id).await?.map(|b| b.id).ok_or(AppError::Conflit)
}
