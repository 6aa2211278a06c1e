//! What a list of past demandes is asked for: filters (DE-11), and from where on.

use super::listes::Curseur;
use crate::entity::demande::Column;
use chrono::{DateTime, Utc};
use domain::demande::{Etat, Sorte};
use domain::ids::{CaisseId, CompteId};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select};

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

/// Rows that pass, whenever they were filed.
pub(super) fn passing(criteres: &Criteres) -> Condition {
    Condition::all()
        .add_option(criteres.etat.map(|e| Column::Etat.eq(e.code())))
        .add_option(criteres.sorte.map(|s| Column::Sorte.eq(s.code())))
        .add_option(criteres.auteur.map(|a| Column::AuteurId.eq(a.get())))
        .add_option(criteres.caisse.map(|c| Column::CaisseId.eq(c.get())))
}

/// Keeps to the period, orders by filing and begins where asked; `cle` are the columns of the instant and the id, compared
/// as one, so that an index begins there: a late page costs what the first does. Read backwards, the rows come oldest first.
pub(super) fn slice<E: EntityTrait, C: ColumnTrait>(
    query: Select<E>,
    cle: (C, C),
    criteres: &Criteres,
    tranche: Tranche,
) -> Select<E> {
    let (instant, id) = cle;
    let place = Expr::tuple([instant, id].map(|column| Expr::col(column.as_column_ref())));
    let at = |c: Curseur| Expr::tuple([Expr::val(c.transmise_le), Expr::val(c.id.get())]);
    // One bound on either side, the narrower: with two, SQLite leaves the index of a filter for that of the order.
    let since = match (criteres.depuis, tranche.depart) {
        (depuis, Depart::Avant(c)) if depuis.is_none_or(|le| le <= c.transmise_le) => Some(place.clone().gt(at(c))),
        (depuis, _) => depuis.map(|le| instant.gte(le)),
    };
    let until = match (criteres.avant, tranche.depart) {
        (avant, Depart::Apres(c)) if avant.is_none_or(|le| c.transmise_le < le) => Some(place.lt(at(c))),
        (avant, _) => avant.map(|le| instant.lt(le)),
    };
    let order = if tranche.depart.backwards() { Order::Asc } else { Order::Desc };
    query
        .filter(Condition::all().add_option(since).add_option(until))
        .order_by(instant, order.clone())
        .order_by(id, order)
        .limit(tranche.nombre)
}
