//! Cuts of structures by caisses (PA-3): reason and notice sealed, one at a time for a convention.

use crate::db::{Tx, WriteTx};
use crate::entity::coupure::{ActiveModel, Column, Entity, Model};
use crate::entity::{compte, session};
use crate::error::StoreError;
use crate::keys::{open, seal};
use chrono::{DateTime, NaiveDate, Utc};
use domain::droits::{Couper, Permis};
use domain::ids::{CaisseId, CompteId, ConventionId, CoupureId, PartenaireId};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect, Set};
use serde::{Deserialize, Serialize};
use vault::Scope;

/// Name of the table, to which sealed values are bound.
const TABLE: &str = "coupure";

/// Why, by whose decision, and how the structure was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What was done against the convention or the conditions of use.
    pub motif: String,
    /// Who decided, by quality.
    pub par: String,
    /// Day of the decision.
    pub le: NaiveDate,
    /// Means of the notice, in words.
    pub moyen: String,
    /// Number of the letter, or what else proves it.
    pub numero: String,
    /// Day of sending.
    pub envoyee_le: NaiveDate,
}

/// A cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coupure {
    /// Id.
    pub id: CoupureId,
    /// The convention whose access is cut.
    pub convention: ConventionId,
    /// Whose comptes stand still.
    pub partenaire: PartenaireId,
    /// Who cut.
    pub caisse: CaisseId,
    /// Through which compte.
    pub auteur: CompteId,
    /// Reason and notice.
    pub decision: Decision,
    /// When.
    pub le: DateTime<Utc>,
    /// Day on which the notice was received, once it is known.
    pub recue_le: Option<NaiveDate>,
    /// When it was taken back.
    pub levee_le: Option<DateTime<Utc>>,
    /// Grows with every change.
    pub version: i64,
}

/// Adds a cut.
///
/// # Errors
/// [`StoreError::Taken`] when the convention is cut already.
pub async fn insert(tx: &WriteTx, _: &Permis<Couper>, c: &Coupure) -> Result<(), StoreError> {
    tx.ensure_key(Scope::Comptes, c.le).await?;
    let key = tx.key(Scope::Comptes).await?;
    let row = ActiveModel {
        id: Set(c.id.get()),
        convention_id: Set(c.convention.get()),
        partenaire_id: Set(c.partenaire.get()),
        caisse_id: Set(c.caisse.get()),
        auteur_id: Set(c.auteur.get()),
        scelle: Set(seal(&key, TABLE, c.id.get(), &c.decision)?),
        le: Set(c.le),
        recue_le: Set(c.recue_le),
        levee_le: Set(None),
        levee_par: Set(None),
        version: Set(1),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}

/// The cuts of a structure, the last first.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn of_partenaire(tx: &Tx, partenaire: PartenaireId) -> Result<Vec<Coupure>, StoreError> {
    let rows = Entity::find()
        .filter(Column::PartenaireId.eq(partenaire.get()))
        .order_by(Column::Le, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(50);
    let mut found = Vec::new();
    for m in rows.all(&tx.inner).await? {
        found.push(of(tx, m).await?);
    }
    Ok(found)
}

/// The cut of a convention that still holds.
///
/// # Errors
/// As for [`of_partenaire`].
pub async fn current(tx: &Tx, convention: ConventionId) -> Result<Option<Coupure>, StoreError> {
    let found = Entity::find().filter(Column::ConventionId.eq(convention.get())).filter(Column::LeveeLe.is_null());
    match found.one(&tx.inner).await? {
        Some(m) => Ok(Some(of(tx, m).await?)),
        None => Ok(None),
    }
}

async fn of(tx: &Tx, m: Model) -> Result<Coupure, StoreError> {
    let key = tx.key(Scope::Comptes).await?;
    Ok(Coupure {
        id: CoupureId::new(m.id),
        convention: ConventionId::new(m.convention_id),
        partenaire: PartenaireId::new(m.partenaire_id),
        caisse: CaisseId::new(m.caisse_id),
        auteur: CompteId::new(m.auteur_id),
        decision: open(&key, TABLE, m.id, &m.scelle)?,
        le: m.le,
        recue_le: m.recue_le,
        levee_le: m.levee_le,
        version: m.version,
    })
}

/// Notes that the notice was received, or that the cut was taken back, over the version read.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody changed it in between.
pub async fn update(tx: &WriteTx, permis: &Permis<Couper>, c: &Coupure) -> Result<(), StoreError> {
    let par = c.levee_le.and(permis.auteur()).map(CompteId::get);
    let change = Entity::update_many()
        .col_expr(Column::RecueLe, Expr::value(c.recue_le))
        .col_expr(Column::LeveeLe, Expr::value(c.levee_le))
        .col_expr(Column::LeveePar, Expr::value(par))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(c.id.get()))
        .filter(Column::Version.eq(c.version));
    match change.exec(&tx.inner).await?.rows_affected {
        1 => Ok(()),
        _ => Err(StoreError::Conflict),
    }
}

/// Ends every session of every compte of a structure; gives how many.
///
/// # Errors
/// The database's error.
pub async fn close_sessions(tx: &WriteTx, _: &Permis<Couper>, partenaire: PartenaireId) -> Result<u64, StoreError> {
    let comptes = Query::select()
        .column(compte::Column::Id)
        .from(compte::Entity)
        .and_where(compte::Column::PartenaireId.eq(partenaire.get()))
        .to_owned();
    let gone = session::Entity::delete_many().filter(session::Column::CompteId.in_subquery(comptes));
    Ok(gone.exec(&tx.inner).await?.rows_affected)
}
