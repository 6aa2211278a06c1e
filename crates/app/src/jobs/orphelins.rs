//! Reconciler: bytes in the object store that no row opens any more. They are left by a transaction that failed after its
//! file was stored, by a file taken out, by a draft that is gone, by a verdict.

use crate::context::Contexte;
use crate::error::{AppError, Outcome};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::PieceJointeId;
use uuid::Uuid;

use crate::piece_jointe::{cle_objet, prefixe};

/// Younger ones may belong to a transaction that has not ended, or to a database that is about to be restored.
const AGE: TimeDelta = TimeDelta::days(7);
/// Keys asked of the database at once.
const TRANCHE: usize = 200;

/// Removes every orphan older than a week. A key that is not of this installation is left alone.
pub(super) async fn run(ctx: &Contexte) -> Outcome<()> {
    let told = |e: crate::ports::ObjectError| AppError::Interne(e.to_string());
    let objets = &ctx.fichiers.objets;
    let before = ctx.now() - AGE;
    let prefixe = prefixe(ctx);
    let ours = |cle: &String| made_before(cle.strip_prefix(&prefixe)?, before);
    let old: Vec<Uuid> = objets.list().await.map_err(told)?.iter().filter_map(ours).collect();
    for ids in old.chunks(TRANCHE) {
        let known = {
            let tx = ctx.store.begin_read().await?;
            store::quarantaine::exist(&tx, ids).await?
        };
        for id in ids.iter().filter(|id| !known.contains(id)) {
            objets.delete(&cle_objet(ctx, PieceJointeId::new(*id))).await.map_err(told)?;
        }
    }
    Ok(())
}

/// The id of a key of ours that was given before an instant: the id itself tells when, by our own clock.
fn made_before(cle: &str, before: DateTime<Utc>) -> Option<Uuid> {
    let id = Uuid::try_parse(cle).ok().filter(|id| id.simple().to_string() == cle)?;
    let (seconds, _) = id.get_timestamp()?.to_unix();
    (i64::try_from(seconds).ok()? < before.timestamp()).then_some(id)
}
