//! Demandes.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "demande")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub reference: String,
    pub caisse_id: Uuid,
    pub service_id: Uuid,
    pub partenaire_id: Uuid,
    pub convention_id: Uuid,
    pub auteur_id: Uuid,
    pub sorte: String,
    pub sous_types: String,
    pub canal: String,
    pub urgent: bool,
    pub departement: String,
    pub civilite: String,
    pub scelle: Vec<u8>,
    pub etat: String,
    pub agent_id: Option<Uuid>,
    pub etat_depuis: DateTime<Utc>,
    pub issue: Option<String>,
    pub transmise_le: DateTime<Utc>,
    pub echeance: NaiveDate,
    pub delai_jours: i64,
    pub non_lus_partenaire: i64,
    pub non_lus_desk: i64,
    pub cle_idempotence: Uuid,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
