//! Demandes held by an agent whose compte is closed.

use crate::db::Tx;
use crate::entity::{compte, demande};
use crate::error::StoreError;
use domain::compte::EtatCompte;
use domain::demande::Etat;
use sea_orm::{ColumnTrait, EntityTrait, JoinType, Order, QueryFilter, QueryOrder, QuerySelect, RelationDef};

/// References of demandes in charge, or waiting inside the caisse, whose agent is not in use any more; at most so many.
///
/// # Errors
/// The database's error.
pub async fn sans_agent(tx: &Tx, nombre: u64) -> Result<Vec<String>, StoreError> {
    use demande::{Column, Entity};
    let on: RelationDef = Entity::belongs_to(compte::Entity).from(Column::AgentId).to(compte::Column::Id).into();
    Ok(Entity::find()
        .select_only()
        .column(Column::Reference)
        .join(JoinType::InnerJoin, on)
        .filter(Column::Etat.is_in([Etat::PriseEnCharge.code(), Etat::AttenteInterne.code()]))
        .filter(compte::Column::Etat.is_in([EtatCompte::Inactif.code(), EtatCompte::Exclu.code()]))
        .order_by(Column::Id, Order::Asc)
        .limit(nombre)
        .into_tuple()
        .all(&tx.inner)
        .await?)
}
