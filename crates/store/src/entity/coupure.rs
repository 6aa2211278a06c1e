//! Cuts of structures.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "coupure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub convention_id: Uuid,
    pub partenaire_id: Uuid,
    pub caisse_id: Uuid,
    pub auteur_id: Uuid,
    pub scelle: Vec<u8>,
    pub le: DateTime<Utc>,
    pub recue_le: Option<NaiveDate>,
    pub levee_le: Option<DateTime<Utc>>,
    pub levee_par: Option<Uuid>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
