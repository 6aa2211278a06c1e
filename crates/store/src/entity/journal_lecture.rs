//! Journal rows of reads.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "journal_lecture")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = true)]
    pub numero: i64,
    pub id: Uuid,
    pub le: DateTime<Utc>,
    pub requete: String,
    pub acteur: String,
    pub compte_id: Option<Uuid>,
    pub action: String,
    pub objet: String,
    pub objet_id: Option<String>,
    pub caisse_id: Option<Uuid>,
    pub partenaire_id: Option<Uuid>,
    pub adresse: Option<String>,
    pub resultat: String,
    pub details: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
