//! What the analysis reads and writes: files in quarantine, whoever they belong to. System only.

use super::{corrupt, unwrap_key};
use crate::db::{Tx, WriteTx};
use crate::entity::demande;
use crate::entity::piece_jointe::{Column, Entity, Model};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::droits::{Analyser, Permis};
use domain::ids::{BrouillonId, CompteId, PieceJointeId};
use domain::piece_jointe::Etat;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashSet;
use uuid::Uuid;
use vault::{DataKey, Scope};

/// A file to analyse.
pub struct AAnalyser {
    /// Id.
    pub id: PieceJointeId,
    /// Key of its bytes.
    pub cle: DataKey,
}

/// Where a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ou {
    /// In a draft.
    Brouillon(BrouillonId),
    /// In the demande of this number.
    Demande(String),
}

/// A file whose analysis has ended: whom to tell, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ecartee {
    /// Who sent it.
    pub auteur: CompteId,
    /// Where it is.
    pub ou: Ou,
}

fn quarantined() -> Condition {
    Condition::all().add(Column::Etat.eq(Etat::Quarantaine.code()))
}

/// Files in quarantine that nobody tried since `before`, the longest left first, at most `count`.
///
/// # Errors
/// The database's error.
pub async fn waiting(tx: &Tx, before: DateTime<Utc>, count: u64) -> Result<Vec<PieceJointeId>, StoreError> {
    let ids: Vec<Uuid> = waiting_query(before, count).into_tuple().all(&tx.inner).await?;
    Ok(ids.into_iter().map(PieceJointeId::new).collect())
}

pub(super) fn waiting_query(before: DateTime<Utc>, count: u64) -> sea_orm::Select<Entity> {
    Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(quarantined())
        .filter(Column::EssayeeLe.lte(before))
        .order_by(Column::EssayeeLe, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .limit(count)
}

/// A file in quarantine with its key; none when it is gone or analysed.
///
/// # Errors
/// The database's error.
pub async fn load(tx: &Tx, id: PieceJointeId) -> Result<Option<AAnalyser>, StoreError> {
    let Some(m) = Entity::find_by_id(id.get()).filter(quarantined()).one(&tx.inner).await? else { return Ok(None) };
    let key = tx.key(scope(tx, &m).await?).await?;
    let cle = unwrap_key(&key, &m)?.ok_or_else(|| corrupt("cle", m.id))?;
    Ok(Some(AAnalyser { id, cle }))
}

async fn scope(tx: &Tx, m: &Model) -> Result<Scope, StoreError> {
    let Some(id) = m.demande_id else { return Ok(Scope::Comptes) };
    let caisse: Option<Uuid> = demande::Entity::find_by_id(id)
        .select_only()
        .column(demande::Column::CaisseId)
        .into_tuple()
        .one(&tx.inner)
        .await?;
    caisse.map(Scope::Caisse).ok_or_else(|| corrupt("demande_id", m.id))
}

/// The try led to nothing: the file goes to the end of those that wait.
///
/// # Errors
/// The database's error.
pub async fn touch(
    tx: &WriteTx,
    _: &Permis<Analyser>,
    id: PieceJointeId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::EssayeeLe, now.into())
        .filter(Column::Id.eq(id.get()))
        .filter(quarantined())
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// Writes what the analysis led to; the key goes with it unless the file is kept. A file's bytes never change, so its
/// verdict holds wherever it was moved meanwhile. Gives whom to tell; none when it is gone or was settled before.
///
/// # Errors
/// The database's error.
pub async fn settle(
    tx: &WriteTx,
    _: &Permis<Analyser>,
    id: PieceJointeId,
    etat: Etat,
    now: DateTime<Utc>,
) -> Result<Option<Ecartee>, StoreError> {
    let mut change = Entity::update_many()
        .col_expr(Column::Etat, Expr::value(etat.code()))
        .col_expr(Column::AnalyseeLe, Expr::value(Some(now)))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id.get()))
        .filter(quarantined());
    if !etat.est_gardee() {
        change = change.col_expr(Column::Cle, Expr::value(None::<Vec<u8>>));
    }
    if change.exec(&tx.inner).await?.rows_affected != 1 {
        return Ok(None);
    }
    let m = Entity::find_by_id(id.get()).one(&tx.inner).await?.ok_or(StoreError::Conflict)?;
    let ou = match (m.brouillon_id, m.demande_id) {
        (Some(brouillon), _) => Ou::Brouillon(BrouillonId::new(brouillon)),
        (None, Some(demande)) => Ou::Demande(reference(tx, demande).await?.ok_or_else(|| corrupt("demande_id", m.id))?),
        (None, None) => return Err(corrupt("brouillon_id", m.id)),
    };
    Ok(Some(Ecartee { auteur: CompteId::new(m.auteur_id), ou }))
}

async fn reference(tx: &Tx, id: Uuid) -> Result<Option<String>, StoreError> {
    let found = demande::Entity::find_by_id(id).select_only().column(demande::Column::Reference);
    Ok(found.into_tuple().one(&tx.inner).await?)
}

/// Which of these files still have a key: the bytes of all others are orphans.
///
/// # Errors
/// The database's error.
pub async fn exist(tx: &Tx, ids: &[Uuid]) -> Result<HashSet<Uuid>, StoreError> {
    let found: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::Cle.is_not_null())
        .into_tuple()
        .all(&tx.inner)
        .await?;
    Ok(found.into_iter().collect())
}
