//! Lists of tracked forms, by key: the caisse's queue with what is overdue first, what is still to come, everything.

use super::{Demarche, of, within};
use crate::db::Tx;
use crate::entity::demarche::{Column, Entity, Model};
use crate::error::StoreError;
use chrono::NaiveDate;
use domain::droits::Portee;
use domain::habilitation::EtatDemarche;
use domain::ids::DemarcheId;
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

/// Which forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vue {
    /// Those the caisse has not decided, the first due first.
    ATraiter,
    /// Those accepted for a day to come, the next day first.
    AVenir,
    /// All of them, the last received first.
    Toutes,
}

/// Forms of a scope after the one named, at most so many.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn list(
    tx: &Tx,
    portee: &Portee,
    vue: Vue,
    apres: Option<DemarcheId>,
    nombre: u64,
) -> Result<Vec<Demarche>, StoreError> {
    let from = match apres {
        Some(id) => Entity::find_by_id(id.get()).filter(within(portee)).one(&tx.inner).await?,
        None => None,
    };
    let mut found = Vec::new();
    for m in list_query(portee, vue, from, nombre).all(&tx.inner).await? {
        found.push(of(tx, m).await?);
    }
    Ok(found)
}

pub(crate) fn list_query(portee: &Portee, vue: Vue, from: Option<Model>, nombre: u64) -> Select<Entity> {
    let query = Entity::find().filter(within(portee)).limit(nombre);
    match vue {
        Vue::ATraiter | Vue::AVenir => {
            let etat = if vue == Vue::ATraiter { EtatDemarche::Recue } else { EtatDemarche::Acceptee };
            let after = from.map(|m| {
                let later = Column::Rang.gt(m.rang);
                Condition::any().add(later).add(Column::Rang.eq(m.rang).and(Column::Id.gt(m.id)))
            });
            query
                .filter(Column::Etat.eq(etat.code()))
                .filter(after.unwrap_or_else(Condition::all))
                .order_by(Column::Rang, Order::Asc)
                .order_by(Column::Id, Order::Asc)
        }
        Vue::Toutes => {
            let after = from.map(|m| {
                let earlier = Column::RecueLe.lt(m.recue_le);
                Condition::any().add(earlier).add(Column::RecueLe.eq(m.recue_le).and(Column::Id.lt(m.id)))
            });
            query
                .filter(after.unwrap_or_else(Condition::all))
                .order_by(Column::RecueLe, Order::Desc)
                .order_by(Column::Id, Order::Desc)
        }
    }
}

/// Departures accepted for a day up to this one, the first day first, beyond the one named: the last of the slice before.
///
/// # Errors
/// The database's error.
pub async fn dues(
    tx: &Tx,
    jusqu_au: NaiveDate,
    apres: Option<(NaiveDate, DemarcheId)>,
    nombre: u64,
) -> Result<Vec<(NaiveDate, DemarcheId)>, StoreError> {
    let rows: Vec<(NaiveDate, Uuid)> = dues_query(jusqu_au, apres, nombre).into_tuple().all(&tx.inner).await?;
    Ok(rows.into_iter().map(|(jour, id)| (jour, DemarcheId::new(id))).collect())
}

pub(crate) fn dues_query(jusqu_au: NaiveDate, apres: Option<(NaiveDate, DemarcheId)>, nombre: u64) -> Select<Entity> {
    let after = apres.map(|(jour, id)| {
        let same = Column::SouhaiteLe.eq(jour).and(Column::Id.gt(id.get()));
        Condition::any().add(Column::SouhaiteLe.gt(jour)).add(same)
    });
    Entity::find()
        .select_only()
        .column(Column::SouhaiteLe)
        .column(Column::Id)
        .filter(Column::Etat.eq(EtatDemarche::Acceptee.code()))
        .filter(Column::SouhaiteLe.lte(jusqu_au))
        .filter(after.unwrap_or_else(Condition::all))
        .order_by(Column::SouhaiteLe, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .limit(nombre)
}
