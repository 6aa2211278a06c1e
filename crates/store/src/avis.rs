//! How people want to be told of news, and the news that wait for their daily mail: numbers of demandes, no content.

use crate::db::{Tx, WriteTx};
use crate::entity::{avis, preference};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::droits::{Permis, Portee, SoiMeme};
use domain::ids::CompteId;
use domain::notification::Rythme;
use sea_orm::sea_query::{LockType, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Set};
use std::sync::PoisonError;
use uuid::Uuid;

/// How a compte wants to be told.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn rythme(tx: &Tx, compte: CompteId) -> Result<Rythme, StoreError> {
    let Some(row) = preference::Entity::find_by_id(compte.get()).one(&tx.inner).await? else {
        return Ok(Rythme::default());
    };
    let corrupt = StoreError::Corrupt { table: "preference", column: "rythme", row: compte.get() };
    Rythme::from_code(&row.rythme).ok_or(corrupt)
}

/// Keeps how the compte of the proof wants to be told. News that wait already keep their hour.
///
/// # Errors
/// [`StoreError::Conflict`] without a compte in the proof, or the database's error.
pub async fn choose(
    tx: &WriteTx,
    permis: &Permis<SoiMeme>,
    rythme: Rythme,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let Portee::Soi(compte) = permis.portee() else { return Err(StoreError::Conflict) };
    let row = preference::ActiveModel {
        compte_id: Set(compte.get()),
        rythme: Set(rythme.code().to_owned()),
        choisie_le: Set(now),
    };
    let again = OnConflict::column(preference::Column::CompteId)
        .update_columns([preference::Column::Rythme, preference::Column::ChoisieLe])
        .to_owned();
    preference::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.inner).await?;
    Ok(())
}

/// Whether this transaction has not told this compte of this demande yet: several news of one act are told once.
#[must_use]
pub fn first_of(tx: &WriteTx, compte: CompteId, reference: &str) -> bool {
    tx.told.lock().unwrap_or_else(PoisonError::into_inner).insert((compte.get(), reference.to_owned()))
}

/// Lets news wait until `envoi`; news of a demande that waits already make no second line and keep the first hour.
///
/// # Errors
/// The database's error.
pub async fn wait(
    tx: &WriteTx,
    compte: CompteId,
    reference: &str,
    (le, envoi): (DateTime<Utc>, DateTime<Utc>),
) -> Result<(), StoreError> {
    let row = avis::ActiveModel {
        compte_id: Set(compte.get()),
        reference: Set(reference.to_owned()),
        le: Set(le),
        envoi_le: Set(envoi),
    };
    // Written, not left alone: when the row is being taken for a mail, this waits and becomes a new one.
    let again = OnConflict::columns([avis::Column::CompteId, avis::Column::Reference])
        .update_column(avis::Column::Le)
        .to_owned();
    avis::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.inner).await?;
    Ok(())
}

/// A compte whose news are due.
///
/// # Errors
/// The database's error.
pub async fn due(tx: &Tx, now: DateTime<Utc>) -> Result<Option<CompteId>, StoreError> {
    let first: Option<Uuid> = avis::Entity::find()
        .select_only()
        .column(avis::Column::CompteId)
        .filter(avis::Column::EnvoiLe.lte(now))
        .order_by(avis::Column::EnvoiLe, Order::Asc)
        .order_by(avis::Column::CompteId, Order::Asc)
        .limit(1)
        .into_tuple()
        .one(&tx.inner)
        .await?;
    Ok(first.map(CompteId::new))
}

/// Takes the news of a compte that are due: numbers of demandes, the oldest news first. Of two that take at once, one
/// gets them.
///
/// # Errors
/// The database's error.
pub async fn take(tx: &WriteTx, compte: CompteId, now: DateTime<Utc>) -> Result<Vec<String>, StoreError> {
    let references: Vec<String> = avis::Entity::find()
        .select_only()
        .column(avis::Column::Reference)
        .filter(avis::Column::CompteId.eq(compte.get()))
        .filter(avis::Column::EnvoiLe.lte(now))
        .order_by(avis::Column::Le, Order::Asc)
        .order_by(avis::Column::Reference, Order::Asc)
        .lock(LockType::Update)
        .into_tuple()
        .all(&tx.inner)
        .await?;
    avis::Entity::delete_many()
        .filter(avis::Column::CompteId.eq(compte.get()))
        .filter(avis::Column::Reference.is_in(references.clone()))
        .exec(&tx.inner)
        .await?;
    Ok(references)
}
