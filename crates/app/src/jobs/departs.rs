//! Reconciler: departures of gestionnaires on their day (HA-8), the day of their caisse. No input, in slices; each is a
//! transaction of its own that reads again behind its locks, so that it can run twice, be killed in between, or be started
//! by two nodes. What was missed is done at the next run.

use super::complement::TRANCHE;
use crate::context::Contexte;
use crate::error::{AppError, Outcome};
use crate::habilitation::carry_out;
use chrono::TimeDelta;
use store::StoreError;

/// Hours that the most eastern caisse is ahead.
const AVANCE_HEURES: i64 = 4;

/// Does every departure that is due.
pub(super) async fn run(ctx: &Contexte) -> Outcome<()> {
    let (mut apres, jusqu_au) = (None, (ctx.now() + TimeDelta::hours(AVANCE_HEURES)).date_naive());
    loop {
        let tx = ctx.store.begin_read().await?;
        let dues = store::demarche::dues(&tx, jusqu_au, apres, TRANCHE).await?;
        drop(tx);
        for (_, id) in &dues {
            match Box::pin(carry_out(ctx, *id)).await {
                Ok(_) => {}
                // One that cannot be read, or that somebody changes right now, must not hold up the others.
                Err(
                    error @ (AppError::Conflit | AppError::Stockage(StoreError::Corrupt { .. } | StoreError::Taken)),
                ) => {
                    tracing::error!(%error, demarche = %id, "departure left for the next run");
                }
                Err(other) => return Err(other),
            }
        }
        match dues.last() {
            Some(last) if dues.len() as u64 == TRANCHE => apres = Some(*last),
            _ => return Ok(()),
        }
    }
}
