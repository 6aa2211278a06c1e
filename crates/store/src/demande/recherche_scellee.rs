//! A name on its way through an address: sealed for one compte and for a short time (architecture, point 15).

use crate::db::Tx;
use crate::error::StoreError;
use crate::keys::{open, seal};
use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use domain::assure::cle_de_nom;
use domain::ids::CompteId;
use serde::{Deserialize, Serialize};
use vault::Scope;

/// Where such a value is bound to; there is no table of this name.
const PLACE: &str = "recherche";
/// Purpose of the blind value that the journal keeps of a searched name.
const TRACE: &str = "demande.recherche";
/// Sealed values are as long as the next multiple: their length must not tell the name's.
const PAS: usize = 256;

#[derive(Serialize, Deserialize)]
struct Recherche {
    nom: String,
    expire_le: DateTime<Utc>,
    #[serde(default)]
    blanc: String,
}

/// Seals what was searched for the compte that searches.
///
/// # Errors
/// The database's or the vault's error.
pub async fn seal_search(
    tx: &Tx,
    compte: CompteId,
    nom: &str,
    expire_le: DateTime<Utc>,
) -> Result<Vec<u8>, StoreError> {
    let key = tx.key(Scope::Comptes).await?;
    let mut recherche = Recherche { nom: nom.to_owned(), expire_le, blanc: String::new() };
    let written = serde_json::to_vec(&recherche)?.len();
    recherche.blanc = " ".repeat(written.next_multiple_of(PAS) - written);
    seal(&key, PLACE, compte.get(), &recherche)
}

/// What was searched; nothing when it was sealed for somebody else, changed, or is too old.
///
/// # Errors
/// The database's error.
pub async fn open_search(
    tx: &Tx,
    compte: CompteId,
    scelle: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<String>, StoreError> {
    let key = tx.key(Scope::Comptes).await?;
    let opened: Option<Recherche> = open(&key, PLACE, compte.get(), scelle).ok();
    Ok(opened.filter(|r| now < r.expire_le).map(|r| r.nom))
}

/// The searched name as the journal keeps it: the same for every way of writing it, and no way back.
///
/// # Errors
/// The database's error.
pub async fn search_trace(tx: &Tx, nom: &str) -> Result<String, StoreError> {
    let key = tx.key(Scope::Comptes).await?;
    Ok(HEXLOWER.encode(&key.blind(TRACE, &cle_de_nom(nom))))
}
