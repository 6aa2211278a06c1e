//! Proofs: written once, never changed (JO-2). Their content is sealed, as it may name people.

use crate::db::{Tx, WriteTx};
use crate::entity::preuve::{ActiveModel, Model};
use crate::error::StoreError;
use crate::keys::{open, seal};
use chrono::{DateTime, Utc};
use domain::droits::Portee;
use domain::ids::{CaisseId, CompteId, ConventionId, PartenaireId};
use domain::preuve::Nature;
use sea_orm::Set;
use uuid::Uuid;
use vault::Scope;

/// A proof.
#[derive(Clone, Debug, PartialEq)]
pub struct Preuve {
    /// Id.
    pub id: Uuid,
    /// What it shows.
    pub nature: Nature,
    /// When.
    pub le: DateTime<Utc>,
    /// The caisse concerned.
    pub caisse: Option<CaisseId>,
    /// The structure concerned.
    pub partenaire: Option<PartenaireId>,
    /// The convention concerned.
    pub convention: Option<ConventionId>,
    /// The compte it is about.
    pub compte: Option<CompteId>,
    /// Who acted; nobody for the portal itself.
    pub auteur: Option<CompteId>,
    /// Labels and values, in the order they are shown.
    pub contenu: Vec<(String, String)>,
}

/// Adds a proof.
///
/// # Errors
/// The database's or the vault's error.
pub async fn insert(tx: &WriteTx, p: &Preuve) -> Result<(), StoreError> {
    tx.ensure_key(Scope::Comptes, p.le).await?;
    let key = tx.key(Scope::Comptes).await?;
    let row = ActiveModel {
        id: Set(p.id),
        nature: Set(p.nature.code().to_owned()),
        le: Set(p.le),
        caisse_id: Set(p.caisse.map(CaisseId::get)),
        partenaire_id: Set(p.partenaire.map(PartenaireId::get)),
        convention_id: Set(p.convention.map(ConventionId::get)),
        compte_id: Set(p.compte.map(CompteId::get)),
        auteur_id: Set(p.auteur.map(CompteId::get)),
        scelle: Set(seal(&key, "preuve", p.id, &p.contenu)?),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}

/// Opens a row.
pub(crate) async fn of(tx: &Tx, m: Model) -> Result<Preuve, StoreError> {
    let key = tx.key(Scope::Comptes).await?;
    Ok(Preuve {
        id: m.id,
        nature: Nature::from_code(&m.nature).ok_or(StoreError::Corrupt {
            table: "preuve",
            column: "nature",
            row: m.id,
        })?,
        le: m.le,
        caisse: m.caisse_id.map(CaisseId::new),
        partenaire: m.partenaire_id.map(PartenaireId::new),
        convention: m.convention_id.map(ConventionId::new),
        compte: m.compte_id.map(CompteId::new),
        auteur: m.auteur_id.map(CompteId::new),
        contenu: open(&key, "preuve", m.id, &m.scelle)?,
    })
}

/// The proofs of a structure, the last first: small enough to be read whole until the lists page through them.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn of_partenaire(tx: &Tx, partenaire: PartenaireId) -> Result<Vec<Preuve>, StoreError> {
    use crate::entity::preuve::{Column, Entity};
    use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder};
    let rows = Entity::find()
        .filter(Column::PartenaireId.eq(partenaire.get()))
        .order_by(Column::Le, Order::Desc)
        .order_by(Column::Id, Order::Desc);
    let mut found = Vec::new();
    for m in rows.all(&tx.inner).await? {
        found.push(of(tx, m).await?);
    }
    Ok(found)
}

/// The caisse that decided last on a compte: while it is excluded, the one that excluded it (HA-11).
///
/// # Errors
/// The database's error.
pub async fn excluded_by(tx: &Tx, compte: CompteId) -> Result<Option<CaisseId>, StoreError> {
    use crate::entity::preuve::{Column, Entity};
    use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder};
    let last = Entity::find()
        .filter(Column::CompteId.eq(compte.get()))
        .filter(Column::Nature.eq(Nature::Decision.code()))
        .order_by(Column::Le, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .one(&tx.inner)
        .await?;
    Ok(last.and_then(|m| m.caisse_id).map(CaisseId::new))
}

/// The proofs on a compte that a reader may see, the last first: a caisse those that are its own or nobody's in particular,
/// the structure all its own.
///
/// # Errors
/// As for [`of_partenaire`].
pub async fn of_compte(tx: &Tx, portee: &Portee, compte: CompteId) -> Result<Vec<Preuve>, StoreError> {
    use crate::entity::preuve::{Column, Entity};
    use sea_orm::sea_query::Expr;
    use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder};
    let mine = match portee {
        Portee::Tout => Condition::all(),
        Portee::Partenaire { partenaire, .. } => Condition::all().add(Column::PartenaireId.eq(partenaire.get())),
        Portee::Caisse(caisse) => {
            Condition::any().add(Column::CaisseId.is_null()).add(Column::CaisseId.eq(caisse.get()))
        }
        Portee::Services { .. } | Portee::Soi(_) => Condition::all().add(Expr::val(1).eq(0)),
    };
    let rows = Entity::find()
        .filter(Column::CompteId.eq(compte.get()))
        .filter(mine)
        .order_by(Column::Le, Order::Desc)
        .order_by(Column::Id, Order::Desc);
    let mut found = Vec::new();
    for m in rows.all(&tx.inner).await? {
        found.push(of(tx, m).await?);
    }
    Ok(found)
}
