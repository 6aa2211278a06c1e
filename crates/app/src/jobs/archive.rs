//! Reconciler: six months after its end a demande leaves the partner's lists (security, « Retention »). From then on the
//! partner finds it as little as one that never was; the caisse still reads it.

use super::complement::TRANCHE;
use crate::context::{Contexte, Requete};
use crate::demande::objet;
use crate::error::{AppError, Outcome};
use chrono::Months;
use domain::demande::Acte;
use domain::droits::{Acteur, Archiver, Raison, systeme};
use store::demande::{self, Cote};
use store::{StoreError, WriteTx};

/// Months between the end and the leaving.
const MOIS: u32 = 6;

/// Archives everything that is due.
pub(super) async fn run(ctx: &Contexte) -> Outcome<()> {
    while slice(ctx).await? {}
    Ok(())
}

async fn slice(ctx: &Contexte) -> Outcome<bool> {
    let Some(avant) = ctx.now().checked_sub_months(Months::new(MOIS)) else { return Ok(false) };
    let tx = ctx.store.begin_write().await?;
    let mut done = 0;
    for reference in demande::a_archiver(&tx, avant, TRANCHE).await? {
        match archive(ctx, &tx, &reference).await {
            Ok(()) => done += 1,
            Err(AppError::Stockage(error @ StoreError::Corrupt { .. })) => {
                tracing::error!(%error, "demande left in the lists");
            }
            Err(other) => return Err(other),
        }
    }
    tx.commit().await?;
    Ok(done == TRANCHE)
}

async fn archive(ctx: &Contexte, tx: &WriteTx, reference: &str) -> Outcome<()> {
    let acteur = Acteur::Systeme(Raison::Tache);
    let permis = systeme::permis::<Archiver>(&acteur)?;
    let Some(lue) = demande::load(tx, permis.portee(), reference).await? else { return Ok(()) };
    let now = ctx.now();
    let archivee = lue.etat.apply(Acte::Archiver, false, now)?;
    demande::save(tx, &permis, &lue, archivee, (ctx.new_id(), None::<Cote>, now)).await?;
    ctx.journal(tx, ctx.entree(&Requete::systeme("tache"), &acteur, "demande.archive", objet(&lue))).await
}
