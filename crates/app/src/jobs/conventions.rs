//! Reconciler of conventions: avenants that take effect, tacit renewals, reminders, ends (CO-3 to CO-6, CO-10). It has no
//! input; each convention is a transaction of its own, under a lock on all those of its structure, and each step leaves a
//! mark: it can run twice, be killed in between, be started by two nodes, and comes late after a stop.

use super::complement::TRANCHE;
use crate::context::Contexte;
use crate::convention::effects;
use crate::error::{AppError, Outcome};
use store::StoreError;
use store::convention::{self, Enregistree};

/// Makes every step that is due.
pub(super) async fn run(ctx: &Contexte) -> Outcome<()> {
    while Box::pin(slice(ctx)).await? {}
    Ok(())
}

/// Looks at so many conventions; gives whether there may be more.
async fn slice(ctx: &Contexte) -> Outcome<bool> {
    let tx = ctx.store.begin_read().await?;
    let dues = convention::a_suivre(&tx, ctx.now(), TRANCHE).await?;
    drop(tx);
    let mut done = 0;
    for due in &dues {
        match Box::pin(alone(ctx, due)).await {
            Ok(()) => done += 1,
            // One unreadable row must not hold up the others.
            Err(AppError::Stockage(error @ StoreError::Corrupt { .. })) => {
                tracing::error!(%error, "convention left as it is");
            }
            Err(other) => return Err(other),
        }
    }
    Ok(done == TRANCHE)
}

async fn alone(ctx: &Contexte, due: &Enregistree) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    // All of the structure, in their order: two nodes at two of its conventions wait for each other.
    convention::lock_of_partenaire(&tx, due.partenaire).await?;
    effects(ctx, &tx, &due.dossier.cle).await?;
    tx.commit().await?;
    Ok(())
}
