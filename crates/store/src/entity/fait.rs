//! Anonymous facts.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "fait")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub caisse_id: Uuid,
    pub convention_id: Uuid,
    pub nature: String,
    pub sorte: String,
    pub sous_types: String,
    pub mois: String,
    pub issue: Option<String>,
    pub delai_total: Option<i64>,
    pub delai_net: Option<i64>,
    pub urgent: bool,
    pub canal: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
