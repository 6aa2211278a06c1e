//! Addresses and domains that a caisse allows for a structure against the rule, each with its reason (HA-5). One that
//! is withdrawn stays with its dates; an address goes with the person whose compte is deleted (HA-10).

use crate::db::{Tx, WriteTx};
use crate::entity::derogation::{ActiveModel, Column, Entity, Model};
use crate::error::StoreError;
use crate::keys::{open, seal};
use chrono::{DateTime, Utc};
use domain::droits::{Habiliter, Permis, Portee};
use domain::ids::{CaisseId, CompteId, PartenaireId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Set};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vault::Scope;

/// What is allowed, and why. Sealed: an address names somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contenu {
    /// A whole address, or a domain.
    pub objet: String,
    /// Why.
    pub motif: String,
}

/// An address or domain allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derogation {
    /// Id.
    pub id: Uuid,
    /// Which caisse allows it.
    pub caisse: CaisseId,
    /// For which structure.
    pub partenaire: PartenaireId,
    /// What and why.
    pub contenu: Contenu,
    /// Who allowed it.
    pub accordee_par: CompteId,
    /// When.
    pub accordee_le: DateTime<Utc>,
    /// When it was withdrawn.
    pub revoquee_le: Option<DateTime<Utc>>,
}

/// What was ever allowed for a structure, the last first, at most 200.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn list(tx: &Tx, partenaire: PartenaireId) -> Result<Vec<Derogation>, StoreError> {
    let rows = Entity::find()
        .filter(Column::PartenaireId.eq(partenaire.get()))
        .order_by(Column::AccordeeLe, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(super::TRANCHE)
        .all(&tx.inner)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = tx.key(Scope::Comptes).await?;
    let of = |m: Model| {
        Ok(Derogation {
            contenu: open(&key, "derogation", m.id, &m.scelle)?,
            id: m.id,
            caisse: CaisseId::new(m.caisse_id),
            partenaire: PartenaireId::new(m.partenaire_id),
            accordee_par: CompteId::new(m.accordee_par),
            accordee_le: m.accordee_le,
            revoquee_le: m.revoquee_le,
        })
    };
    rows.into_iter().map(of).collect()
}

/// Allows an address or domain.
///
/// # Errors
/// [`StoreError::Conflict`] outside the proof's scope.
pub async fn insert(tx: &WriteTx, permis: &Permis<Habiliter>, d: &Derogation) -> Result<(), StoreError> {
    let Portee::Partenaire { partenaire, caisses } = permis.portee() else { return Err(StoreError::Conflict) };
    if *partenaire != d.partenaire || !caisses.contains(&d.caisse) {
        return Err(StoreError::Conflict);
    }
    tx.ensure_key(Scope::Comptes, d.accordee_le).await?;
    let key = tx.key(Scope::Comptes).await?;
    let row = ActiveModel {
        id: Set(d.id),
        caisse_id: Set(d.caisse.get()),
        partenaire_id: Set(d.partenaire.get()),
        scelle: Set(seal(&key, "derogation", d.id, &d.contenu)?),
        accordee_par: Set(d.accordee_par.get()),
        accordee_le: Set(d.accordee_le),
        revoquee_par: Set(None),
        revoquee_le: Set(None),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}

/// Withdraws what a caisse of the proof's scope allowed.
///
/// # Errors
/// [`StoreError::Conflict`] when it is none of theirs or was withdrawn before.
pub async fn revoke(
    tx: &WriteTx,
    permis: &Permis<Habiliter>,
    id: Uuid,
    (par, now): (CompteId, DateTime<Utc>),
) -> Result<(), StoreError> {
    let Portee::Partenaire { partenaire, caisses } = permis.portee() else { return Err(StoreError::Conflict) };
    let change = Entity::update_many()
        .col_expr(Column::RevoqueePar, Expr::value(Some(par.get())))
        .col_expr(Column::RevoqueeLe, Expr::value(Some(now)))
        .filter(Column::Id.eq(id))
        .filter(Column::PartenaireId.eq(partenaire.get()))
        .filter(Column::CaisseId.is_in(caisses.iter().map(|c| c.get())))
        .filter(Column::RevoqueeLe.is_null());
    match change.exec(&tx.inner).await?.rows_affected {
        1 => Ok(()),
        _ => Err(StoreError::Conflict),
    }
}
