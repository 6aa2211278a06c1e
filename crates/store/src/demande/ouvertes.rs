//! What is open between a structure and a caisse when their convention ends (CO-11): numbers, kinds and states, no content.

use crate::db::Tx;
use crate::entity::demande::{Column, Entity};
use crate::entity::{brouillon, compte};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::demande::{Etat, Sorte};
use domain::ids::{CaisseId, PartenaireId};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    RelationDef,
};
use uuid::Uuid;

/// So many at most: a list for people.
const PLUS: u64 = 1000;

/// An open demande without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ouverte {
    /// Public number.
    pub reference: String,
    /// Kind.
    pub sorte: Sorte,
    /// State.
    pub etat: Etat,
    /// When it was filed.
    pub transmise_le: DateTime<Utc>,
}

fn between((caisse, partenaire): (CaisseId, PartenaireId)) -> Condition {
    Condition::all().add(Column::PartenaireId.eq(partenaire.get())).add(Column::CaisseId.eq(caisse.get()))
}

fn open() -> Vec<&'static str> {
    [Etat::Transmise, Etat::PriseEnCharge, Etat::AttentePartenaire, Etat::AttenteInterne].map(Etat::code).to_vec()
}

async fn read(tx: &Tx, condition: Condition) -> Result<Vec<Ouverte>, StoreError> {
    let rows: Vec<(Uuid, String, String, String, DateTime<Utc>)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Reference, Column::Sorte, Column::Etat, Column::TransmiseLe])
        .filter(condition)
        .order_by(Column::TransmiseLe, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .limit(PLUS)
        .into_tuple()
        .all(&tx.inner)
        .await?;
    rows.into_iter()
        .map(|(row, reference, sorte, etat, transmise_le)| {
            let corrupt = |column| StoreError::Corrupt { table: "demande", column, row };
            Ok(Ouverte {
                reference,
                sorte: Sorte::from_code(&sorte).ok_or(corrupt("sorte"))?,
                etat: Etat::from_code(&etat).ok_or(corrupt("etat"))?,
                transmise_le,
            })
        })
        .collect()
}

/// The open demandes of a structure at a caisse, oldest first, 1000 at most.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn ouvertes(tx: &Tx, entre: (CaisseId, PartenaireId)) -> Result<Vec<Ouverte>, StoreError> {
    read(tx, between(entre).add(Column::Etat.is_in(open()))).await
}

/// Some demandes of a structure at a caisse by their numbers, in whatever state.
///
/// # Errors
/// As for [`ouvertes`].
pub async fn nommees(
    tx: &Tx,
    entre: (CaisseId, PartenaireId),
    references: &[String],
) -> Result<Vec<Ouverte>, StoreError> {
    read(tx, between(entre).add(Column::Reference.is_in(references))).await
}

/// How many are open.
///
/// # Errors
/// The database's error.
pub async fn compter_ouvertes(tx: &Tx, entre: (CaisseId, PartenaireId)) -> Result<u64, StoreError> {
    Ok(Entity::find().filter(between(entre).add(Column::Etat.is_in(open()))).count(&tx.inner).await?)
}

/// How many drafts the comptes of a structure keep.
///
/// # Errors
/// The database's error.
pub async fn compter_brouillons(tx: &Tx, partenaire: PartenaireId) -> Result<u64, StoreError> {
    let on: RelationDef =
        brouillon::Entity::belongs_to(compte::Entity).from(brouillon::Column::CompteId).to(compte::Column::Id).into();
    let found = brouillon::Entity::find()
        .join(JoinType::InnerJoin, on)
        .filter(compte::Column::PartenaireId.eq(partenaire.get()));
    Ok(found.count(&tx.inner).await?)
}
