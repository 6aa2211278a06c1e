//! Acceptances of CGU and personal engagements: kept for ever, never changed (HA-6, HA-15).

use crate::db::{Tx, WriteTx};
use crate::entity::acceptation::{ActiveModel, Column, Entity};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::compte::engagements::Nature;
use domain::droits::{Permis, Portee, SoiMeme};
use domain::ids::CompteId;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, Set};
use uuid::Uuid;

/// An acceptance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptation {
    /// Of what.
    pub nature: Nature,
    /// Which version.
    pub version: String,
    /// When.
    pub le: DateTime<Utc>,
}

/// What a compte accepted, in order of time.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn list(tx: &Tx, compte: CompteId) -> Result<Vec<Acceptation>, StoreError> {
    let rows = Entity::find()
        .filter(Column::CompteId.eq(compte.get()))
        .order_by(Column::AccepteeLe, Order::Asc)
        .order_by(Column::Nature, Order::Asc);
    let of = |m: crate::entity::acceptation::Model| {
        let corrupt = StoreError::Corrupt { table: "acceptation", column: "nature", row: m.id };
        let nature = Nature::from_code(&m.nature).ok_or(corrupt)?;
        Ok(Acceptation { nature, version: m.version, le: m.acceptee_le })
    };
    rows.all(&tx.inner).await?.into_iter().map(of).collect()
}

/// Records that the compte of the proof accepts a text.
///
/// # Errors
/// [`StoreError::Conflict`] without a compte in the proof, or the database's error.
pub async fn insert(tx: &WriteTx, permis: &Permis<SoiMeme>, id: Uuid, a: &Acceptation) -> Result<(), StoreError> {
    let Portee::Soi(compte) = permis.portee() else { return Err(StoreError::Conflict) };
    let row = ActiveModel {
        id: Set(id),
        compte_id: Set(compte.get()),
        nature: Set(a.nature.code().to_owned()),
        version: Set(a.version.clone()),
        acceptee_le: Set(a.le),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}
