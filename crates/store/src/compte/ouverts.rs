//! The open comptes of a structure: what the end of a convention closes (CO-6).

use super::agregat::of;
use super::modele::Compte;
use crate::db::{Tx, WriteTx};
use crate::entity::compte::{Column, Entity};
use crate::error::StoreError;
use domain::compte::EtatCompte;
use domain::ids::PartenaireId;
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select};

fn query(partenaire: PartenaireId) -> Select<Entity> {
    Entity::find()
        .filter(Column::PartenaireId.eq(partenaire.get()))
        .filter(Column::Etat.is_in([EtatCompte::Invite.code(), EtatCompte::Actif.code()]))
        .order_by(Column::Profil, Order::Asc)
        .order_by(Column::Id, Order::Asc)
}

async fn read(tx: &Tx, query: Select<Entity>) -> Result<Vec<Compte>, StoreError> {
    let mut found = Vec::new();
    for m in query.all(&tx.inner).await? {
        found.push(of(tx, m).await?);
    }
    Ok(found)
}

/// The invited and active comptes of a structure, gestionnaires first. A structure has some thirty.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn ouverts(tx: &Tx, partenaire: PartenaireId) -> Result<Vec<Compte>, StoreError> {
    read(tx, query(partenaire)).await
}

/// As [`ouverts`], locked until the end of the transaction.
///
/// # Errors
/// As for [`ouverts`].
pub async fn lock_ouverts(tx: &WriteTx, partenaire: PartenaireId) -> Result<Vec<Compte>, StoreError> {
    read(tx, query(partenaire).lock(LockType::Update)).await
}
