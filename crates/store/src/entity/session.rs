//! Sessions.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub empreinte: Vec<u8>,
    pub compte_id: Uuid,
    pub etape: String,
    pub cree_le: DateTime<Utc>,
    pub vue_le: DateTime<Utc>,
    pub expire_le: DateTime<Utc>,
    pub renforcee_le: Option<DateTime<Utc>>,
    pub retour: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
