//! Withdrawing a demande before it is taken in charge (DE-7).

use super::show::{in_scope, objet};
use crate::compte::load_acteur;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use domain::calendrier::jour_civil;
use domain::demande::Acte;
use domain::droits::{self, Acteur};
use store::WriteTx;
use store::demande::{self, Cote, Demande};
use store::faits::{self, Fait, Nature};

/// Withdraws; `version` is the one the form was made from.
///
/// # Errors
/// [`AppError::Etat`] when it was taken meanwhile, [`AppError::Conflit`] when it changed otherwise,
/// [`AppError::Introuvable`] out of scope, [`AppError::Interdit`] for the desk.
pub async fn cancel(ctx: &Contexte, requete: &Requete, reference: &str, version: i64) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    withdraw(ctx, &tx, (requete, &acteur), reference, version).await?;
    tx.commit().await?;
    Ok(())
}

/// Withdraws inside a transaction; gives the demande as it was.
pub(super) async fn withdraw(
    ctx: &Contexte,
    tx: &WriteTx,
    (requete, acteur): (&Requete, &Acteur),
    reference: &str,
    version: i64,
) -> Outcome<Demande> {
    let (lue, zone) = in_scope(tx, acteur, reference).await?;
    let permis = droits::annuler(acteur)?;
    if lue.version != version {
        return Err(AppError::Conflit);
    }
    let now = ctx.now();
    let annulee = lue.etat.apply(Acte::Annuler, false, now)?;
    demande::save(tx, &permis, &lue, annulee, (ctx.new_id(), Cote::Partenaire, now)).await?;
    let fait = Fait {
        caisse: lue.caisse,
        convention: lue.convention,
        nature: Nature::Annulation,
        sorte: lue.sorte,
        sous_types: lue.sous_types.join(","),
        mois: jour_civil(zone, now).format("%Y-%m").to_string(),
        issue: None,
        delais: None,
        urgent: lue.urgent,
    };
    faits::insert(tx, ctx.random_id(), fait).await?;
    ctx.journal(tx, ctx.entree(requete, acteur, "demande.cancel", objet(&lue))).await?;
    Ok(lue)
}
