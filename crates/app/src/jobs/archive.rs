//! Reconciler: six months after its end a demande leaves the partner's lists (security, « Retention »). From then on the
//! partner finds it as little as one that never was; the caisse still reads it.

use super::complement::TRANCHE;
use crate::context::{Contexte, Requete};
use crate::demande::{objet, zone_of};
use crate::error::{AppError, Outcome};
use domain::demande::{Acte, EtatDemande, borne_d_archivage, debut_d_archivage};
use domain::droits::{Acteur, Archiver, Raison, systeme};
use store::demande::{self, Cote};
use store::{StoreError, WriteTx};

/// Archives everything that is due.
pub(super) async fn run(ctx: &Contexte) -> Outcome<()> {
    while slice(ctx).await? {}
    Ok(())
}

async fn slice(ctx: &Contexte) -> Outcome<bool> {
    let tx = ctx.store.begin_write().await?;
    let mut done = 0;
    for reference in demande::a_archiver(&tx, borne_d_archivage(ctx.now()), TRANCHE).await? {
        match archive(ctx, &tx, &reference).await {
            Ok(true) => done += 1,
            // Its day comes within two.
            Ok(false) => {}
            Err(AppError::Stockage(error @ StoreError::Corrupt { .. })) => {
                tracing::error!(%error, "demande left in the lists");
            }
            Err(other) => return Err(other),
        }
    }
    tx.commit().await?;
    Ok(done == TRANCHE)
}

/// Gives whether it was archived: in its caisse's calendar the day may not have come.
async fn archive(ctx: &Contexte, tx: &WriteTx, reference: &str) -> Outcome<bool> {
    let acteur = Acteur::Systeme(Raison::Tache);
    let permis = systeme::permis::<Archiver>(&acteur)?;
    let Some(lue) = demande::load(tx, permis.portee(), reference).await? else { return Ok(false) };
    let now = ctx.now();
    let (EtatDemande::Cloturee { le, .. } | EtatDemande::Annulee { le }) = lue.etat else { return Ok(false) };
    if now < debut_d_archivage(zone_of(tx, lue.caisse).await?, le) {
        return Ok(false);
    }
    let archivee = lue.etat.apply(Acte::Archiver, false, now)?;
    demande::save(tx, &permis, &lue, archivee, (ctx.new_id(), None::<Cote>, now)).await?;
    ctx.journal(tx, ctx.entree(&Requete::systeme("tache"), &acteur, "demande.archive", objet(&lue))).await?;
    Ok(true)
}
