//! The thread of a convention between the référents of the caisse and the gestionnaires of the structure (PA-5): it
//! concerns no assuré. Lines are sealed; what each compte has read is one instant.

use crate::db::{Tx, WriteTx};
use crate::entity::echange::{ActiveModel, Column, Entity, Model};
use crate::entity::echange_lu;
use crate::error::StoreError;
use crate::keys::{open, seal};
use chrono::{DateTime, Utc};
use domain::droits::{Echanger, Permis};
use domain::ids::{CompteId, ConventionId, EchangeId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set,
};
use vault::Scope;

pub use crate::demande::Cote;

/// Name of the table, to which sealed values are bound.
const TABLE: &str = "echange";

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Echange {
    /// Id.
    pub id: EchangeId,
    /// Of which thread.
    pub convention: ConventionId,
    /// Who wrote.
    pub auteur: CompteId,
    /// From which side.
    pub cote: Cote,
    /// Text.
    pub texte: String,
    /// When.
    pub le: DateTime<Utc>,
}

/// Adds a line.
///
/// # Errors
/// The database's or the vault's error.
pub async fn insert(tx: &WriteTx, _: &Permis<Echanger>, e: &Echange) -> Result<(), StoreError> {
    tx.ensure_key(Scope::Comptes, e.le).await?;
    let key = tx.key(Scope::Comptes).await?;
    let row = ActiveModel {
        id: Set(e.id.get()),
        convention_id: Set(e.convention.get()),
        auteur_id: Set(e.auteur.get()),
        cote: Set(code(e.cote).to_owned()),
        scelle: Set(seal(&key, TABLE, e.id.get(), &e.texte)?),
        le: Set(e.le),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}

const fn code(cote: Cote) -> &'static str {
    match cote {
        Cote::Partenaire => "partenaire",
        Cote::Caisse => "caisse",
    }
}

/// Where a page of older lines begins: before this instant and id.
pub type Avant = (DateTime<Utc>, EchangeId);

pub(crate) fn list_query(convention: ConventionId, avant: Option<&Avant>, count: u64) -> Select<Entity> {
    let query = Entity::find()
        .filter(Column::ConventionId.eq(convention.get()))
        .order_by(Column::Le, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(count);
    let Some((le, id)) = avant else { return query };
    let same = Condition::all().add(Column::Le.eq(*le)).add(Column::Id.lt(id.get()));
    query.filter(Condition::any().add(Column::Le.lt(*le)).add(same))
}

/// The last lines of a thread, the newest first.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn list(
    tx: &Tx,
    convention: ConventionId,
    avant: Option<&Avant>,
    count: u64,
) -> Result<Vec<Echange>, StoreError> {
    let rows = list_query(convention, avant, count).all(&tx.inner).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = tx.key(Scope::Comptes).await?;
    let of = |m: Model| {
        let cote = match m.cote.as_str() {
            "caisse" => Cote::Caisse,
            "partenaire" => Cote::Partenaire,
            _ => return Err(StoreError::Corrupt { table: TABLE, column: "cote", row: m.id }),
        };
        Ok(Echange {
            id: EchangeId::new(m.id),
            convention: ConventionId::new(m.convention_id),
            auteur: CompteId::new(m.auteur_id),
            cote,
            texte: open(&key, TABLE, m.id, &m.scelle)?,
            le: m.le,
        })
    };
    rows.into_iter().map(of).collect()
}

/// Until when a compte has read a thread.
///
/// # Errors
/// The database's error.
pub async fn read_until(
    tx: &Tx,
    compte: CompteId,
    convention: ConventionId,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let row = echange_lu::Entity::find_by_id((compte.get(), convention.get())).one(&tx.inner).await?;
    Ok(row.map(|r| r.lu_le))
}

/// How many lines of the other side a compte has not read in some threads.
///
/// # Errors
/// The database's error.
pub async fn unread(tx: &Tx, compte: CompteId, cote: Cote, convention: ConventionId) -> Result<u64, StoreError> {
    let lu = read_until(tx, compte, convention).await?;
    let mut query =
        Entity::find().filter(Column::ConventionId.eq(convention.get())).filter(Column::Cote.ne(code(cote)));
    if let Some(lu) = lu {
        query = query.filter(Column::Le.gt(lu));
    }
    Ok(query.count(&tx.inner).await?)
}

/// Notes that a compte has read a thread until now.
///
/// # Errors
/// The database's error.
pub async fn mark_read(
    tx: &WriteTx,
    compte: CompteId,
    convention: ConventionId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row =
        echange_lu::ActiveModel { compte_id: Set(compte.get()), convention_id: Set(convention.get()), lu_le: Set(now) };
    let again = OnConflict::columns([echange_lu::Column::CompteId, echange_lu::Column::ConventionId])
        .update_column(echange_lu::Column::LuLe)
        .to_owned();
    echange_lu::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.inner).await?;
    Ok(())
}
