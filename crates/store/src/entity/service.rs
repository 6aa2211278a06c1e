//! Services of a caisse.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "service")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub caisse_id: Uuid,
    pub code: String,
    pub nom: String,
    pub telephone: Option<String>,
    pub courriel: Option<String>,
    pub adresse: Option<String>,
    pub delai_jours: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
