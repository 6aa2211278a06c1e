//! Dossiers of conventions.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "convention")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cle: String,
    pub caisse_id: Uuid,
    pub partenaire_id: Uuid,
    pub document: String,
    pub actes: String,
    pub version: i64,
    pub cree_le: DateTime<Utc>,
    pub modifiee_le: DateTime<Utc>,
    pub a_suivre_le: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
