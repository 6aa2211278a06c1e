//! The structure's history: filters and pages in both directions (DE-6, DE-11).

use super::criteres::{Criteres, Tranche, passing, slice};
use super::listes::{Ligne, read, select};
use super::portee::within;
use crate::compte::visible;
use crate::db::Tx;
use crate::entity::compte;
use crate::entity::demande::{Column, Entity};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::compte::Profil;
use domain::droits::Portee;
use domain::ids::CompteId;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

/// A page of the demandes of a scope that pass the filters, the last filed first.
///
/// # Errors
/// The database's error.
pub async fn historique(
    tx: &Tx,
    portee: &Portee,
    criteres: &Criteres,
    tranche: Tranche,
) -> Result<Vec<Ligne>, StoreError> {
    let mut lignes = read(tx, history_query(portee, criteres, tranche)).await?;
    if tranche.depart.backwards() {
        lignes.reverse();
    }
    Ok(lignes)
}

pub(super) fn history_query(portee: &Portee, criteres: &Criteres, tranche: Tranche) -> Select<Entity> {
    let query = select().filter(within(portee)).filter(passing(criteres));
    slice(query, (Column::TransmiseLe, Column::Id), criteres, tranche)
}

/// Techniciens of the structure who filed in this scope, whether they are still there or not (DE-6), but for those whose
/// compte is deleted.
///
/// # Errors
/// The database's error.
pub async fn auteurs(tx: &Tx, portee: &Portee, now: DateTime<Utc>) -> Result<Vec<CompteId>, StoreError> {
    let Portee::Partenaire { .. } = portee else { return Ok(Vec::new()) };
    let rows: Vec<Uuid> = authors_query(portee).filter(visible(now)).into_tuple().all(&tx.inner).await?;
    Ok(rows.into_iter().map(CompteId::new).collect())
}

/// Comptes of the structure that have a demande: one probe each, however many demandes there are.
pub(super) fn authors_query(portee: &Portee) -> Select<compte::Entity> {
    let partenaire = match portee {
        Portee::Partenaire { partenaire, .. } => Some(partenaire.get()),
        _ => None,
    };
    compte::Entity::find()
        .select_only()
        .column(compte::Column::Id)
        .filter(compte::Column::PartenaireId.eq(partenaire))
        .filter(compte::Column::Profil.eq(Profil::Technicien.code()))
        .filter(Expr::exists(filed(portee)))
        .order_by(compte::Column::Identifiant, Order::Asc)
}

fn filed(portee: &Portee) -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from(Entity)
        .cond_where(within(portee))
        .and_where(Expr::col((Entity, Column::AuteurId)).equals((compte::Entity, compte::Column::Id)))
        .to_owned()
}
