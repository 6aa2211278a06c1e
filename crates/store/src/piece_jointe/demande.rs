//! Files of a demande that was loaded in scope.

use super::{Lieu, Nouvelle, Piece, piece, row, unwrap_key};
use crate::db::{Tx, WriteTx};
use crate::demande::Demande;
use crate::entity::piece_jointe::{Column, Entity};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::droits::{Permis, Repondre};
use domain::ids::{MessageId, PieceJointeId};
use domain::piece_jointe::Sens;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder};
use vault::DataKey;

/// The files of a demande that was loaded in scope, oldest first.
///
/// # Errors
/// The database's error.
pub async fn of_demande(tx: &Tx, demande: &Demande) -> Result<Vec<Piece>, StoreError> {
    let key = tx.caisse_key(demande.caisse).await?;
    let rows = Entity::find()
        .filter(Column::DemandeId.eq(demande.id.get()))
        .order_by(Column::RecueLe, Order::Asc)
        .order_by(Column::Id, Order::Asc);
    rows.all(&tx.inner).await?.iter().map(|m| piece(&key, m)).collect()
}

/// One file of a demande that was loaded in scope, with its key as long as there is one.
///
/// # Errors
/// The database's error.
pub async fn one_of_demande(
    tx: &Tx,
    demande: &Demande,
    id: PieceJointeId,
) -> Result<Option<(Piece, Option<DataKey>)>, StoreError> {
    let found = Entity::find_by_id(id.get()).filter(Column::DemandeId.eq(demande.id.get())).one(&tx.inner).await?;
    let Some(m) = found else { return Ok(None) };
    let key = tx.caisse_key(demande.caisse).await?;
    Ok(Some((piece(&key, &m)?, unwrap_key(&key, &m)?)))
}

/// Adds a file to a line that was just written in the thread of a demande loaded in the proof's scope.
///
/// # Errors
/// [`StoreError::Conflict`] without a compte in the proof, or the database's error.
pub async fn add_to_message(
    tx: &WriteTx,
    permis: &Permis<Repondre>,
    (demande, message, sens): (&Demande, MessageId, Sens),
    nouvelle: &Nouvelle<'_>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let auteur = permis.auteur().ok_or(StoreError::Conflict)?;
    let key = tx.caisse_key(demande.caisse).await?;
    let lieu = Lieu::Message(demande.id, message);
    tx.add(row(&key, nouvelle, (&lieu, sens, auteur), now)?).await.map_err(StoreError::from_insert)?;
    Ok(())
}
