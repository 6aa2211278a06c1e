//! Throttle counters.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tentative")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub cle: Vec<u8>,
    pub echecs: i64,
    pub bloque_jusqu_a: Option<DateTime<Utc>>,
    pub jour: NaiveDate,
    pub verifications: i64,
    pub vue_le: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
