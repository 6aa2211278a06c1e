//! Which compte has read which news.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "actualite_lue")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub compte_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub actualite_id: Uuid,
    pub lue_le: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
