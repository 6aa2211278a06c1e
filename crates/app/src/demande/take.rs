//! Taking in charge: one demande, or the next of the queue without collision.

use super::seconde::locked;
use super::show::{in_scope, objet};
use crate::compte::load_acteur;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use chrono::{DateTime, TimeDelta, Utc};
use domain::demande::{Acte, Etat};
use domain::droits::{self, Acteur, Portee};
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
    let (lue, _) = locked(&tx, &acteur, reference).await?;
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
    next(ctx, requete, None).await
}

/// How long a button may give what it gave before: longer, it is no second click.
const SECOND_CLIC: TimeDelta = TimeDelta::minutes(1);

/// As [`take_next`] for the button of a page read at an instant: a second click gives the demande that the first one took,
/// and takes no other.
///
/// # Errors
/// As for [`take_next`].
pub async fn take_next_once(ctx: &Contexte, requete: &Requete, lue_le: DateTime<Utc>) -> Outcome<Option<String>> {
    next(ctx, requete, Some(Depuis::Instant(lue_le.max(ctx.now() - SECOND_CLIC)))).await
}

/// Since when a demande that the agent took is the one that this button asked for.
enum Depuis<'a> {
    /// An instant.
    Instant(DateTime<Utc>),
    /// What the agent last did to that demande.
    Acte(&'a str),
}

async fn next(ctx: &Contexte, requete: &Requete, depuis: Option<Depuis<'_>>) -> Outcome<Option<String>> {
    let tx = ctx.store.begin_write().await?;
    let compte = load_acteur(ctx, &tx, requete).await?;
    let id = compte.compte;
    let acteur = Acteur::Compte(compte);
    let portee = droits::lire_file(&acteur)?;
    if let Some(depuis) = depuis {
        // Locked: two clicks at once take their turns.
        store::compte::lock(&tx, &Portee::Soi(id), id, ctx.now()).await?.ok_or(AppError::SessionFermee)?;
        let since = match depuis {
            Depuis::Instant(le) => Some(le),
            Depuis::Acte(reference) => last_act(&tx, &acteur, reference).await?,
        };
        if let Some(since) = since
            && let Some(taken) = demande::taken_since(&tx, &portee, id, since).await?
        {
            return Ok(Some(taken));
        }
    }
    let Some(lue) = demande::lock_next(&tx, &portee).await? else { return Ok(None) };
    take_read(ctx, &tx, (requete, &acteur), &lue).await?;
    tx.commit().await?;
    Ok(Some(lue.reference))
}

/// When this person last wrote or did something in a demande.
async fn last_act(tx: &WriteTx, acteur: &Acteur, reference: &str) -> Outcome<Option<DateTime<Utc>>> {
    let (lue, _) = in_scope(tx, acteur, reference).await?;
    let moi = acteur.compte();
    let lines = demande::messages(tx, &lue).await?.into_iter().filter(|m| Some(m.auteur) == moi).map(|m| m.ecrit_le);
    let acts = demande::evenements(tx, &lue).await?.into_iter().filter(|e| e.auteur == moi).map(|e| e.le);
    Ok(lines.chain(acts).max())
}

/// Performs an act of the desk on a demande, then takes the next of the queue: two transactions, so that what was done
/// stays when there is no next one. A second click, whose act answers as done, gives the demande that the first one took.
///
/// # Errors
/// Those of the act, then as for [`take_next`].
pub async fn then_next(
    ctx: &Contexte,
    requete: &Requete,
    reference: &str,
    acte: impl Future<Output = Outcome<()>>,
) -> Outcome<Option<String>> {
    acte.await?;
    next(ctx, requete, Some(Depuis::Acte(reference))).await
}

async fn take_read(ctx: &Contexte, tx: &WriteTx, (requete, acteur): (&Requete, &Acteur), lue: &Demande) -> Outcome<()> {
    let permis = droits::prendre(acteur)?;
    let agent = acteur.compte().ok_or(AppError::SessionFermee)?;
    let now = ctx.now();
    let prise = lue.etat.apply(Acte::Prendre(agent), false, now)?;
    demande::save(tx, &permis, lue, prise, (ctx.new_id(), Cote::Caisse, now)).await?;
    ctx.journal(tx, ctx.entree(requete, acteur, "demande.take", objet(lue))).await
}
