//! What a review said of each compte.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "revue_ligne")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub revue_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub compte_id: Uuid,
    pub decision: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
