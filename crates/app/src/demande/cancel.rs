//! Withdrawing a demande before it is taken in charge (DE-7).

use super::seconde::{Laisse, already, locked};
use super::show::objet;
use crate::compte::load_acteur;
use crate::context::{Contexte, Requete};
use crate::error::Outcome;
use domain::calendrier::jour_civil;
use domain::demande::{Acte, Etat};
use domain::droits::{self, Acteur};
use store::WriteTx;
use store::demande::{self, Cote, Demande};
use store::faits::{self, Fait, Nature};

/// Withdraws; `version` is the one the form was made from.
///
/// # Errors
/// [`crate::AppError::Etat`] when it was taken meanwhile, [`crate::AppError::Conflit`] when it changed otherwise,
/// [`crate::AppError::Introuvable`] out of scope, [`crate::AppError::Interdit`] for the desk.
pub async fn cancel(ctx: &Contexte, requete: &Requete, reference: &str, version: i64) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    match withdraw(ctx, &tx, (requete, &acteur), reference, version).await? {
        Retrait::Premier(_) => tx.commit().await?,
        Retrait::Second(_) => {}
    }
    Ok(())
}

/// What a withdrawal did.
pub(super) enum Retrait {
    /// It was made now, of the demande as it was.
    Premier(Demande),
    /// The same person's first click had made it.
    Second(Demande),
}

/// Withdraws inside a transaction.
pub(super) async fn withdraw(
    ctx: &Contexte,
    tx: &WriteTx,
    (requete, acteur): (&Requete, &Acteur),
    reference: &str,
    version: i64,
) -> Outcome<Retrait> {
    let (lue, zone) = locked(tx, acteur, reference).await?;
    let permis = droits::annuler(acteur)?;
    if lue.version != version {
        already(tx, acteur, &lue, (version, Etat::Annulee), Laisse::Rien).await?;
        return Ok(Retrait::Second(lue));
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
    faits::insert(tx, ctx.random_id(), fait);
    ctx.journal(tx, ctx.entree(requete, acteur, "demande.cancel", objet(&lue))).await?;
    Ok(Retrait::Premier(lue))
}
