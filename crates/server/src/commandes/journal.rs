//! `journal verify`: walks the whole chain and names the first bad row.

use super::{print, read};
use crate::cli::Reglages;
use crate::echec::Echec;

pub(super) async fn verify(reglages: &Reglages) -> Result<(), Echec> {
    let lecture = read(reglages).await?;
    let found = store::journal::verify(&lecture.store, lecture.now()).await;
    let closed = lecture.close().await;
    match found? {
        Ok(rows) => print(&format!("Journal intact : {rows} lignes scellées.\n")),
        Err(defect) => return Err(Echec::Panne(format!("journal altéré : {defect}"))),
    }
    closed
}
