//! Whom of a structure a demande's mails reach: who filed or, when that compte is closed, every colleague, because a
//! demande is the structure's and never orphaned (DE-6).

use crate::context::Contexte;
use crate::error::Outcome;
use crate::notification;
use domain::ids::CompteId;
use store::demande::Demande;
use store::{Tx, WriteTx};

/// The comptes to write to, each once; none when the structure has no active technicien.
pub(crate) async fn of_structure(ctx: &Contexte, tx: &Tx, lue: &Demande) -> Outcome<Vec<CompteId>> {
    let actifs = store::compte::techniciens(tx, lue.partenaire, ctx.now()).await?;
    Ok(if actifs.contains(&lue.auteur) { vec![lue.auteur] } else { actifs })
}

/// Tells the structure that there is something new, as each of its people chose.
pub(super) async fn tell_structure(ctx: &Contexte, tx: &WriteTx, lue: &Demande) -> Outcome<()> {
    for compte in of_structure(ctx, tx, lue).await? {
        notification::nouvelle(ctx, tx, compte, &lue.reference).await?;
    }
    Ok(())
}
