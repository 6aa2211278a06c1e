//! Files of a draft: seen by its author alone, sealed under the comptes' key until a caisse is known.

use super::{Lieu, Nouvelle, Piece, corrupt, piece, place, row, rows_of_draft, unwrap_key};
use crate::db::{Tx, WriteTx};
use crate::entity::piece_jointe::{Column, Entity};
use crate::error::StoreError;
use crate::keys::{open, seal};
use chrono::{DateTime, Utc};
use domain::droits::{Brouillonner, Deposer, Permis};
use domain::ids::{BrouillonId, CaisseId, CompteId, DemandeId, PieceJointeId};
use domain::piece_jointe::{Etat, Sens};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect};
use vault::Scope;

/// The files of a draft of this compte, oldest first.
///
/// # Errors
/// The database's error.
pub async fn of_draft(tx: &Tx, compte: CompteId, id: BrouillonId) -> Result<Vec<Piece>, StoreError> {
    let rows = rows_of_draft(tx, compte, id).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = tx.key(Scope::Comptes).await?;
    rows.iter().map(|m| piece(&key, m)).collect()
}

/// Adds a file to a draft of the compte of the proof. The caller has locked the draft in this transaction
/// ([`crate::brouillon::lock`]): the limit is counted there.
///
/// # Errors
/// [`StoreError::Conflict`] without a compte in the proof, or the database's error.
pub async fn add_to_draft(
    tx: &WriteTx,
    permis: &Permis<Brouillonner>,
    brouillon: BrouillonId,
    nouvelle: &Nouvelle<'_>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let auteur = permis.auteur().ok_or(StoreError::Conflict)?;
    let key = tx.key(Scope::Comptes).await?;
    let lieu = Lieu::Brouillon(brouillon);
    tx.add(row(&key, nouvelle, (&lieu, Sens::Entrante, auteur), now)?).await.map_err(StoreError::from_insert)?;
    Ok(())
}

/// Takes a file out of a draft of the compte of the proof; gives whether it was there.
///
/// # Errors
/// [`StoreError::Conflict`] without a compte in the proof, or the database's error.
pub async fn remove_from_draft(
    tx: &WriteTx,
    permis: &Permis<Brouillonner>,
    brouillon: BrouillonId,
    id: PieceJointeId,
) -> Result<bool, StoreError> {
    let auteur = permis.auteur().ok_or(StoreError::Conflict)?;
    let gone = Entity::delete_many()
        .filter(Column::Id.eq(id.get()))
        .filter(Column::BrouillonId.eq(brouillon.get()))
        .filter(Column::AuteurId.eq(auteur.get()))
        .exec(&tx.inner)
        .await?;
    Ok(gone.rows_affected == 1)
}

/// Files the draft's files with its demande: sealed and wrapped anew under the caisse's key. Those that the analysis has
/// refused stay behind and go with the draft. Gives how many were filed.
///
/// # Errors
/// [`StoreError::Conflict`] without a compte in the proof, or the database's error.
pub async fn file(
    tx: &WriteTx,
    permis: &Permis<Deposer>,
    brouillon: BrouillonId,
    (caisse, demande): (CaisseId, DemandeId),
) -> Result<u64, StoreError> {
    let auteur = permis.auteur().ok_or(StoreError::Conflict)?;
    // Locked: an analysis that ends now waits, and finds the file at its new place.
    let rows = Entity::find()
        .filter(Column::BrouillonId.eq(brouillon.get()))
        .filter(Column::AuteurId.eq(auteur.get()))
        .lock(LockType::Update)
        .all(&tx.inner)
        .await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let (comptes, key) = (tx.key(Scope::Comptes).await?, tx.caisse_key(caisse).await?);
    let mut moved = 0;
    for m in &rows {
        let etat = Etat::from_code(&m.etat).ok_or_else(|| corrupt("etat", m.id))?;
        if !etat.est_gardee() {
            continue;
        }
        let scelle: super::Scelle = open(&comptes, super::TABLE, m.id, &m.scelle)?;
        let cle = unwrap_key(&comptes, m)?.ok_or_else(|| corrupt("cle", m.id))?;
        let change = Entity::update_many()
            .col_expr(Column::BrouillonId, Expr::value(None::<uuid::Uuid>))
            .col_expr(Column::DemandeId, Expr::value(Some(demande.get())))
            .col_expr(Column::Scelle, seal(&key, super::TABLE, m.id, &scelle)?.into())
            .col_expr(Column::Cle, Expr::value(Some(cle.wrap(&key, &place(m.id))?)))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(m.id))
            .filter(Column::Version.eq(m.version));
        if change.exec(&tx.inner).await?.rows_affected != 1 {
            return Err(StoreError::Conflict);
        }
        moved += 1;
    }
    Ok(moved)
}
