//! Deferred acts.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub nature: String,
    pub parametres: String,
    pub cree_le: DateTime<Utc>,
    pub pas_avant: DateTime<Utc>,
    pub essais: i64,
    pub bail_jusqu_a: Option<DateTime<Utc>>,
    pub fini_le: Option<DateTime<Utc>>,
    pub abandonne_le: Option<DateTime<Utc>>,
    pub erreur: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
