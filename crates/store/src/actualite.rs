//! News of a caisse to its partenaires (PA-5): no personal data in them.

use crate::db::{Tx, WriteTx};
use crate::entity::actualite::{ActiveModel, Column, Entity, Model};
use crate::entity::actualite_lue;
use crate::error::StoreError;
use chrono::{DateTime, NaiveDate, Utc};
use domain::droits::{Permis, Portee, Publier};
use domain::ids::{ActualiteId, CaisseId, CompteId};
use sea_orm::sea_query::{Expr, OnConflict, Query};
use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select, Set};

/// A piece of news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actualite {
    /// Id.
    pub id: ActualiteId,
    /// Of which caisse.
    pub caisse: CaisseId,
    /// Who wrote it.
    pub auteur: CompteId,
    /// Title.
    pub titre: String,
    /// Text.
    pub texte: String,
    /// When.
    pub le: DateTime<Utc>,
    /// Last day on which it is shown; for ever otherwise.
    pub jusqu_au: Option<NaiveDate>,
    /// When it was taken back.
    pub retiree_le: Option<DateTime<Utc>>,
}

fn of(m: Model) -> Actualite {
    Actualite {
        id: ActualiteId::new(m.id),
        caisse: CaisseId::new(m.caisse_id),
        auteur: CompteId::new(m.auteur_id),
        titre: m.titre,
        texte: m.texte,
        le: m.le,
        jusqu_au: m.jusqu_au,
        retiree_le: m.retiree_le,
    }
}

/// Adds a piece of news.
///
/// # Errors
/// The database's error.
pub async fn insert(tx: &WriteTx, _: &Permis<Publier>, a: &Actualite) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(a.id.get()),
        caisse_id: Set(a.caisse.get()),
        auteur_id: Set(a.auteur.get()),
        titre: Set(a.titre.clone()),
        texte: Set(a.texte.clone()),
        le: Set(a.le),
        jusqu_au: Set(a.jusqu_au),
        retiree_le: Set(None),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}

/// Where a page of older news begins: before this instant and id.
pub type Avant = (DateTime<Utc>, ActualiteId);

/// The news of some caisses, the newest first; taken back ones only for the caisse itself.
///
/// # Errors
/// The database's error.
pub async fn list(
    tx: &Tx,
    caisses: &[CaisseId],
    retirees: bool,
    avant: Option<&Avant>,
    count: u64,
) -> Result<Vec<Actualite>, StoreError> {
    let rows = list_query(caisses, retirees, avant, count).all(&tx.inner).await?;
    Ok(rows.into_iter().map(of).collect())
}

pub(crate) fn list_query(caisses: &[CaisseId], retirees: bool, avant: Option<&Avant>, count: u64) -> Select<Entity> {
    let mut query = Entity::find()
        .filter(Column::CaisseId.is_in(caisses.iter().map(|c| c.get())))
        .order_by(Column::Le, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(count);
    if !retirees {
        query = query.filter(Column::RetireeLe.is_null());
    }
    if let Some((le, id)) = avant {
        let same = Condition::all().add(Column::Le.eq(*le)).add(Column::Id.lt(id.get()));
        query = query.filter(Condition::any().add(Column::Le.lt(*le)).add(same));
    }
    query
}

/// The news of some caisses that a compte has not read and that still hold on `aujourdhui`, the newest first.
///
/// # Errors
/// The database's error.
pub async fn unread(
    tx: &Tx,
    compte: CompteId,
    caisses: &[CaisseId],
    aujourdhui: NaiveDate,
) -> Result<Vec<Actualite>, StoreError> {
    let lues = Query::select()
        .column(actualite_lue::Column::ActualiteId)
        .from(actualite_lue::Entity)
        .and_where(actualite_lue::Column::CompteId.eq(compte.get()))
        .to_owned();
    let rows = Entity::find()
        .filter(Column::CaisseId.is_in(caisses.iter().map(|c| c.get())))
        .filter(Column::RetireeLe.is_null())
        .filter(Condition::any().add(Column::JusquAu.is_null()).add(Column::JusquAu.gte(aujourdhui)))
        .filter(Column::Id.not_in_subquery(lues))
        .order_by(Column::Le, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(20);
    Ok(rows.all(&tx.inner).await?.into_iter().map(of).collect())
}

/// Notes that a compte has read a piece of news of one of these caisses; gives whether there is one.
///
/// # Errors
/// The database's error.
pub async fn mark_read(
    tx: &WriteTx,
    compte: CompteId,
    (caisses, id): (&[CaisseId], ActualiteId),
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let there = Entity::find_by_id(id.get()).filter(Column::CaisseId.is_in(caisses.iter().map(|c| c.get())));
    if there.one(&tx.inner).await?.is_none() {
        return Ok(false);
    }
    let row =
        actualite_lue::ActiveModel { compte_id: Set(compte.get()), actualite_id: Set(id.get()), lue_le: Set(now) };
    let first = OnConflict::columns([actualite_lue::Column::CompteId, actualite_lue::Column::ActualiteId])
        .do_nothing()
        .to_owned();
    actualite_lue::Entity::insert(row).on_conflict(first).exec_without_returning(&tx.inner).await?;
    Ok(true)
}

/// Takes a piece of news of the proof's caisse back; gives whether it was there.
///
/// # Errors
/// The database's error.
pub async fn withdraw(
    tx: &WriteTx,
    permis: &Permis<Publier>,
    id: ActualiteId,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let Portee::Caisse(caisse) = permis.portee() else { return Ok(false) };
    let change = Entity::update_many()
        .col_expr(Column::RetireeLe, Expr::value(Some(now)))
        .filter(Column::Id.eq(id.get()))
        .filter(Column::CaisseId.eq(caisse.get()))
        .filter(Column::RetireeLe.is_null());
    Ok(change.exec(&tx.inner).await?.rows_affected == 1)
}
