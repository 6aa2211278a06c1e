//! How what is open at the end of a convention goes on (CO-11). Notes are sealed.

use super::Enregistree;
use crate::db::{Tx, WriteTx};
use crate::entity::convention_suite::{ActiveModel, Column, Entity, Model};
use crate::error::StoreError;
use crate::keys::{open, seal};
use chrono::{DateTime, Utc};
use domain::convention::SuiteFin;
use domain::droits::{Conduire, Permis};
use domain::ids::CompteId;
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

/// How one demande goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suite {
    /// Number of the demande.
    pub reference: String,
    /// What was decided.
    pub suite: SuiteFin,
    /// A word on it.
    pub note: String,
    /// When.
    pub le: DateTime<Utc>,
}

/// What was decided for a convention that was loaded in scope, by reference.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn suites(tx: &Tx, e: &Enregistree) -> Result<Vec<Suite>, StoreError> {
    let rows = Entity::find()
        .filter(Column::ConventionId.eq(e.id.get()))
        .order_by(Column::Reference, Order::Asc)
        .all(&tx.inner)
        .await?;
    let key = tx.caisse_key(e.caisse).await?;
    let of = |m: Model| {
        let corrupt = StoreError::Corrupt { table: "convention_suite", column: "suite", row: m.id };
        Ok(Suite {
            suite: SuiteFin::du_code(&m.suite).ok_or(corrupt)?,
            note: open(&key, "convention_suite", m.id, &m.scelle)?,
            reference: m.reference,
            le: m.le,
        })
    };
    rows.into_iter().map(of).collect()
}

/// Writes what was decided for a demande; the last word stands. The caller holds the lock on the convention.
///
/// # Errors
/// The database's error.
pub async fn ecrire_suite(
    tx: &WriteTx,
    permis: &Permis<Conduire>,
    e: &Enregistree,
    s: &Suite,
    id: Uuid,
) -> Result<(), StoreError> {
    let key = tx.caisse_key(e.caisse).await?;
    let found = Entity::find()
        .filter(Column::ConventionId.eq(e.id.get()))
        .filter(Column::Reference.eq(s.reference.as_str()))
        .lock(LockType::Update)
        .one(&tx.inner)
        .await?;
    if let Some(m) = found {
        Entity::delete_many().filter(Column::Id.eq(m.id)).exec(&tx.inner).await?;
    }
    let row = ActiveModel {
        id: Set(id),
        convention_id: Set(e.id.get()),
        reference: Set(s.reference.clone()),
        suite: Set(s.suite.code().to_owned()),
        auteur_id: Set(permis.auteur().map(CompteId::get)),
        le: Set(s.le),
        scelle: Set(seal(&key, "convention_suite", id, &s.note)?),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}
