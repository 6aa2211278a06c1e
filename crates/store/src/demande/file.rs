//! The desk's queue: tabs with their counters; and what waits for the partner, or is to leave the lists.

use super::listes::{Curseur, Ligne, read, select};
use super::portee::within;
use crate::db::{Tx, WriteTx};
use crate::entity::demande::{Column, Entity};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::demande::Etat;
use domain::droits::Portee;
use domain::ids::CompteId;
use sea_orm::sea_query::{Expr, LockBehavior, LockType, Query, SelectStatement, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, Order, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
};

/// A tab of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Onglet {
    /// Filed, nobody has it.
    APrendre,
    /// In this agent's hands, and his turn.
    Miennes(CompteId),
    /// Something is asked of the partner.
    EnAttente,
    /// Closed or withdrawn.
    Traitees,
}

fn tab(onglet: Onglet) -> Condition {
    match onglet {
        Onglet::APrendre => Condition::all().add(Column::Etat.eq(Etat::Transmise.code())),
        Onglet::Miennes(agent) => Condition::all()
            .add(Column::AgentId.eq(agent.get()))
            .add(Column::Etat.is_in([Etat::PriseEnCharge, Etat::AttenteInterne].map(Etat::code))),
        Onglet::EnAttente => Condition::all().add(Column::Etat.eq(Etat::AttentePartenaire.code())),
        Onglet::Traitees => Condition::all().add(Column::Etat.is_in(TERMINEES.map(Etat::code))),
    }
}

/// A page of the desk's queue: urgent first, then oldest (DE-4, CA-1); what is treated, the last ended first.
///
/// # Errors
/// The database's error.
pub async fn file(
    tx: &Tx,
    portee: &Portee,
    onglet: Onglet,
    apres: Option<Curseur>,
    nombre: u64,
) -> Result<Vec<Ligne>, StoreError> {
    if onglet != Onglet::Traitees {
        return read(tx, file_query(portee, onglet, apres, nombre)).await;
    }
    // One state at a time follows the index; both together would sort everything ever closed.
    let mut found = Vec::new();
    for etat in TERMINEES {
        found.extend(read(tx, terminees_query(portee, etat, apres, nombre)).await?);
    }
    found.sort_by_key(|l| std::cmp::Reverse((l.etat_depuis, l.id.get())));
    found.truncate(usize::try_from(nombre).unwrap_or(usize::MAX));
    Ok(found)
}

/// States of what is treated.
const TERMINEES: [Etat; 2] = [Etat::Cloturee, Etat::Annulee];

pub(super) fn terminees_query(portee: &Portee, etat: Etat, apres: Option<Curseur>, nombre: u64) -> Select<Entity> {
    let mut query = select().filter(within(portee)).filter(Column::Etat.eq(etat.code()));
    if let Some(c) = apres {
        let exactly = Condition::any()
            .add(Column::EtatDepuis.lt(c.transmise_le))
            .add(Condition::all().add(Column::EtatDepuis.eq(c.transmise_le)).add(Column::Id.lt(c.id.get())));
        query = query.filter(Column::EtatDepuis.lte(c.transmise_le)).filter(exactly);
    }
    query.order_by(Column::EtatDepuis, Order::Desc).order_by(Column::Id, Order::Desc).limit(nombre)
}

pub(super) fn file_query(portee: &Portee, onglet: Onglet, apres: Option<Curseur>, nombre: u64) -> Select<Entity> {
    let mut query = select().filter(within(portee)).filter(tab(onglet));
    if let Some(c) = apres {
        let same = Condition::all().add(Column::Urgent.eq(c.urgent));
        let later = Condition::any()
            .add(Column::TransmiseLe.gt(c.transmise_le))
            .add(Condition::all().add(Column::TransmiseLe.eq(c.transmise_le)).add(Column::Id.gt(c.id.get())));
        query = query.filter(Condition::any().add(Column::Urgent.lt(c.urgent)).add(same.add(later)));
    }
    query
        .order_by(Column::Urgent, Order::Desc)
        .order_by(Column::TransmiseLe, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .limit(nombre)
}

/// A counter goes no further: to count every row of a long queue would cost more than to show a page of it.
pub const NOMBRE_MAX: u32 = 500;

/// The counters of an agent's tabs, each at most one more than [`NOMBRE_MAX`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Nombres {
    /// Rows waiting to be taken.
    pub a_prendre: i64,
    /// Rows in this agent's hands.
    pub miennes: i64,
    /// Rows that wait for their partner.
    pub en_attente: i64,
    /// Rows in this agent's hands with an answer to read.
    pub a_lire: i64,
}

