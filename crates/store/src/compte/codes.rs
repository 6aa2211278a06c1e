//! Recovery codes: keyed hashes, each used once.

use crate::db::{Tx, WriteTx};
use crate::entity::code_secours::{ActiveModel, Column, Entity};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::droits::{Acte, Permis, Portee, SoiMeme};
use domain::ids::CompteId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};

/// Puts new codes in the place of all earlier ones.
///
/// # Errors
/// [`StoreError::Conflict`] without a compte in the proof, or the database's error.
pub async fn replace(tx: &WriteTx, permis: &Permis<SoiMeme>, empreintes: &[[u8; 32]]) -> Result<(), StoreError> {
    let Portee::Soi(compte) = permis.portee() else { return Err(StoreError::Conflict) };
    Entity::delete_many().filter(Column::CompteId.eq(compte.get())).exec(&tx.inner).await?;
    let rows = empreintes.iter().map(|e| ActiveModel {
        compte_id: Set(compte.get()),
        empreinte: Set(e.to_vec()),
        utilise_le: Set(None),
    });
    Entity::insert_many(rows).exec_without_returning(&tx.inner).await?;
    Ok(())
}

/// Uses a code up; gives whether there was such an unused one.
///
/// # Errors
/// As for [`replace`].
pub async fn consume(
    tx: &WriteTx,
    permis: &Permis<SoiMeme>,
    empreinte: &[u8; 32],
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let Portee::Soi(compte) = permis.portee() else { return Err(StoreError::Conflict) };
    let change = Entity::update_many()
        .col_expr(Column::UtiliseLe, Expr::value(Some(now)))
        .filter(Column::CompteId.eq(compte.get()))
        .filter(Column::Empreinte.eq(empreinte.to_vec()))
        .filter(Column::UtiliseLe.is_null());
    Ok(change.exec(&tx.inner).await?.rows_affected == 1)
}

/// Removes every code of a compte; the caller holds a proof on it.
///
/// # Errors
/// The database's error.
pub async fn forget<A: Acte>(tx: &WriteTx, _: &Permis<A>, compte: CompteId) -> Result<(), StoreError> {
    Entity::delete_many().filter(Column::CompteId.eq(compte.get())).exec(&tx.inner).await?;
    Ok(())
}

/// How many are left.
///
/// # Errors
/// The database's error.
pub async fn left(tx: &Tx, compte: CompteId) -> Result<u64, StoreError> {
    let found = Entity::find().filter(Column::CompteId.eq(compte.get())).filter(Column::UtiliseLe.is_null());
    Ok(found.count(&tx.inner).await?)
}
