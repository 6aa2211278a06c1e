//! What a list of past demandes is asked for: filters (DE-11), and from where on.

use super::listes::Curseur;
use crate::entity::demande::{Column, Entity};
use chrono::{DateTime, Utc};
use domain::demande::{Etat, Sorte};
use domain::ids::{CaisseId, CompteId};
use sea_orm::{ColumnTrait, Condition, Order, QueryFilter, QueryOrder, QuerySelect, Select};

/// Filters; each left out lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Criteres {
    /// In this state.
    pub etat: Option<Etat>,
    /// Of this kind.
    pub sorte: Option<Sorte>,
    /// Filed at this instant or later.
    pub depuis: Option<DateTime<Utc>>,
    /// Filed before this instant.
    pub avant: Option<DateTime<Utc>>,
    /// Filed by this compte.
    pub auteur: Option<CompteId>,
    /// In charge of this caisse.
    pub caisse: Option<CaisseId>,
}

/// From where a page goes, in a list that has the last filed first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depart {
    /// The last filed.
    #[default]
    Debut,
    /// The page after this row.
    Apres(Curseur),
    /// The page that ends before this row.
    Avant(Curseur),
}

/// A page to read.
#[derive(Clone, Copy, Debug)]
pub struct Tranche {
    /// From where.
    pub depart: Depart,
    /// Rows at most.
    pub nombre: u64,
}

impl Depart {
    /// Whether rows are read against the order of the list.
    pub(super) const fn backwards(self) -> bool {
        matches!(self, Self::Avant(_))
    }

    /// The same direction, from another row on.
    pub(super) const fn from(self, curseur: Curseur) -> Self {
        if self.backwards() { Self::Avant(curseur) } else { Self::Apres(curseur) }
    }
}

/// Rows that pass; the instant of filing is read in the column given, which may be the index's own.
pub(super) fn passing(criteres: &Criteres, instant: impl ColumnTrait) -> Condition {
    Condition::all()
        .add_option(criteres.etat.map(|e| Column::Etat.eq(e.code())))
        .add_option(criteres.sorte.map(|s| Column::Sorte.eq(s.code())))
        .add_option(criteres.auteur.map(|a| Column::AuteurId.eq(a.get())))
        .add_option(criteres.caisse.map(|c| Column::CaisseId.eq(c.get())))
        .add_option(criteres.depuis.map(|le| instant.gte(le)))
        .add_option(criteres.avant.map(|le| instant.lt(le)))
}

/// Orders by filing and begins where asked; `cle` are the columns of the instant and the id. Read backwards, the rows
/// come oldest first.
pub(super) fn slice<C: ColumnTrait>(query: Select<Entity>, cle: (C, C), tranche: Tranche) -> Select<Entity> {
    let (instant, id) = cle;
    let (query, order) = match tranche.depart {
        Depart::Debut => (query, Order::Desc),
        Depart::Apres(c) => {
            let exactly = instant.lt(c.transmise_le).or_all(instant.eq(c.transmise_le), id.lt(c.id.get()));
            // Said once more as a range, which an index can begin at: a late page costs what the first does.
            (query.filter(instant.lte(c.transmise_le)).filter(exactly), Order::Desc)
        }
        Depart::Avant(c) => {
            let exactly = instant.gt(c.transmise_le).or_all(instant.eq(c.transmise_le), id.gt(c.id.get()));
            (query.filter(instant.gte(c.transmise_le)).filter(exactly), Order::Asc)
        }
    };
    query.order_by(instant, order.clone()).order_by(id, order).limit(tranche.nombre)
}

/// « This, or both of those ».
trait OrAll {
    fn or_all(self, one: Self, two: Self) -> Condition;
}

impl OrAll for sea_orm::sea_query::SimpleExpr {
    fn or_all(self, one: Self, two: Self) -> Condition {
        Condition::any().add(self).add(Condition::all().add(one).add(two))
    }
}
