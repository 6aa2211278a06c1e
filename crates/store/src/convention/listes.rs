//! The conventions of a caisse, and those that the reconciler has to look at.

use super::{Accord, Cle, kept_or_read};
use crate::db::{Tx, WriteTx};
use crate::entity::{convention, partenaire};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::droits::{Conduire, Permis};
use domain::ids::{CaisseId, ConventionId, PartenaireId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, Order, QueryFilter, QueryOrder, QuerySelect, RelationDef, Select,
};
use std::sync::Arc;
use uuid::Uuid;

/// A convention as the calendar of its caisse needs it.
#[derive(Clone, Debug)]
pub struct DeLaCaisse {
    /// Id.
    pub id: ConventionId,
    /// Key.
    pub cle: String,
    /// Partner side.
    pub partenaire: PartenaireId,
    /// Its short name.
    pub nom: String,
    /// The agreement with what was decided on it.
    pub accord: Arc<Accord>,
}

/// The conventions of a caisse, in the order of their keys.
///
/// # Errors
/// The database's error.
pub async fn of_caisse(tx: &Tx, caisse: CaisseId) -> Result<Vec<DeLaCaisse>, StoreError> {
    let rows: Vec<(Uuid, String, i64, DateTime<Utc>, Uuid, String)> =
        of_caisse_query(caisse).into_tuple().all(&tx.inner).await?;
    let cles: Vec<Cle> = rows.iter().map(|r| (r.0, r.2, r.3)).collect();
    let mut accords = kept_or_read(tx, &cles).await?;
    rows.into_iter()
        .map(|(id, cle, _, _, partenaire, nom)| {
            let corrupt = StoreError::Corrupt { table: "convention", column: "document", row: id };
            let accord = accords.remove(&id).ok_or(corrupt)?;
            Ok(DeLaCaisse { id: ConventionId::new(id), cle, partenaire: PartenaireId::new(partenaire), nom, accord })
        })
        .collect()
}

pub(crate) fn of_caisse_query(caisse: CaisseId) -> Select<convention::Entity> {
    let to_partenaire: RelationDef = convention::Entity::belongs_to(partenaire::Entity)
        .from(convention::Column::PartenaireId)
        .to(partenaire::Column::Id)
        .into();
    convention::Entity::find()
        .select_only()
        .column(convention::Column::Id)
        .column(convention::Column::Cle)
        .column(convention::Column::Version)
        .column(convention::Column::ModifieeLe)
        .column(convention::Column::PartenaireId)
        .column(partenaire::Column::NomCourt)
        .join(JoinType::InnerJoin, to_partenaire)
        .filter(convention::Column::CaisseId.eq(caisse.get()))
        .order_by(convention::Column::Cle, Order::Asc)
}

/// A convention to look at: only what finds it, so that one unreadable agreement holds up no other.
#[derive(Clone, Debug)]
pub struct ASuivre {
    /// Id.
    pub id: ConventionId,
    /// Key.
    pub cle: String,
    /// Partner side.
    pub partenaire: PartenaireId,
}

/// Conventions to look at by an instant, after the one given, at most so many: those that changed, and those of which a
/// day has come.
///
/// # Errors
/// The database's error.
pub async fn a_suivre(
    tx: &Tx,
    now: DateTime<Utc>,
    (apres, nombre): (Option<ConventionId>, u64),
) -> Result<Vec<ASuivre>, StoreError> {
    let rows: Vec<(Uuid, String, Uuid)> = a_suivre_query(now, (apres, nombre)).into_tuple().all(&tx.inner).await?;
    let of =
        |(id, cle, partenaire)| ASuivre { id: ConventionId::new(id), cle, partenaire: PartenaireId::new(partenaire) };
    Ok(rows.into_iter().map(of).collect())
}

pub(crate) fn a_suivre_query(
    now: DateTime<Utc>,
    (apres, nombre): (Option<ConventionId>, u64),
) -> Select<convention::Entity> {
    let due = Condition::any().add(convention::Column::ASuivreLe.is_null()).add(convention::Column::ASuivreLe.lte(now));
    let query = convention::Entity::find()
        .select_only()
        .columns([convention::Column::Id, convention::Column::Cle, convention::Column::PartenaireId])
        .filter(due)
        .order_by(convention::Column::Id, Order::Asc)
        .limit(nombre);
    match apres {
        Some(apres) => query.filter(convention::Column::Id.gt(apres.get())),
        None => query,
    }
}

/// Sets when a convention is looked at again, unless it has changed since it was read. The version stays: nothing is
/// decided by it.
///
/// # Errors
/// The database's error.
pub async fn suivre(
    tx: &WriteTx,
    _: &Permis<Conduire>,
    (id, version): (ConventionId, i64),
    le: DateTime<Utc>,
) -> Result<(), StoreError> {
    convention::Entity::update_many()
        .col_expr(convention::Column::ASuivreLe, Expr::value(Some(le)))
        .filter(convention::Column::Id.eq(id.get()))
        .filter(convention::Column::Version.eq(version))
        .exec(&tx.inner)
        .await?;
    Ok(())
}
