//! Sheets of parties: they lie in the dossiers of conventions ([decision 9]), and every change leaves a row that nobody
//! can take away (PA-4).
//!
//! [decision 9]: ../../../docs/decisions/0009-the-sheet-of-a-party-lies-in-its-conventions.md

use crate::convention::{Enregistree, stored, within};
use crate::db::{Tx, WriteTx};
use crate::entity::convention;
use crate::entity::fiche_changement::{ActiveModel, Column, Entity, Model};
use crate::error::StoreError;
use crate::keys::{open, seal};
use chrono::{DateTime, Utc};
use domain::convention::{ObjetFiche, Role};
use domain::droits::{Acte, Permis, Portee};
use domain::ids::{CaisseId, CompteId, ConventionId, PartenaireId};
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Set};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vault::Scope;

/// Name of the table, to which sealed values are bound.
const TABLE: &str = "fiche_changement";

/// One value that a change replaced: what it is called, as it stood, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Valeur {
    /// What it is called.
    pub libelle: String,
    /// As it stood.
    pub avant: Option<String>,
    /// As it stands.
    pub apres: Option<String>,
}

/// A change of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changee {
    /// Id.
    pub id: Uuid,
    /// The convention on which it stands.
    pub convention: ConventionId,
    /// Whose sheet.
    pub partie: Role,
    /// What it is about.
    pub objet: ObjetFiche,
    /// Who made it.
    pub auteur: Option<CompteId>,
    /// What it replaced.
    pub valeurs: Vec<Valeur>,
    /// When.
    pub le: DateTime<Utc>,
}

/// Adds a change to the history.
///
/// # Errors
/// The database's or the vault's error.
pub async fn add<A: Acte>(tx: &WriteTx, _: &Permis<A>, c: &Changee) -> Result<(), StoreError> {
    tx.ensure_key(Scope::Comptes, c.le).await?;
    let key = tx.key(Scope::Comptes).await?;
    let row = ActiveModel {
        id: Set(c.id),
        convention_id: Set(c.convention.get()),
        partie: Set(c.partie.code().to_owned()),
        objet: Set(c.objet.code().to_owned()),
        auteur_id: Set(c.auteur.map(CompteId::get)),
        scelle: Set(seal(&key, TABLE, c.id, &c.valeurs)?),
        le: Set(c.le),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}

/// The last changes of the sheets of a convention, the newest first.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn history(tx: &Tx, convention: ConventionId, count: u64) -> Result<Vec<Changee>, StoreError> {
    let rows: Vec<Model> = Entity::find()
        .filter(Column::ConventionId.eq(convention.get()))
        .order_by(Column::Le, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(count)
        .all(&tx.inner)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = tx.key(Scope::Comptes).await?;
    let corrupt = |column, row| StoreError::Corrupt { table: TABLE, column, row };
    let of = |m: Model| {
        Ok(Changee {
            id: m.id,
            convention: ConventionId::new(m.convention_id),
            partie: Role::du_code(&m.partie).ok_or(corrupt("partie", m.id))?,
            objet: ObjetFiche::du_code(&m.objet).ok_or(corrupt("objet", m.id))?,
            auteur: m.auteur_id.map(CompteId::new),
            valeurs: open(&key, TABLE, m.id, &m.scelle)?,
            le: m.le,
        })
    };
    rows.into_iter().map(of).collect()
}

/// The conventions of a caisse and of a structure that a change of a sheet may write on, locked in the order of their
/// keys until the end of the transaction.
///
/// # Errors
/// The database's error.
pub async fn lock(tx: &WriteTx, caisse: CaisseId, partenaire: PartenaireId) -> Result<Vec<Enregistree>, StoreError> {
    let either = Condition::any()
        .add(convention::Column::CaisseId.eq(caisse.get()))
        .add(convention::Column::PartenaireId.eq(partenaire.get()));
    let rows =
        convention::Entity::find().filter(either).order_by(convention::Column::Cle, Order::Asc).lock(LockType::Update);
    rows.all(&tx.inner).await?.into_iter().map(stored).collect()
}

/// The conventions between a scope and, of a caisse, one structure.
///
/// # Errors
/// The database's error.
pub async fn conventions(tx: &Tx, portee: &Portee, partenaire: PartenaireId) -> Result<Vec<Enregistree>, StoreError> {
    let found = convention::Entity::find()
        .filter(within(portee))
        .filter(convention::Column::PartenaireId.eq(partenaire.get()))
        .order_by(convention::Column::Cle, Order::Asc);
    found.all(&tx.inner).await?.into_iter().map(stored).collect()
}

/// The conventions of a caisse, whatever their structures: those of one union are picked among them.
///
/// # Errors
/// The database's error.
pub async fn of_caisse(tx: &Tx, caisse: CaisseId) -> Result<Vec<Enregistree>, StoreError> {
    let found = convention::Entity::find()
        .filter(convention::Column::CaisseId.eq(caisse.get()))
        .order_by(convention::Column::Cle, Order::Asc);
    found.all(&tx.inner).await?.into_iter().map(stored).collect()
}
