//! Throttle counters, by a keyed hash of what they count: no identifiant and no address is kept.

use super::TRANCHE;
use crate::db::WriteTx;
use crate::entity::tentative::{ActiveModel, Column, Entity, Model};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::compte::{Compteur, CompteurAdresse};
use sea_orm::sea_query::{LockType, OnConflict};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set};
use uuid::Uuid;

/// Keyed hash of what is counted.
pub type Cle = [u8; 32];

const fn corrupt(column: &'static str) -> StoreError {
    StoreError::Corrupt { table: "tentative", column, row: Uuid::nil() }
}

/// The row of a key, locked until the end of the transaction; made when it is not there.
async fn lock(tx: &WriteTx, cle: &Cle, neuf: &Compteur) -> Result<Model, StoreError> {
    Entity::insert(row(cle, neuf))
        .on_conflict(OnConflict::column(Column::Cle).do_nothing().to_owned())
        .exec_without_returning(&tx.inner)
        .await?;
    let found = Entity::find_by_id(cle.to_vec()).lock(LockType::Update).one(&tx.inner).await?;
    found.ok_or(corrupt("cle"))
}

fn row(cle: &Cle, c: &Compteur) -> ActiveModel {
    ActiveModel {
        cle: Set(cle.to_vec()),
        echecs: Set(i64::from(c.echecs)),
        bloque_jusqu_a: Set(c.bloque_jusqu_a),
        jour: Set(c.jour),
        verifications: Set(i64::from(c.verifications)),
        vue_le: Set(c.vu_le),
    }
}

/// The counter of a key, locked until the end of the transaction.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn compteur(tx: &WriteTx, cle: &Cle, now: DateTime<Utc>) -> Result<Compteur, StoreError> {
    let m = lock(tx, cle, &Compteur::nouveau(now)).await?;
    Ok(Compteur {
        echecs: u32::try_from(m.echecs).map_err(|_| corrupt("echecs"))?,
        bloque_jusqu_a: m.bloque_jusqu_a,
        jour: m.jour,
        verifications: u32::try_from(m.verifications).map_err(|_| corrupt("verifications"))?,
        vu_le: m.vue_le,
    })
}

/// Writes a counter that this transaction has locked.
///
/// # Errors
/// The database's error.
pub async fn save(tx: &WriteTx, cle: &Cle, compteur: &Compteur) -> Result<(), StoreError> {
    row(cle, compteur).update(&tx.inner).await?;
    Ok(())
}

/// The counter of an address, locked until the end of the transaction.
///
/// # Errors
/// As for [`compteur`].
pub async fn adresse(tx: &WriteTx, cle: &Cle, now: DateTime<Utc>) -> Result<CompteurAdresse, StoreError> {
    let m = lock(tx, cle, &Compteur::nouveau(now)).await?;
    let essais = u32::try_from(m.verifications).map_err(|_| corrupt("verifications"))?;
    Ok(CompteurAdresse { depuis: m.vue_le, essais, pas_avant: m.bloque_jusqu_a })
}

/// Writes the counter of an address that this transaction has locked.
///
/// # Errors
/// The database's error.
pub async fn save_adresse(tx: &WriteTx, cle: &Cle, c: &CompteurAdresse) -> Result<(), StoreError> {
    let compteur = Compteur {
        echecs: 0,
        bloque_jusqu_a: c.pas_avant,
        jour: c.depuis.date_naive(),
        verifications: c.essais,
        vu_le: c.depuis,
    };
    save(tx, cle, &compteur).await
}

/// Forgets a counter: the owner has chosen a new password.
///
/// # Errors
/// The database's error.
pub async fn forget(tx: &WriteTx, cle: &Cle) -> Result<(), StoreError> {
    Entity::delete_by_id(cle.to_vec()).exec(&tx.inner).await?;
    Ok(())
}

/// Removes counters last used before a time, at most 200 at once.
pub(super) async fn expire(tx: &WriteTx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let ids: Vec<Vec<u8>> = Entity::find()
        .select_only()
        .column(Column::Cle)
        .filter(Column::VueLe.lt(before))
        .limit(TRANCHE)
        .into_tuple()
        .all(&tx.inner)
        .await?;
    Ok(Entity::delete_many().filter(Column::Cle.is_in(ids)).exec(&tx.inner).await?.rows_affected)
}
