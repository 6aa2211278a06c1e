//! `journal verify`: walks the whole chain and names the first bad row.

use super::{open, print};
use crate::cli::Reglages;
use crate::echec::Echec;

pub(super) async fn verify(reglages: &Reglages) -> Result<(), Echec> {
    let atelier = open(reglages).await?;
    let found = store::journal::verify(&atelier.ctx.store, atelier.ctx.now()).await;
    let closed = atelier.close().await;
    match found? {
        Ok(rows) => print(&format!("Journal intact : {rows} lignes scellées.\n")),
        Err(defect) => return Err(Echec::Panne(format!("journal altéré : {defect}"))),
    }
    closed
}
