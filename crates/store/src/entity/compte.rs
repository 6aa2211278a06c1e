//! Comptes.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "compte")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub identifiant: String,
    pub profil: String,
    pub partenaire_id: Option<Uuid>,
    pub caisse_id: Option<Uuid>,
    pub etat: String,
    pub scelle: Vec<u8>,
    pub courriel_index: Vec<u8>,
    pub mot_de_passe: Option<String>,
    pub mot_de_passe_le: Option<DateTime<Utc>>,
    pub totp: Option<Vec<u8>>,
    pub totp_pas: Option<i64>,
    pub version: i64,
    pub cree_le: DateTime<Utc>,
    pub inactif_le: Option<DateTime<Utc>>,
    pub raison_inactif: Option<String>,
    pub cote_inactif: Option<String>,
    pub supprimer_le: Option<DateTime<Utc>>,
    pub derniere_connexion_le: Option<DateTime<Utc>>,
    pub gestionnaire_id: Option<Uuid>,
    pub efface_le: Option<DateTime<Utc>>,
    pub place: Option<i64>,
    pub confirme_le: Option<DateTime<Utc>>,
    pub suppression_annoncee_le: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
