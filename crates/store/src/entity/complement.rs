//! What was asked of partners, with the days of the loop.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "complement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub demande_id: Uuid,
    pub message_id: Uuid,
    pub motif: String,
    pub demande_le: DateTime<Utc>,
    pub reponse_avant: NaiveDate,
    pub fin_le: Option<DateTime<Utc>>,
    pub relances: i64,
    pub relance_le: Option<DateTime<Utc>>,
    pub avis_le: Option<DateTime<Utc>>,
    pub prochaine_le: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
