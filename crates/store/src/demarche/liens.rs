//! The one-time link by which a structure without a gestionnaire asks for its first one (HA-3). Only the hash of its token
//! is here.

use crate::db::{Tx, WriteTx};
use crate::entity::lien_habilitation::{ActiveModel, Column, Entity, Model};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::ids::{CaisseId, CompteId, ConventionId, PartenaireId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Set};

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lien {
    /// Hash of its token.
    pub empreinte: [u8; 32],
    /// Convention under which the habilitation is asked.
    pub convention: ConventionId,
    /// Caisse that sent it.
    pub caisse: CaisseId,
    /// Structure it was sent to.
    pub partenaire: PartenaireId,
    /// Who sent it.
    pub envoye_par: CompteId,
    /// When it was made.
    pub cree_le: DateTime<Utc>,
    /// End.
    pub expire_le: DateTime<Utc>,
    /// When it was used, or replaced by a later one.
    pub utilise_le: Option<DateTime<Utc>>,
}

fn of(m: Model) -> Result<Lien, StoreError> {
    let corrupt = StoreError::Corrupt { table: "lien_habilitation", column: "empreinte", row: m.convention_id };
    Ok(Lien {
        empreinte: m.empreinte.as_slice().try_into().map_err(|_| corrupt)?,
        convention: ConventionId::new(m.convention_id),
        caisse: CaisseId::new(m.caisse_id),
        partenaire: PartenaireId::new(m.partenaire_id),
        envoye_par: CompteId::new(m.envoye_par),
        cree_le: m.cree_le,
        expire_le: m.expire_le,
        utilise_le: m.utilise_le,
    })
}

/// The link of a token's hash, usable or not.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn load(tx: &Tx, empreinte: &[u8; 32]) -> Result<Option<Lien>, StoreError> {
    Entity::find_by_id(empreinte.to_vec()).one(&tx.inner).await?.map(of).transpose()
}

/// The last link sent for a convention, usable or not.
///
/// # Errors
/// As for [`load`].
pub async fn last(tx: &Tx, convention: ConventionId) -> Result<Option<Lien>, StoreError> {
    let rows =
        Entity::find().filter(Column::ConventionId.eq(convention.get())).order_by(Column::CreeLe, Order::Desc).limit(1);
    rows.one(&tx.inner).await?.map(of).transpose()
}

/// Adds a link; earlier ones of the same convention stop working.
///
/// # Errors
/// The database's error.
pub async fn insert(tx: &WriteTx, lien: &Lien) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::UtiliseLe, Expr::value(Some(lien.cree_le)))
        .filter(Column::ConventionId.eq(lien.convention.get()))
        .filter(Column::UtiliseLe.is_null())
        .exec(&tx.inner)
        .await?;
    let row = ActiveModel {
        empreinte: Set(lien.empreinte.to_vec()),
        convention_id: Set(lien.convention.get()),
        caisse_id: Set(lien.caisse.get()),
        partenaire_id: Set(lien.partenaire.get()),
        envoye_par: Set(lien.envoye_par.get()),
        cree_le: Set(lien.cree_le),
        expire_le: Set(lien.expire_le),
        utilise_le: Set(lien.utilise_le),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}

/// Uses a link up.
///
/// # Errors
/// [`StoreError::Conflict`] when it was used or has expired: it works once, also when two requests bring it together.
pub async fn consume(tx: &WriteTx, empreinte: &[u8; 32], now: DateTime<Utc>) -> Result<(), StoreError> {
    let change = Entity::update_many()
        .col_expr(Column::UtiliseLe, Expr::value(Some(now)))
        .filter(Column::Empreinte.eq(empreinte.to_vec()))
        .filter(Column::UtiliseLe.is_null())
        .filter(Column::ExpireLe.gt(now));
    match change.exec(&tx.inner).await?.rows_affected {
        1 => Ok(()),
        _ => Err(StoreError::Conflict),
    }
}

/// Removes links that ended before a time, at most so many; gives how many.
///
/// # Errors
/// The database's error.
pub async fn expire(tx: &WriteTx, before: DateTime<Utc>, nombre: u64) -> Result<u64, StoreError> {
    let ids: Vec<Vec<u8>> = Entity::find()
        .select_only()
        .column(Column::Empreinte)
        .filter(Column::ExpireLe.lt(before))
        .limit(nombre)
        .into_tuple()
        .all(&tx.inner)
        .await?;
    Ok(Entity::delete_many().filter(Column::Empreinte.is_in(ids)).exec(&tx.inner).await?.rows_affected)
}
