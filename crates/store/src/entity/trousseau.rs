//! Wrapped keys.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "trousseau")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub portee: String,
    pub cle: Vec<u8>,
    pub cree_le: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
