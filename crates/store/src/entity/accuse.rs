//! Receipts as issued.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "accuse")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub demande_id: Uuid,
    pub document: String,
    pub emis_le: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
