//! Deferred acts: rows written with the caller's transaction, claimed with a lease, finished in another (architecture, point 7).
//! Parameters are ids and codes: no personal data.

use crate::db::WriteTx;
use crate::entity::outbox;
use crate::error::StoreError;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

/// After so many tries an act is given up and shown to the operator.
const MOST_TRIES: i64 = 10;
/// How long a worker may hold an act before another takes it.
const LEASE_SECONDS: i64 = 120;

/// An act to perform.
#[derive(Clone, Debug)]
pub struct Acte {
    /// Its id: the same at every try, so that a receiver can tell a repetition.
    pub id: Uuid,
    /// Name of the act.
    pub nature: String,
    /// Parameters as JSON.
    pub parametres: String,
    /// Which try this is, from 1.
    pub essai: i64,
    /// When it was asked for: the same at every try.
    pub cree_le: DateTime<Utc>,
    /// Last instant of the lease: past it a colleague may hold the act.
    pub bail_jusqu_a: DateTime<Utc>,
}

/// Adds an act to the caller's transaction.
pub fn push(tx: &WriteTx, id: Uuid, nature: &'static str, parametres: &serde_json::Value, now: DateTime<Utc>) {
    let row = outbox::ActiveModel {
        id: Set(id),
        nature: Set(nature.to_owned()),
        parametres: Set(parametres.to_string()),
        cree_le: Set(now),
        pas_avant: Set(now),
        essais: Set(0),
        bail_jusqu_a: Set(None),
        fini_le: Set(None),
        abandonne_le: Set(None),
        erreur: Set(None),
    };
    tx.add_later(row);
}

fn waiting() -> Condition {
    Condition::all().add(outbox::Column::FiniLe.is_null()).add(outbox::Column::AbandonneLe.is_null())
}

/// Takes up to `count` due acts under a lease.
///
/// # Errors
/// The database's error.
pub async fn claim(tx: &WriteTx, count: u64, now: DateTime<Utc>) -> Result<Vec<Acte>, StoreError> {
    let free = Condition::any().add(outbox::Column::BailJusquA.is_null()).add(outbox::Column::BailJusquA.lt(now));
    let rows = outbox::Entity::find()
        .filter(waiting())
        .filter(outbox::Column::PasAvant.lte(now))
        .filter(free)
        .order_by(outbox::Column::PasAvant, Order::Asc)
        .order_by(outbox::Column::Id, Order::Asc)
        .limit(count)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(&tx.inner)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|r| r.id).collect();
    let bail_jusqu_a = now + TimeDelta::seconds(LEASE_SECONDS);
    outbox::Entity::update_many()
        .col_expr(outbox::Column::Essais, Expr::col(outbox::Column::Essais).add(1))
        .col_expr(outbox::Column::BailJusquA, Expr::value(bail_jusqu_a))
        .filter(outbox::Column::Id.is_in(ids))
        .exec(&tx.inner)
        .await?;
    let of = |r: outbox::Model| Acte {
        id: r.id,
        nature: r.nature,
        parametres: r.parametres,
        essai: r.essais + 1,
        cree_le: r.cree_le,
        bail_jusqu_a,
    };
    Ok(rows.into_iter().map(of).collect())
}

/// The act is done. Gives whether this try finished it: not when the lease was lost and a colleague has taken, or
/// ended, the act since.
///
/// # Errors
/// The database's error.
pub async fn finish(tx: &WriteTx, acte: &Acte, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let change = outbox::Entity::update_many()
        .col_expr(outbox::Column::FiniLe, Expr::value(Some(now)))
        .col_expr(outbox::Column::BailJusquA, Expr::value(None::<DateTime<Utc>>))
        .col_expr(outbox::Column::Erreur, Expr::value(None::<String>))
        .filter(outbox::Column::Id.eq(acte.id))
        .filter(outbox::Column::Essais.eq(acte.essai))
        .filter(waiting());
    Ok(change.exec(&tx.inner).await?.rows_affected == 1)
}

/// The try failed: it comes back later, or is given up after ten tries or at once when `permanent`.
/// Gives whether it was given up.
///
/// # Errors
/// The database's error.
pub async fn fail(
    tx: &WriteTx,
    acte: &Acte,
    cause: &str,
    permanent: bool,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let given_up = permanent || acte.essai >= MOST_TRIES;
    let wait = TimeDelta::seconds(30 << acte.essai.clamp(0, 9));
    let change = outbox::Entity::update_many()
        .col_expr(outbox::Column::BailJusquA, Expr::value(None::<DateTime<Utc>>))
        .col_expr(outbox::Column::PasAvant, Expr::value(now + wait))
        .col_expr(outbox::Column::AbandonneLe, Expr::value(given_up.then_some(now)))
        .col_expr(outbox::Column::Erreur, Expr::value(cause.chars().take(200).collect::<String>()))
        .filter(outbox::Column::Id.eq(acte.id))
        .filter(outbox::Column::Essais.eq(acte.essai))
        .filter(waiting());
    // Nothing changes when the lease was lost and a colleague has taken, or finished, the act since.
    Ok(change.exec(&tx.inner).await?.rows_affected == 1 && given_up)
}

/// Acts waiting, and acts given up.
///
/// # Errors
/// The database's error.
pub async fn backlog(tx: &crate::Tx) -> Result<(u64, u64), StoreError> {
    let waits = outbox::Entity::find().filter(waiting()).count(&tx.inner).await?;
    let given_up = outbox::Entity::find().filter(outbox::Column::AbandonneLe.is_not_null()).count(&tx.inner).await?;
    Ok((waits, given_up))
}

/// Removes acts finished before a time, at most 200 at once; gives how many.
///
/// # Errors
/// The database's error.
pub async fn forget_finished(tx: &WriteTx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let ids: Vec<Uuid> = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::Id)
        .filter(outbox::Column::FiniLe.lt(before))
        .limit(200)
        .into_tuple()
        .all(&tx.inner)
        .await?;
    let gone = outbox::Entity::delete_many().filter(outbox::Column::Id.is_in(ids)).exec(&tx.inner).await?;
    Ok(gone.rows_affected)
}
