//! Reconciler: drafts, links, sessions and finished outbox rows whose time is over (security, « Retention »).

use super::complement::TRANCHE;
use crate::context::Contexte;
use crate::error::Outcome;
use chrono::TimeDelta;
use store::{brouillon, outbox};

/// A draft lives so many days without a change (DE-12).
pub const BROUILLON_JOURS: i64 = 30;
/// A link for the first gestionnaire is kept so many days after its end, so that its page can say what happened to it.
const LIEN_JOURS: i64 = 30;
/// A finished deferred act is kept so many days, for the operator.
const OUTBOX_JOURS: i64 = 7;

/// Removes what is over, in slices, until nothing is left.
pub(super) async fn run(ctx: &Contexte) -> Outcome<()> {
    loop {
        let now = ctx.now();
        let tx = ctx.store.begin_write().await?;
        let mut gone = brouillon::expire(&tx, now - TimeDelta::days(BROUILLON_JOURS)).await?;
        gone += outbox::forget_finished(&tx, now - TimeDelta::days(OUTBOX_JOURS)).await?;
        gone += store::compte::expire(&tx, now).await?;
        gone += store::demarche::liens::expire(&tx, now - TimeDelta::days(LIEN_JOURS), TRANCHE).await?;
        tx.commit().await?;
        if gone == 0 {
            return Ok(());
        }
    }
}
