//! One-time links of the first habilitation.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "lien_habilitation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub empreinte: Vec<u8>,
    pub convention_id: Uuid,
    pub caisse_id: Uuid,
    pub partenaire_id: Uuid,
    pub envoye_par: Uuid,
    pub cree_le: DateTime<Utc>,
    pub expire_le: DateTime<Utc>,
    pub utilise_le: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
