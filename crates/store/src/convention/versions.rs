//! Versions of a convention: the first one and its avenants, those of the past readable, those of the future waiting (CO-4).

use super::Enregistree;
use crate::db::{Tx, WriteTx};
use crate::entity::convention_version::{ActiveModel, Column, Entity, Model};
use crate::error::StoreError;
use chrono::{DateTime, NaiveDate, Utc};
use domain::convention::{Dossier, Role};
use domain::droits::{Conduire, Permis};
use domain::ids::{CompteId, ConventionId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Set};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Date of one party's signature under an avenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Whose.
    pub partie: Role,
    /// When.
    pub le: NaiveDate,
}

/// A version.
#[derive(Clone, Debug)]
pub struct Version {
    /// Id.
    pub id: Uuid,
    /// From 1; the number of the avenant is one less.
    pub numero: i64,
    /// What changes, in words.
    pub objet: String,
    /// First day.
    pub effet_le: NaiveDate,
    /// Who signed when.
    pub signatures: Vec<Signature>,
    /// What changes, as the caller wrote it.
    pub changements: Option<String>,
    /// The whole agreement; none while the version waits for its day.
    pub dossier: Option<Dossier>,
    /// Who recorded it.
    pub auteur: Option<CompteId>,
    /// When.
    pub enregistree_le: DateTime<Utc>,
    /// When it took effect.
    pub appliquee_le: Option<DateTime<Utc>>,
}

fn of(m: Model) -> Result<Version, StoreError> {
    let corrupt = |column| StoreError::Corrupt { table: "convention_version", column, row: m.id };
    let dossier = m.document.as_deref().map(serde_json::from_str).transpose().map_err(|_| corrupt("document"))?;
    Ok(Version {
        id: m.id,
        numero: m.numero,
        effet_le: m.effet_le,
        signatures: serde_json::from_str(&m.signatures).map_err(|_| corrupt("signatures"))?,
        dossier,
        objet: m.objet,
        changements: m.changements,
        auteur: m.auteur_id.map(CompteId::new),
        enregistree_le: m.enregistree_le,
        appliquee_le: m.appliquee_le,
    })
}

/// The versions of a convention that was loaded in scope, oldest first; none before its first avenant.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn versions(tx: &Tx, e: &Enregistree) -> Result<Vec<Version>, StoreError> {
    let rows = Entity::find().filter(Column::ConventionId.eq(e.id.get())).order_by(Column::Numero, Order::Asc);
    rows.all(&tx.inner).await?.into_iter().map(of).collect()
}

/// The versions of some conventions that wait for their day, or were left on it: convention, number, day.
///
/// # Errors
/// The database's error.
pub async fn attendent(
    tx: &Tx,
    conventions: &[ConventionId],
) -> Result<Vec<(ConventionId, i64, NaiveDate)>, StoreError> {
    if conventions.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Uuid, i64, NaiveDate)> = Entity::find()
        .select_only()
        .columns([Column::ConventionId, Column::Numero, Column::EffetLe])
        .filter(Column::ConventionId.is_in(conventions.iter().map(|c| c.get())))
        .filter(Column::AppliqueeLe.is_null())
        .order_by(Column::EffetLe, Order::Asc)
        .into_tuple()
        .all(&tx.inner)
        .await?;
    Ok(rows.into_iter().map(|(id, numero, le)| (ConventionId::new(id), numero, le)).collect())
}

/// Adds a version.
///
/// # Errors
/// [`StoreError::Taken`] when the number is used, or the database's error.
pub async fn ajouter_version(
    tx: &WriteTx,
    permis: &Permis<Conduire>,
    e: &Enregistree,
    v: &Version,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(v.id),
        convention_id: Set(e.id.get()),
        numero: Set(v.numero),
        objet: Set(v.objet.clone()),
        effet_le: Set(v.effet_le),
        signatures: Set(serde_json::to_string(&v.signatures)?),
        changements: Set(v.changements.clone()),
        document: Set(v.dossier.as_ref().map(serde_json::to_string).transpose()?),
        auteur_id: Set(permis.auteur().map(CompteId::get)),
        enregistree_le: Set(v.enregistree_le),
        appliquee_le: Set(v.appliquee_le),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}

/// A version takes effect: the whole agreement is kept with it. Gives whether it was still waiting.
///
/// # Errors
/// The database's error.
pub async fn appliquer(
    tx: &WriteTx,
    _: &Permis<Conduire>,
    id: Uuid,
    dossier: &Dossier,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let change = Entity::update_many()
        .col_expr(Column::Document, Expr::value(Some(serde_json::to_string(dossier)?)))
        .col_expr(Column::AppliqueeLe, Expr::value(Some(now)))
        .filter(Column::Id.eq(id))
        .filter(Column::AppliqueeLe.is_null());
    Ok(change.exec(&tx.inner).await?.rows_affected == 1)
}
