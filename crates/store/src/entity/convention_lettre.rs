//! Registered letters on a convention.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "convention_lettre")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub convention_id: Uuid,
    pub papier: String,
    pub nature: String,
    pub par: String,
    pub envoyee_le: NaiveDate,
    pub recue_le: Option<NaiveDate>,
    pub reparee_le: Option<NaiveDate>,
    pub scelle: Vec<u8>,
    pub saisie_par: Option<Uuid>,
    pub saisie_le: DateTime<Utc>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
