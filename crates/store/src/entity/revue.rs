//! Reviews of comptes.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "revue")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub caisse_id: Uuid,
    pub partenaire_id: Option<Uuid>,
    pub convention_id: Option<Uuid>,
    pub motif: String,
    pub etat: String,
    pub ouverte_le: DateTime<Utc>,
    pub ouverte_par: Option<Uuid>,
    pub echeance: NaiveDate,
    pub rappels: i64,
    pub attestee_le: Option<DateTime<Utc>>,
    pub attestee_par: Option<Uuid>,
    pub preuve_id: Option<Uuid>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