/// The counters of the desk, in one statement.
///
/// # Errors
/// The database's error.
pub async fn nombres(tx: &Tx, portee: &Portee, agent: CompteId) -> Result<Nombres, StoreError> {
    Ok(Nombres::find_by_statement(tx.backend.build(&nombres_query(portee, agent)))
        .one(&tx.inner)
        .await?
        .unwrap_or_default())
}

pub(super) fn nombres_query(portee: &Portee, agent: CompteId) -> SelectStatement {
    let rows = |onglet| Entity::find().filter(within(portee)).filter(tab(onglet));
    Query::select()
        .expr_as(bounded(rows(Onglet::APrendre)), "a_prendre")
        .expr_as(bounded(rows(Onglet::Miennes(agent))), "miennes")
        .expr_as(bounded(rows(Onglet::EnAttente)), "en_attente")
        .expr_as(bounded(unread_query(portee, Some(agent))), "a_lire")
        .take()
}

/// Counts rows up to the bound.
fn bounded(rows: Select<Entity>) -> SimpleExpr {
    let one = rows.select_only().expr_as(Expr::val(1), "un").limit(u64::from(NOMBRE_MAX) + 1).into_query();
    let count = Query::select().expr(Expr::cust("COUNT(*)")).from_subquery(one, "lignes").take();
    SimpleExpr::SubQuery(None, Box::new(count.into()))
}

/// Demandes of the structure that wait for it, the longest first: at most so many (DE-8).
///
/// # Errors
/// The database's error.
pub async fn structure_en_attente(tx: &Tx, portee: &Portee, nombre: u64) -> Result<Vec<Ligne>, StoreError> {
    read(tx, en_attente_query(portee, nombre)).await
}

pub(super) fn en_attente_query(portee: &Portee, nombre: u64) -> Select<Entity> {
    select()
        .filter(within(portee))
        .filter(Column::Etat.eq(Etat::AttentePartenaire.code()))
        .order_by(Column::EtatDepuis, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .limit(nombre)
}

/// References of what ended before an instant and is still in the partner's lists, at most so many. On PostgreSQL the
/// rows are locked, and what somebody holds is left for the next time.
///
/// # Errors
/// The database's error.
pub async fn a_archiver(tx: &WriteTx, avant: DateTime<Utc>, nombre: u64) -> Result<Vec<String>, StoreError> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Reference)
        .filter(Column::Etat.is_in(TERMINEES.map(Etat::code)))
        .filter(Column::EtatDepuis.lte(avant))
        .order_by(Column::EtatDepuis, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .limit(nombre)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_tuple()
        .all(&tx.inner)
        .await?)
}

/// How many of the structure's demandes have an answer to read, at most one more than [`NOMBRE_MAX`].
///
/// # Errors
/// The database's error.
pub async fn compter_a_lire(tx: &Tx, portee: &Portee) -> Result<i64, StoreError> {
    let query = Query::select().expr_as(bounded(unread_query(portee, None)), "nombre").take();
    let row = tx.inner.query_one(&query).await?;
    Ok(row.map(|r| r.try_get("", "nombre")).transpose()?.unwrap_or_default())
}

pub(super) fn unread_query(portee: &Portee, agent: Option<CompteId>) -> Select<Entity> {
    let query = Entity::find().filter(within(portee));
    match agent {
        // As literals: an index of these rows alone is only chosen when the query says so in its text.
        None => query.filter(Expr::col(Column::NonLusPartenaire).gt(Expr::cust("0"))),
        Some(agent) => {
            query.filter(tab(Onglet::Miennes(agent))).filter(Expr::col(Column::NonLusDesk).gt(Expr::cust("0")))
        }
    }
}
