//! The persons of somebody's own latest demandes, to be taken again without typing.

use super::nouvelle::Contenu;
use super::portee::within;
use crate::db::Tx;
use crate::entity::demande::{Column, Entity};
use crate::error::StoreError;
use crate::keys::open;
use domain::assure::Civilite;
use domain::droits::Portee;
use domain::ids::{CaisseId, CompteId};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, Order, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

/// Who a demande of the past is about.
#[derive(Clone, Debug)]
pub struct Recent {
    /// Public number of that demande.
    pub reference: String,
    /// Civilité.
    pub civilite: Civilite,
    /// Nom.
    pub nom: String,
    /// Prénom; empty when the person has one name.
    pub prenom: String,
    /// Birth date as stored by the domain.
    pub naissance: String,
    /// Département of residence.
    pub departement: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    reference: String,
    caisse_id: Uuid,
    civilite: String,
    departement: String,
    scelle: Vec<u8>,
}

/// The last demandes that this compte filed in the scope, the latest first; one person may come several times.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn recents(tx: &Tx, portee: &Portee, auteur: CompteId, nombre: u64) -> Result<Vec<Recent>, StoreError> {
    let mut found = Vec::new();
    for r in recents_query(portee, auteur, nombre).into_model::<Row>().all(&tx.inner).await? {
        let key = tx.caisse_key(CaisseId::new(r.caisse_id)).await?;
        let Contenu { nom, prenom, naissance, .. } = open(&key, "demande", r.id, &r.scelle)?;
        let corrupt = StoreError::Corrupt { table: "demande", column: "civilite", row: r.id };
        let civilite = Civilite::parse(&r.civilite).ok_or(corrupt)?;
        found.push(Recent { reference: r.reference, civilite, nom, prenom, naissance, departement: r.departement });
    }
    Ok(found)
}

pub(super) fn recents_query(portee: &Portee, auteur: CompteId, nombre: u64) -> Select<Entity> {
    Entity::find()
        .select_only()
        .columns([Column::Id, Column::Reference, Column::CaisseId, Column::Civilite, Column::Departement])
        .column(Column::Scelle)
        .filter(within(portee))
        .filter(Column::AuteurId.eq(auteur.get()))
        .order_by(Column::TransmiseLe, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(nombre)
}
