//! New agents told to the caisse.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "annonce")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub partenaire_id: Uuid,
    pub caisse_id: Uuid,
    pub scelle: Vec<u8>,
    pub annonce_par: Uuid,
    pub annonce_le: DateTime<Utc>,
    pub traitee_le: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
