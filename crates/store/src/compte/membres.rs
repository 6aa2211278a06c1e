//! Numbers of members that a structure or a caisse declared, each with its date (HA-2). The last one counts.

use crate::db::{Tx, WriteTx};
use crate::entity::membres::{ActiveModel, Column, Entity};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::convention::Membres;
use domain::droits::{Habiliter, Permis, Portee};
use domain::ids::{CompteId, PartenaireId};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, Set};
use uuid::Uuid;

/// The number that was declared last; none where only the convention says one.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn last(tx: &Tx, partenaire: PartenaireId) -> Result<Option<Membres>, StoreError> {
    let found = Entity::find()
        .filter(Column::PartenaireId.eq(partenaire.get()))
        .order_by(Column::DeclareLe, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .one(&tx.inner)
        .await?;
    let of = |m: crate::entity::membres::Model| {
        let corrupt = StoreError::Corrupt { table: "membres", column: "nombre", row: m.id };
        Ok(Membres { nombre: u32::try_from(m.nombre).map_err(|_| corrupt)?, au: m.au })
    };
    found.map(of).transpose()
}

/// Adds a declaration for the structure of the proof.
///
/// # Errors
/// [`StoreError::Conflict`] without a structure in the proof, or the database's error.
pub async fn insert(
    tx: &WriteTx,
    permis: &Permis<Habiliter>,
    (id, membres): (Uuid, Membres),
    (par, now): (CompteId, DateTime<Utc>),
) -> Result<(), StoreError> {
    let Portee::Partenaire { partenaire, .. } = permis.portee() else { return Err(StoreError::Conflict) };
    let row = ActiveModel {
        id: Set(id),
        partenaire_id: Set(partenaire.get()),
        nombre: Set(i64::from(membres.nombre)),
        au: Set(membres.au),
        declare_par: Set(par.get()),
        declare_le: Set(now),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}
