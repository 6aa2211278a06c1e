//! Settings of the installation.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reglage")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub cle: String,
    pub valeur: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
