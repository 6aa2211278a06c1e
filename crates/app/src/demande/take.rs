//! Taking in charge: one demande, or the next of the queue without collision.

use super::show::{in_scope, objet};
use crate::compte::load_acteur;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use domain::demande::{Acte, Etat};
use domain::droits::{self, Acteur};
use std::future::Future;
use store::WriteTx;
use store::demande::{self, Cote, Demande};

/// Takes a demande; `version` is the one the form was made from.
///
/// # Errors
/// [`AppError::Etat`] when a colleague has it, [`AppError::Conflit`] when it changed, [`AppError::Introuvable`] out of scope.
pub async fn take(ctx: &Contexte, requete: &Requete, reference: &str, version: i64) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let (lue, _) = in_scope(&tx, &acteur, reference).await?;
    if lue.version != version {
        // A second click of the same agent: it is his already.
        let mine = lue.etat.etat() == Etat::PriseEnCharge && lue.etat.agent() == acteur.compte();
        return if mine { Ok(()) } else { Err(AppError::Conflit) };
    }
    take_read(ctx, &tx, (requete, &acteur), &lue).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes the next of the queue: urgent first, then oldest; gives its reference, or nothing when the queue is empty.
///
/// # Errors
/// [`AppError::Interdit`] unless agent or superviseur.
pub async fn take_next(ctx: &Contexte, requete: &Requete) -> Outcome<Option<String>> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let portee = droits::lire_file(&acteur)?;
    let Some(lue) = demande::lock_next(&tx, &portee).await? else { return Ok(None) };
    take_read(ctx, &tx, (requete, &acteur), &lue).await?;
    tx.commit().await?;
    Ok(Some(lue.reference))
}

/// Performs an act of the desk, then takes the next of the queue: two transactions, so that what was done stays when
/// there is no next one.
///
/// # Errors
/// Those of the act, then as for [`take_next`].
pub async fn then_next(
    ctx: &Contexte,
    requete: &Requete,
    acte: impl Future<Output = Outcome<()>>,
) -> Outcome<Option<String>> {
    acte.await?;
    take_next(ctx, requete).await
}

async fn take_read(ctx: &Contexte, tx: &WriteTx, (requete, acteur): (&Requete, &Acteur), lue: &Demande) -> Outcome<()> {
    let permis = droits::prendre(acteur)?;
    let agent = acteur.compte().ok_or(AppError::SessionFermee)?;
    let now = ctx.now();
    let prise = lue.etat.apply(Acte::Prendre(agent), false, now)?;
    demande::save(tx, &permis, lue, prise, (ctx.new_id(), Cote::Caisse, now)).await?;
    ctx.journal(tx, ctx.entree(requete, acteur, "demande.take", objet(lue))).await
}
