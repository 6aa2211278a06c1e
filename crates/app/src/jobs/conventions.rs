//! Reconciler of conventions: avenants that take effect, tacit renewals, reminders, ends (CO-3 to CO-6, CO-10). It has no
//! input; each convention is a transaction of its own, under a lock on all those of its structure, and each step leaves a
//! mark: it can run twice, be killed in between, be started by two nodes, and comes late after a stop.

use super::complement::TRANCHE;
use crate::context::Contexte;
use crate::convention::effects;
use crate::error::Outcome;
use domain::ids::ConventionId;
use store::convention::{self, ASuivre};

/// Makes every step that is due. What fails for one convention is logged and tried again by the next run: it holds up no
/// other.
pub(super) async fn run(ctx: &Contexte) -> Outcome<()> {
    let mut apres = None;
    loop {
        apres = Box::pin(slice(ctx, apres)).await?;
        if apres.is_none() {
            return Ok(());
        }
    }
}

/// Looks at so many conventions; gives the last one when there may be more after it.
async fn slice(ctx: &Contexte, apres: Option<ConventionId>) -> Outcome<Option<ConventionId>> {
    let tx = ctx.store.begin_read().await?;
    let dues = convention::a_suivre(&tx, ctx.now(), (apres, TRANCHE)).await?;
    drop(tx);
    for due in &dues {
        if let Err(error) = Box::pin(alone(ctx, due)).await {
            tracing::error!(%error, convention = %due.cle, "convention left as it is");
        }
    }
    let full = u64::try_from(dues.len()).is_ok_and(|n| n == TRANCHE);
    Ok(dues.last().filter(|_| full).map(|d| d.id))
}

async fn alone(ctx: &Contexte, due: &ASuivre) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    // All of the structure, in their order: two nodes at two of its conventions wait for each other.
    convention::lock_of_partenaire(&tx, due.partenaire).await?;
    effects(ctx, &tx, &due.cle).await?;
    tx.commit().await?;
    Ok(())
}
