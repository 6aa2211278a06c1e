//! Settings of a caisse on passwords.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reglage_compte")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub caisse_id: Uuid,
    pub jours_partenaire: Option<i64>,
    pub jours_desk: Option<i64>,
    pub version: i64,
    pub modifie_le: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
