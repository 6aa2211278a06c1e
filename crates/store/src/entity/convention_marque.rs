//! What was told or done once for a day of a convention.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "convention_marque")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub convention_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub nature: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub pour: NaiveDate,
    #[sea_orm(primary_key, auto_increment = false)]
    pub rang: i64,
    pub le: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
