//! Lists of reviews, by key, and those whose reminder may be due.

use super::{Revue, of, within};
use crate::db::Tx;
use crate::entity::revue::{Column, Entity, Model};
use crate::error::StoreError;
use chrono::NaiveDate;
use domain::droits::Portee;
use domain::habilitation::EtatRevue;
use domain::ids::RevueId;
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select};

/// Whose comptes are reviewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sujet {
    /// Those of structures.
    Structures,
    /// Those of the desk.
    Bureau,
}

/// Which reviews.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vue {
    /// Those that wait for an answer, the first due first.
    Ouvertes,
    /// Those that were answered, the last opened first.
    Attestees,
}

/// Reviews of a scope after the one named, at most so many.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn list(
    tx: &Tx,
    (portee, sujet): (&Portee, Sujet),
    vue: Vue,
    apres: Option<RevueId>,
    nombre: u64,
) -> Result<Vec<Revue>, StoreError> {
    let from = match apres {
        Some(id) => Entity::find_by_id(id.get()).filter(within(portee)).one(&tx.inner).await?,
        None => None,
    };
    list_query((portee, sujet), vue, from, nombre).all(&tx.inner).await?.into_iter().map(of).collect()
}

pub(crate) fn list_query(
    (portee, sujet): (&Portee, Sujet),
    vue: Vue,
    from: Option<Model>,
    nombre: u64,
) -> Select<Entity> {
    let about = match sujet {
        Sujet::Structures => Column::ConventionId.is_not_null(),
        Sujet::Bureau => Column::ConventionId.is_null(),
    };
    let query = Entity::find().filter(within(portee)).filter(about).limit(nombre);
    match vue {
        Vue::Ouvertes => {
            let after = from.map(|m| {
                let later = Column::Echeance.gt(m.echeance);
                Condition::any().add(later).add(Column::Echeance.eq(m.echeance).and(Column::Id.gt(m.id)))
            });
            query
                .filter(Column::Etat.eq(EtatRevue::Ouverte.code()))
                .filter(after.unwrap_or_else(Condition::all))
                .order_by(Column::Echeance, Order::Asc)
                .order_by(Column::Id, Order::Asc)
        }
        Vue::Attestees => {
            let after = from.map(|m| {
                let earlier = Column::OuverteLe.lt(m.ouverte_le);
                Condition::any().add(earlier).add(Column::OuverteLe.eq(m.ouverte_le).and(Column::Id.lt(m.id)))
            });
            query
                .filter(Column::Etat.eq(EtatRevue::Attestee.code()))
                .filter(after.unwrap_or_else(Condition::all))
                .order_by(Column::OuverteLe, Order::Desc)
                .order_by(Column::Id, Order::Desc)
        }
    }
}

/// Open reviews whose due day comes up to that day, by due day, beyond the last one of the slice before.
///
/// # Errors
/// As for [`list`].
pub async fn a_rappeler(
    tx: &Tx,
    jusqu_au: NaiveDate,
    apres: Option<(NaiveDate, RevueId)>,
    nombre: u64,
) -> Result<Vec<Revue>, StoreError> {
    rappels_query(jusqu_au, apres, nombre).all(&tx.inner).await?.into_iter().map(of).collect()
}

pub(crate) fn rappels_query(jusqu_au: NaiveDate, apres: Option<(NaiveDate, RevueId)>, nombre: u64) -> Select<Entity> {
    let after = apres.map(|(jour, id)| {
        let same = Column::Echeance.eq(jour).and(Column::Id.gt(id.get()));
        Condition::any().add(Column::Echeance.gt(jour)).add(same)
    });
    Entity::find()
        .filter(Column::Etat.eq(EtatRevue::Ouverte.code()))
        .filter(Column::Echeance.lte(jusqu_au))
        .filter(after.unwrap_or_else(Condition::all))
        .order_by(Column::Echeance, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .limit(nombre)
}
