//! The conventions that reviews stand under, many at once.

use crate::convention::{Enregistree, stored};
use crate::db::Tx;
use crate::entity::{convention, revue_rythme};
use crate::error::StoreError;
use domain::ids::ConventionId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;
use uuid::Uuid;

/// Some conventions: one query. The caller has read their reviews in scope.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn dossiers(tx: &Tx, ids: &[ConventionId]) -> Result<HashMap<ConventionId, Enregistree>, StoreError> {
    let rows = convention::Entity::find().filter(convention::Column::Id.is_in(ids.iter().map(|i| i.get())));
    let rows = rows.all(&tx.inner).await?.into_iter().map(stored);
    rows.map(|c| c.map(|c| (c.id, c))).collect()
}

/// Months between two reviews where they were set, by convention or caisse: one query.
///
/// # Errors
/// As for [`dossiers`].
pub async fn rythmes(tx: &Tx, objets: &[Uuid]) -> Result<HashMap<Uuid, u32>, StoreError> {
    let rows = revue_rythme::Entity::find().filter(revue_rythme::Column::ObjetId.is_in(objets.iter().copied()));
    let of = |m: revue_rythme::Model| {
        let corrupt = StoreError::Corrupt { table: "revue_rythme", column: "mois", row: m.objet_id };
        Ok((m.objet_id, u32::try_from(m.mois).map_err(|_| corrupt)?))
    };
    rows.all(&tx.inner).await?.into_iter().map(of).collect()
}
