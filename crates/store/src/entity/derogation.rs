//! Addresses that a caisse allows against the rule.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "derogation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub caisse_id: Uuid,
    pub partenaire_id: Uuid,
    pub scelle: Vec<u8>,
    pub accordee_par: Uuid,
    pub accordee_le: DateTime<Utc>,
    pub revoquee_par: Option<Uuid>,
    pub revoquee_le: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
