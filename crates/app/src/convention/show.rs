//! `convention show`: one dossier with the source of each value and what activation lacks (CO-12).

use super::presentation::presente;
use crate::context::Contexte;
use crate::error::Outcome;
use store::Store;

/// The text of the convention of a key; nothing when it is unknown.
///
/// # Errors
/// The database's error.
pub async fn show(store: &Store, cle: &str) -> Outcome<Option<String>> {
    let tx = store.begin_read().await?;
    Ok(store::convention::by_cle(&tx, cle).await?.map(|c| presente(&c.dossier)))
}

/// The keys of every convention.
///
/// # Errors
/// The database's error.
pub async fn keys(ctx: &Contexte) -> Outcome<Vec<String>> {
    let tx = ctx.store.begin_read().await?;
    Ok(store::convention::all(&tx).await?.into_iter().map(|c| c.dossier.cle).collect())
}
