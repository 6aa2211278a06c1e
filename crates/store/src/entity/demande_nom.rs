//! Blind name index.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "demande_nom")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub jeton: Vec<u8>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub partenaire_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub transmise_le: DateTime<Utc>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub demande_id: Uuid,
    pub service_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
