//! Tracked forms.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "demarche")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub nature: String,
    pub voie: String,
    pub etat: String,
    pub partenaire_id: Uuid,
    pub caisse_id: Uuid,
    pub convention_id: Uuid,
    pub compte_id: Option<Uuid>,
    pub auteur_id: Option<Uuid>,
    pub recue_le: DateTime<Utc>,
    pub rang: NaiveDate,
    pub souhaite_le: Option<NaiveDate>,
    pub scelle: Vec<u8>,
    pub decidee_le: Option<DateTime<Utc>>,
    pub decidee_par: Option<Uuid>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
