//! Numbered places of a quota (HA-2): a compte that counts holds one, and an index lets no two hold the same, also where
//! somebody forgets the lock.

use super::agregat::within;
use crate::db::WriteTx;
use crate::entity::compte;
use crate::error::StoreError;
use domain::compte::Profil;
use domain::droits::{Acte, Permis};
use domain::ids::{CompteId, PartenaireId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};

/// Gives a compte the first free place of its structure and profil, from 1 up to `places`.
///
/// # Errors
/// [`StoreError::Conflict`] when none is free or the compte lies outside the proof's scope; [`StoreError::Taken`] when
/// another took it at the same instant: begin the transaction again.
pub async fn take_place<A: Acte>(
    tx: &WriteTx,
    permis: &Permis<A>,
    (compte, partenaire, profil): (CompteId, PartenaireId, Profil),
    places: u32,
) -> Result<(), StoreError> {
    let taken: Vec<i64> = compte::Entity::find()
        .select_only()
        .column(compte::Column::Place)
        .filter(compte::Column::PartenaireId.eq(partenaire.get()))
        .filter(compte::Column::Profil.eq(profil.code()))
        .filter(compte::Column::Place.is_not_null())
        .order_by(compte::Column::Place, Order::Asc)
        .into_tuple()
        .all(&tx.inner)
        .await?;
    let free = (1..=i64::from(places)).find(|n| !taken.contains(n)).ok_or(StoreError::Conflict)?;
    let change = compte::Entity::update_many()
        .col_expr(compte::Column::Place, Expr::value(Some(free)))
        .filter(compte::Column::Id.eq(compte.get()))
        .filter(within(permis.portee()));
    match change.exec(&tx.inner).await.map_err(StoreError::from_insert)?.rows_affected {
        1 => Ok(()),
        _ => Err(StoreError::Conflict),
    }
}
