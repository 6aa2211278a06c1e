//! Versions of a convention: the first one and its avenants.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "convention_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub convention_id: Uuid,
    pub numero: i64,
    pub objet: String,
    pub effet_le: NaiveDate,
    pub signatures: String,
    pub changements: Option<String>,
    pub document: Option<String>,
    pub auteur_id: Option<Uuid>,
    pub enregistree_le: DateTime<Utc>,
    pub appliquee_le: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
