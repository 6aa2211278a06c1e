//! Drafts: one sealed blob each, seen by their compte alone (DE-12).

use crate::db::{Tx, WriteTx};
use crate::entity::brouillon;
use crate::error::StoreError;
use crate::keys::{open, seal};
use crate::piece_jointe;
use chrono::{DateTime, Utc};
use domain::demande::Sorte;
use domain::droits::{Brouillonner, Permis};
use domain::ids::{BrouillonId, CompteId};
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Set};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vault::Scope;

/// What was typed, by field name; a field may have several values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Saisie(pub BTreeMap<String, Vec<String>>);

/// A draft.
#[derive(Clone, Debug)]
pub struct Brouillon {
    /// Id.
    pub id: BrouillonId,
    /// Kind of demande.
    pub sorte: Sorte,
    /// What was typed.
    pub saisie: Saisie,
    /// Last change.
    pub modifie_le: DateTime<Utc>,
    /// Grows with every change.
    pub version: i64,
}

async fn of(tx: &Tx, m: brouillon::Model) -> Result<Brouillon, StoreError> {
    let key = tx.key(Scope::Comptes).await?;
    let sorte =
        Sorte::from_code(&m.sorte).ok_or(StoreError::Corrupt { table: "brouillon", column: "sorte", row: m.id })?;
    Ok(Brouillon {
        id: BrouillonId::new(m.id),
        sorte,
        saisie: open(&key, "brouillon", m.id, &m.scelle)?,
        modifie_le: m.modifie_le,
        version: m.version,
    })
}

/// A draft of this compte.
///
/// # Errors
/// The database's error.
pub async fn load(tx: &Tx, compte: CompteId, id: BrouillonId) -> Result<Option<Brouillon>, StoreError> {
    let found = brouillon::Entity::find_by_id(id.get()).filter(brouillon::Column::CompteId.eq(compte.get()));
    match found.one(&tx.inner).await? {
        Some(m) => Ok(Some(of(tx, m).await?)),
        None => Ok(None),
    }
}

/// A draft of this compte, locked until the end of the transaction: two sendings of one draft wait for each other.
///
/// # Errors
/// The database's error.
pub async fn lock(tx: &WriteTx, compte: CompteId, id: BrouillonId) -> Result<Option<Brouillon>, StoreError> {
    let found = brouillon::Entity::find_by_id(id.get())
        .filter(brouillon::Column::CompteId.eq(compte.get()))
        .lock(LockType::Update);
    match found.one(&tx.inner).await? {
        Some(m) => Ok(Some(of(tx, m).await?)),
        None => Ok(None),
    }
}

/// The drafts of this compte, the last changed first, 20 at most.
///
/// # Errors
/// The database's error.
pub async fn list(tx: &Tx, compte: CompteId) -> Result<Vec<Brouillon>, StoreError> {
    let rows = brouillon::Entity::find()
        .filter(brouillon::Column::CompteId.eq(compte.get()))
        .order_by(brouillon::Column::ModifieLe, Order::Desc)
        .limit(20);
    let mut found = Vec::new();
    for m in rows.all(&tx.inner).await? {
        found.push(of(tx, m).await?);
    }
    Ok(found)
}

/// Adds a draft for the compte of the proof.
///
/// # Errors
/// [`StoreError::Conflict`] without a compte in the proof, or the database's error.
pub async fn insert(
    tx: &WriteTx,
    permis: &Permis<Brouillonner>,
    id: BrouillonId,
    (sorte, saisie): (Sorte, &Saisie),
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let compte = permis.auteur().ok_or(StoreError::Conflict)?;
    tx.ensure_key(Scope::Comptes, now).await?;
    let key = tx.key(Scope::Comptes).await?;
    let row = brouillon::ActiveModel {
        id: Set(id.get()),
        compte_id: Set(compte.get()),
        sorte: Set(sorte.code().to_owned()),
        scelle: Set(seal(&key, "brouillon", id.get(), saisie)?),
        cree_le: Set(now),
        modifie_le: Set(now),
        version: Set(1),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}

/// Replaces what was typed, if the draft still has the version read.
///
/// # Errors
/// [`StoreError::Conflict`] when it changed in between or is not this compte's.
pub async fn update(
    tx: &WriteTx,
    permis: &Permis<Brouillonner>,
    b: &Brouillon,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let compte = permis.auteur().ok_or(StoreError::Conflict)?;
    let key = tx.key(Scope::Comptes).await?;
    let change = brouillon::Entity::update_many()
        .col_expr(brouillon::Column::Scelle, seal(&key, "brouillon", b.id.get(), &b.saisie)?.into())
        .col_expr(brouillon::Column::ModifieLe, now.into())
        .col_expr(brouillon::Column::Version, Expr::col(brouillon::Column::Version).add(1))
        .filter(brouillon::Column::Id.eq(b.id.get()))
        .filter(brouillon::Column::CompteId.eq(compte.get()))
        .filter(brouillon::Column::Version.eq(b.version));
    match change.exec(&tx.inner).await?.rows_affected {
        1 => Ok(()),
        _ => Err(StoreError::Conflict),
    }
}

/// Removes a draft of this compte with its files; nothing happens when it is gone already.
pub fn delete(tx: &WriteTx, compte: CompteId, id: BrouillonId) {
    tx.later(piece_jointe::remove_of_draft(compte, id));
    let draft = brouillon::Entity::delete_many()
        .filter(brouillon::Column::Id.eq(id.get()))
        .filter(brouillon::Column::CompteId.eq(compte.get()));
    tx.later(draft.into_query());
}

/// Removes drafts unchanged since a time with their files, at most 200 at once; gives how many. On PostgreSQL they are
/// locked first, and one that is being saved is left: what was typed just now is not old.
///
/// # Errors
/// The database's error.
pub async fn expire(tx: &WriteTx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let ids: Vec<uuid::Uuid> = brouillon::Entity::find()
        .select_only()
        .column(brouillon::Column::Id)
        .filter(brouillon::Column::ModifieLe.lt(before))
        .limit(200)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_tuple()
        .all(&tx.inner)
        .await?;
    piece_jointe::remove_of_drafts(tx, &ids).await?;
    Ok(brouillon::Entity::delete_many().filter(brouillon::Column::Id.is_in(ids)).exec(&tx.inner).await?.rows_affected)
}
