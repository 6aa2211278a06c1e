//! Files of conventions.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "piece_convention")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub convention_id: Uuid,
    pub sorte: String,
    pub auteur_id: Uuid,
    pub scelle: Vec<u8>,
    pub cle: Option<Vec<u8>>,
    pub etat: String,
    pub recue_le: DateTime<Utc>,
    pub essayee_le: DateTime<Utc>,
    pub analysee_le: Option<DateTime<Utc>>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
