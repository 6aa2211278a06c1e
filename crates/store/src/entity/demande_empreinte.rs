//! Blind fingerprints of persons.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "demande_empreinte")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub empreinte: Vec<u8>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub demande_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
