//! Reconciler: the daily mail. The news of a compte that are due become one row of the outbox in the transaction that
//! takes them away, so that a second run, a second node or a stop in between neither loses nor repeats any.

use crate::context::Contexte;
use crate::error::Outcome;
use crate::mails::{self, Mail};
use domain::compte::EtatCompte;
use domain::droits::Portee;
use store::avis;

/// Pushes one mail for each compte whose news are due, until none is left. News of a compte that is no longer active go
/// away untold.
pub(super) async fn run(ctx: &Contexte) -> Outcome<()> {
    loop {
        let tx = ctx.store.begin_write().await?;
        let now = ctx.now();
        let Some(compte) = avis::due(&tx, now).await? else { return Ok(()) };
        let references = avis::take(&tx, compte, now).await?;
        let found = store::compte::load(&tx, &Portee::Soi(compte), compte, ctx.now()).await?;
        if !references.is_empty() && found.is_some_and(|c| c.etat == EtatCompte::Actif) {
            mails::push(ctx, &tx, &Mail::Recapitulatif { compte, references }).await?;
        }
        tx.commit().await?;
    }
}
