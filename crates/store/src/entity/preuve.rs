//! Proofs.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "preuve")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub nature: String,
    pub le: DateTime<Utc>,
    pub caisse_id: Option<Uuid>,
    pub partenaire_id: Option<Uuid>,
    pub convention_id: Option<Uuid>,
    pub compte_id: Option<Uuid>,
    pub auteur_id: Option<Uuid>,
    pub scelle: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
