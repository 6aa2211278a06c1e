//! The accusé de réception as a PDF: made when first asked for, then handed out as issued (DE-5; architecture, point 14).

use super::show::{in_scope, objet};
use super::submit::Recu;
use crate::compte::{load_acteur, seen};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use crate::imprime;
use domain::droits::Acteur;

/// The PDF of the receipt of a demande, for the structure and for the desk: the same bytes every time.
///
/// # Errors
/// [`AppError::Introuvable`] when unknown or out of scope, [`AppError::Interne`] when it cannot be printed.
pub async fn print_receipt(ctx: &Contexte, requete: &Requete, reference: &str) -> Outcome<Vec<u8>> {
    let (recu, kept, entree) = {
        let tx = ctx.store.begin_read().await?;
        let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
        let (demande, zone) = in_scope(&tx, &acteur, reference).await?;
        let accuse = store::demande::accuse(&tx, &demande).await?;
        let kept = store::imprime::accuse(&tx, &demande).await?;
        let entree = ctx.entree(requete, &acteur, "accuse.print", objet(&demande));
        (Recu { demande, accuse, zone }, kept, entree)
    };
    if let Some(pdf) = kept {
        ctx.record(entree).await?;
        return Ok(pdf);
    }
    let printed = ctx.imprimeur.print(imprime::accuse(&recu)).await;
    let pdf = printed.map_err(|error| AppError::Interne(error.to_string()))?;
    issue(ctx, requete, reference, pdf).await
}

/// Keeps what was printed; when somebody else was first, theirs is the one issued.
async fn issue(ctx: &Contexte, requete: &Requete, reference: &str, pdf: Vec<u8>) -> Outcome<Vec<u8>> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let (demande, _) = in_scope(&tx, &acteur, reference).await?;
    let first = store::imprime::keep_accuse(&tx, &demande, &pdf, ctx.now()).await?;
    ctx.journal(&tx, ctx.entree(requete, &acteur, "accuse.print", objet(&demande))).await?;
    tx.commit().await?;
    if first {
        return Ok(pdf);
    }
    let tx = ctx.store.begin_read().await?;
    let kept = store::imprime::accuse(&tx, &demande).await?;
    kept.ok_or_else(|| AppError::Interne(format!("no printed receipt of {reference}")))
}
