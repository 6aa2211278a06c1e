//! One-time links: the hash of a token, what it is for, and until when.

use super::TRANCHE;
use crate::db::{Tx, WriteTx};
use crate::entity::lien::{ActiveModel, Column, Entity, Model};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::compte::UsageLien;
use domain::ids::CompteId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set};

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lien {
    /// Hash of its token.
    pub empreinte: [u8; 32],
    /// Whose.
    pub compte: CompteId,
    /// What for.
    pub usage: UsageLien,
    /// When it was made.
    pub cree_le: DateTime<Utc>,
    /// End.
    pub expire_le: DateTime<Utc>,
    /// When it was used or replaced by a later one.
    pub utilise_le: Option<DateTime<Utc>>,
}

fn of(m: Model) -> Result<Lien, StoreError> {
    let corrupt = |column| StoreError::Corrupt { table: "lien", column, row: m.compte_id };
    Ok(Lien {
        empreinte: m.empreinte.as_slice().try_into().map_err(|_| corrupt("empreinte"))?,
        compte: CompteId::new(m.compte_id),
        usage: UsageLien::from_code(&m.usage).ok_or(corrupt("usage"))?,
        cree_le: m.cree_le,
        expire_le: m.expire_le,
        utilise_le: m.utilise_le,
    })
}

/// The link of a token's hash, usable or not.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn load(tx: &Tx, empreinte: &[u8; 32]) -> Result<Option<Lien>, StoreError> {
    Entity::find_by_id(empreinte.to_vec()).one(&tx.inner).await?.map(of).transpose()
}

/// Adds a link; earlier ones of the same compte stop working.
///
/// # Errors
/// The database's error.
pub async fn insert(tx: &WriteTx, lien: &Lien) -> Result<(), StoreError> {
    revoke(tx, lien.compte, lien.cree_le).await?;
    let row = ActiveModel {
        empreinte: Set(lien.empreinte.to_vec()),
        compte_id: Set(lien.compte.get()),
        usage: Set(lien.usage.code().to_owned()),
        cree_le: Set(lien.cree_le),
        expire_le: Set(lien.expire_le),
        utilise_le: Set(lien.utilise_le),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}

/// Stops every link of a compte.
///
/// # Errors
/// The database's error.
pub async fn revoke(tx: &WriteTx, compte: CompteId, now: DateTime<Utc>) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::UtiliseLe, Expr::value(Some(now)))
        .filter(Column::CompteId.eq(compte.get()))
        .filter(Column::UtiliseLe.is_null())
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// Uses a link up.
///
/// # Errors
/// [`StoreError::Conflict`] when it was used or has expired: it works once, also when two requests bring it together.
pub async fn consume(tx: &WriteTx, empreinte: &[u8; 32], now: DateTime<Utc>) -> Result<(), StoreError> {
    let change = Entity::update_many()
        .col_expr(Column::UtiliseLe, Expr::value(Some(now)))
        .filter(Column::Empreinte.eq(empreinte.to_vec()))
        .filter(Column::UtiliseLe.is_null())
        .filter(Column::ExpireLe.gt(now));
    match change.exec(&tx.inner).await?.rows_affected {
        1 => Ok(()),
        _ => Err(StoreError::Conflict),
    }
}

/// Removes links that ended before a time, at most 200 at once.
pub(super) async fn expire(tx: &WriteTx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let ids: Vec<Vec<u8>> = Entity::find()
        .select_only()
        .column(Column::Empreinte)
        .filter(Column::ExpireLe.lt(before))
        .limit(TRANCHE)
        .into_tuple()
        .all(&tx.inner)
        .await?;
    Ok(Entity::delete_many().filter(Column::Empreinte.is_in(ids)).exec(&tx.inner).await?.rows_affected)
}
