//! Months between two reviews, where the caisse set them.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "revue_rythme")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub objet_id: Uuid,
    pub mois: i64,
    pub fixe_par: Uuid,
    pub fixe_le: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
