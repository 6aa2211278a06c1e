//! Reading proofs: lists by key, one proof, in scope (JO-2).

use crate::db::Tx;
use crate::entity::preuve::{Column, Entity, Model};
use crate::error::StoreError;
use crate::preuve::{Preuve, of};
use chrono::{DateTime, Utc};
use domain::droits::Portee;
use domain::ids::PartenaireId;
use domain::preuve::Nature;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

/// Which proofs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filtre {
    /// Of this kind only.
    pub nature: Option<Nature>,
    /// From this instant on.
    pub du: Option<DateTime<Utc>>,
    /// Before this instant.
    pub avant: Option<DateTime<Utc>>,
    /// Of this structure only.
    pub partenaire: Option<PartenaireId>,
}

/// Whose proofs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sujet {
    /// Those about structures.
    Structures,
    /// Those about the desk's own comptes.
    Bureau,
    /// Both.
    Tous,
}

/// Rows inside a scope.
fn within((portee, sujet): (&Portee, Sujet)) -> Condition {
    let all = match sujet {
        Sujet::Structures => Condition::all().add(Column::PartenaireId.is_not_null()),
        Sujet::Bureau => Condition::all().add(Column::PartenaireId.is_null()),
        Sujet::Tous => Condition::all(),
    };
    match portee {
        Portee::Partenaire { partenaire, .. } => all.add(Column::PartenaireId.eq(partenaire.get())),
        Portee::Caisse(caisse) => all.add(Column::CaisseId.eq(caisse.get())),
        Portee::Tout => all,
        Portee::Services { .. } | Portee::Soi(_) => all.add(Expr::val(1).eq(0)),
    }
}

/// The proof of an id, if it lies in the scope.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn load(tx: &Tx, portee: (&Portee, Sujet), id: Uuid) -> Result<Option<Preuve>, StoreError> {
    match Entity::find_by_id(id).filter(within(portee)).one(&tx.inner).await? {
        Some(m) => Ok(Some(of(tx, m).await?)),
        None => Ok(None),
    }
}

/// Proofs of a scope, the last first, beyond the one named, at most so many.
///
/// # Errors
/// As for [`load`].
pub async fn list(
    tx: &Tx,
    portee: (&Portee, Sujet),
    filtre: &Filtre,
    apres: Option<Uuid>,
    nombre: u64,
) -> Result<Vec<Preuve>, StoreError> {
    let from = match apres {
        Some(id) => Entity::find_by_id(id).filter(within(portee)).one(&tx.inner).await?,
        None => None,
    };
    let mut found = Vec::new();
    for m in list_query(portee, filtre, from, nombre).all(&tx.inner).await? {
        found.push(of(tx, m).await?);
    }
    Ok(found)
}

pub(crate) fn list_query(
    portee: (&Portee, Sujet),
    filtre: &Filtre,
    from: Option<Model>,
    nombre: u64,
) -> Select<Entity> {
    let mut query = Entity::find().filter(within(portee)).limit(nombre);
    if let Some(nature) = filtre.nature {
        query = query.filter(Column::Nature.eq(nature.code()));
    }
    if let Some(du) = filtre.du {
        query = query.filter(Column::Le.gte(du));
    }
    if let Some(avant) = filtre.avant {
        query = query.filter(Column::Le.lt(avant));
    }
    if let Some(partenaire) = filtre.partenaire {
        query = query.filter(Column::PartenaireId.eq(partenaire.get()));
    }
    if let Some(m) = from {
        let same = Column::Le.eq(m.le).and(Column::Id.lt(m.id));
        query = query.filter(Condition::any().add(Column::Le.lt(m.le)).add(same));
    }
    query.order_by(Column::Le, Order::Desc).order_by(Column::Id, Order::Desc)
}

/// The structures that have a convention with a caisse, by name: what a filter offers.
///
/// # Errors
/// The database's error.
pub async fn structures(
    tx: &Tx,
    caisse: domain::ids::CaisseId,
) -> Result<Vec<(domain::ids::ConventionId, PartenaireId, String)>, StoreError> {
    use crate::entity::{convention, partenaire};
    use sea_orm::{JoinType, RelationDef};
    let on: RelationDef = convention::Entity::belongs_to(partenaire::Entity)
        .from(convention::Column::PartenaireId)
        .to(partenaire::Column::Id)
        .into();
    let rows: Vec<(Uuid, Uuid, String)> = convention::Entity::find()
        .select_only()
        .column(convention::Column::Id)
        .column(convention::Column::PartenaireId)
        .column(partenaire::Column::NomCourt)
        .join(JoinType::InnerJoin, on)
        .filter(convention::Column::CaisseId.eq(caisse.get()))
        .order_by(partenaire::Column::NomCourt, Order::Asc)
        .order_by(convention::Column::Id, Order::Asc)
        .into_tuple()
        .all(&tx.inner)
        .await?;
    let of = |(c, p, nom)| (domain::ids::ConventionId::new(c), PartenaireId::new(p), nom);
    Ok(rows.into_iter().map(of).collect())
}

/// Short names of some structures: one query.
///
/// # Errors
/// The database's error.
pub async fn structure_names(
    tx: &Tx,
    ids: &[PartenaireId],
) -> Result<std::collections::HashMap<PartenaireId, String>, StoreError> {
    use crate::entity::partenaire;
    let rows: Vec<(Uuid, String)> = partenaire::Entity::find()
        .select_only()
        .column(partenaire::Column::Id)
        .column(partenaire::Column::NomCourt)
        .filter(partenaire::Column::Id.is_in(ids.iter().map(|i| i.get())))
        .into_tuple()
        .all(&tx.inner)
        .await?;
    Ok(rows.into_iter().map(|(id, nom)| (PartenaireId::new(id), nom)).collect())
}
