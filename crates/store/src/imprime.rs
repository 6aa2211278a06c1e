//! Printed documents as issued: made when first asked for, then the same bytes for ever (architecture, point 14). They
//! name no assuré, so they lie unsealed.

use crate::db::{Tx, WriteTx};
use crate::demande::Demande;
use crate::entity::imprime::{ActiveModel, Column, Entity};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};

/// The kind of document: the receipt of a demande.
const ACCUSE: &str = "accuse";

/// The PDF of the receipt of a demande that was loaded in scope, if it was printed.
///
/// # Errors
/// The database's error.
pub async fn accuse(tx: &Tx, demande: &Demande) -> Result<Option<Vec<u8>>, StoreError> {
    let found = Entity::find().filter(Column::Nature.eq(ACCUSE)).filter(Column::ObjetId.eq(demande.id.get()));
    Ok(found.one(&tx.inner).await?.map(|row| row.pdf))
}

/// Keeps the PDF of the receipt of a demande that was loaded in scope, unless there is one already; gives whether this
/// is the one that is kept.
///
/// # Errors
/// The database's error.
pub async fn keep_accuse(tx: &WriteTx, demande: &Demande, pdf: &[u8], now: DateTime<Utc>) -> Result<bool, StoreError> {
    let row = ActiveModel {
        nature: Set(ACCUSE.to_owned()),
        objet_id: Set(demande.id.get()),
        pdf: Set(pdf.to_owned()),
        fait_le: Set(now),
    };
    let first = OnConflict::columns([Column::Nature, Column::ObjetId]).do_nothing().to_owned();
    Ok(Entity::insert(row).on_conflict(first).exec_without_returning(&tx.inner).await? == 1)
}
