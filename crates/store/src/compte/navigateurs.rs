//! Browsers that a compte has signed in from: hashes of their cookies.

use super::TRANCHE;
use crate::db::{Tx, WriteTx};
use crate::entity::navigateur::{ActiveModel, Column, Entity};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::droits::{Permis, Portee, SoiMeme};
use domain::ids::CompteId;
use sea_orm::{ColumnTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set};

/// A compte keeps so many browsers; the one unused for longest makes room.
const PLUS: u64 = 10;

/// Whether this compte has signed in from this browser.
///
/// # Errors
/// The database's error.
pub async fn knows(tx: &Tx, compte: CompteId, empreinte: &[u8; 32]) -> Result<bool, StoreError> {
    Ok(Entity::find_by_id((compte.get(), empreinte.to_vec())).count(&tx.inner).await? > 0)
}

/// Notes a sign-in from a browser it knows; gives whether it knows it.
///
/// # Errors
/// [`StoreError::Conflict`] without a compte in the proof, or the database's error.
pub async fn touch(
    tx: &WriteTx,
    permis: &Permis<SoiMeme>,
    empreinte: &[u8; 32],
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let Portee::Soi(compte) = permis.portee() else { return Err(StoreError::Conflict) };
    let change = Entity::update_many()
        .col_expr(Column::VuLe, now.into())
        .filter(Column::CompteId.eq(compte.get()))
        .filter(Column::Empreinte.eq(empreinte.to_vec()));
    Ok(change.exec(&tx.inner).await?.rows_affected == 1)
}

/// Adds a browser to the compte of the proof; past ten, the one unused for longest is forgotten.
///
/// # Errors
/// As for [`touch`].
pub async fn insert(
    tx: &WriteTx,
    permis: &Permis<SoiMeme>,
    empreinte: &[u8; 32],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let Portee::Soi(compte) = permis.portee() else { return Err(StoreError::Conflict) };
    let anciens: Vec<Vec<u8>> = Entity::find()
        .select_only()
        .column(Column::Empreinte)
        .filter(Column::CompteId.eq(compte.get()))
        .order_by(Column::VuLe, Order::Desc)
        .offset(PLUS - 1)
        .limit(TRANCHE)
        .into_tuple()
        .all(&tx.inner)
        .await?;
    Entity::delete_many()
        .filter(Column::CompteId.eq(compte.get()))
        .filter(Column::Empreinte.is_in(anciens))
        .exec(&tx.inner)
        .await?;
    let row = ActiveModel { compte_id: Set(compte.get()), empreinte: Set(empreinte.to_vec()), vu_le: Set(now) };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}

/// Removes browsers last seen before a time, at most 200 at once.
pub(super) async fn expire(tx: &WriteTx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let ids: Vec<Vec<u8>> = Entity::find()
        .select_only()
        .column(Column::Empreinte)
        .filter(Column::VuLe.lt(before))
        .limit(TRANCHE)
        .into_tuple()
        .all(&tx.inner)
        .await?;
    let gone = Entity::delete_many().filter(Column::Empreinte.is_in(ids)).filter(Column::VuLe.lt(before));
    Ok(gone.exec(&tx.inner).await?.rows_affected)
}
