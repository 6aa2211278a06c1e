//! What stands around a demande on its page, in one statement: structure, service in charge, receipt.

use super::agregat::Demande;
use super::fil::Accuse;
use crate::caisse::{Service, service_of};
use crate::db::Tx;
use crate::entity::demande::{Column, Entity};
use crate::entity::{accuse, partenaire, service};
use crate::error::StoreError;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, Iterable, JoinType, QueryFilter, QuerySelect,
    QueryTrait, RelationDef,
};

/// Whose it is, who treats it, what was promised.
#[derive(Clone, Debug)]
pub struct Autour {
    /// Structure, short name.
    pub partenaire: String,
    /// Service in charge.
    pub service: Service,
    /// Receipt as issued.
    pub accuse: Accuse,
}

/// What stands around a demande that was loaded in scope.
///
/// # Errors
/// [`StoreError::Corrupt`] when it has no receipt, or the database's error.
pub async fn autour(tx: &Tx, demande: &Demande) -> Result<Autour, StoreError> {
    let id = demande.id.get();
    let corrupt = || StoreError::Corrupt { table: "accuse", column: "document", row: id };
    let to_partenaire: RelationDef =
        Entity::belongs_to(partenaire::Entity).from(Column::PartenaireId).to(partenaire::Column::Id).into();
    let to_service: RelationDef =
        Entity::belongs_to(service::Entity).from(Column::ServiceId).to(service::Column::Id).into();
    let to_accuse: RelationDef =
        Entity::belongs_to(accuse::Entity).from(Column::Id).to(accuse::Column::DemandeId).into();
    let mut query = Entity::find()
        .select_only()
        .column_as(partenaire::Column::NomCourt, "partenaire")
        .column_as(accuse::Column::Document, "accuse")
        .join(JoinType::InnerJoin, to_partenaire)
        .join(JoinType::InnerJoin, to_service)
        .join(JoinType::InnerJoin, to_accuse)
        .filter(Column::Id.eq(id));
    for column in service::Column::iter() {
        query = query.column(column);
    }
    let row = tx.inner.query_one_raw(query.build(tx.backend)).await?.ok_or_else(corrupt)?;
    let document: String = row.try_get("", "accuse")?;
    Ok(Autour {
        partenaire: row.try_get("", "partenaire")?,
        service: service_of(service::Model::from_query_result(&row, "")?)?,
        accuse: serde_json::from_str(&document).map_err(|_| corrupt())?,
    })
}
