//! Sessions: the hash of a token, where the sign-in stands, and three instants.

use super::TRANCHE;
use crate::db::{Tx, WriteTx};
use crate::entity::session::{ActiveModel, Column, Entity, Model};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::compte::{Etape, Retour};
use domain::droits::{Acte, Permis, Portee, SoiMeme};
use domain::ids::CompteId;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Set};

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Hash of its token.
    pub empreinte: [u8; 32],
    /// Whose.
    pub compte: CompteId,
    /// Where the sign-in stands.
    pub etape: Etape,
    /// When the password was shown.
    pub cree_le: DateTime<Utc>,
    /// Last activity, to the minute.
    pub vue_le: DateTime<Utc>,
    /// End whatever the activity.
    pub expire_le: DateTime<Utc>,
    /// Last time a second factor was shown.
    pub renforcee_le: Option<DateTime<Utc>>,
    /// Page asked for before the sign-in.
    pub retour: Option<Retour>,
}

pub(super) fn of(m: Model) -> Result<Session, StoreError> {
    let corrupt = |column| StoreError::Corrupt { table: "session", column, row: m.compte_id };
    Ok(Session {
        empreinte: m.empreinte.as_slice().try_into().map_err(|_| corrupt("empreinte"))?,
        compte: CompteId::new(m.compte_id),
        etape: Etape::from_code(&m.etape).ok_or(corrupt("etape"))?,
        cree_le: m.cree_le,
        vue_le: m.vue_le,
        expire_le: m.expire_le,
        renforcee_le: m.renforcee_le,
        retour: m.retour.as_deref().and_then(Retour::parse),
    })
}

/// Opens a session for the compte of the proof.
///
/// # Errors
/// [`StoreError::Conflict`] for another compte than the proof's, or the database's error.
pub async fn open(tx: &WriteTx, permis: &Permis<SoiMeme>, s: &Session) -> Result<(), StoreError> {
    if permis.portee() != &Portee::Soi(s.compte) {
        return Err(StoreError::Conflict);
    }
    let row = ActiveModel {
        empreinte: Set(s.empreinte.to_vec()),
        compte_id: Set(s.compte.get()),
        etape: Set(s.etape.code().to_owned()),
        cree_le: Set(s.cree_le),
        vue_le: Set(s.vue_le),
        expire_le: Set(s.expire_le),
        renforcee_le: Set(s.renforcee_le),
        retour: Set(s.retour.as_ref().map(|r| r.as_str().to_owned())),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}

/// Puts a session with a new token and step in the place of another of the same compte.
///
/// # Errors
/// [`StoreError::Conflict`] when the old one is gone: it was replaced or ended in between.
pub async fn rotate(
    tx: &WriteTx,
    permis: &Permis<SoiMeme>,
    ancienne: &[u8; 32],
    s: &Session,
) -> Result<(), StoreError> {
    let gone = Entity::delete_many()
        .filter(Column::Empreinte.eq(ancienne.to_vec()))
        .filter(Column::CompteId.eq(s.compte.get()))
        .exec(&tx.inner)
        .await?;
    if gone.rows_affected != 1 {
        return Err(StoreError::Conflict);
    }
    open(tx, permis, s).await
}

/// Notes activity now, unless a later one is noted; gives whether it was.
///
/// # Errors
/// The database's error.
pub async fn touch(tx: &WriteTx, empreinte: &[u8; 32], now: DateTime<Utc>) -> Result<bool, StoreError> {
    let change = Entity::update_many()
        .col_expr(Column::VueLe, now.into())
        .filter(Column::Empreinte.eq(empreinte.to_vec()))
        .filter(Column::VueLe.lt(now));
    Ok(change.exec(&tx.inner).await?.rows_affected == 1)
}

/// The sessions of a compte that have not reached their end, the last used first.
///
/// # Errors
/// As for [`super::by_session`].
pub async fn list(tx: &Tx, compte: CompteId, now: DateTime<Utc>) -> Result<Vec<Session>, StoreError> {
    let rows = Entity::find()
        .filter(Column::CompteId.eq(compte.get()))
        .filter(Column::ExpireLe.gt(now))
        .order_by(Column::VueLe, Order::Desc)
        .order_by(Column::Empreinte, Order::Asc);
    rows.all(&tx.inner).await?.into_iter().map(of).collect()
}

/// Ends one session of the proof's compte; gives whether it was there.
///
/// # Errors
/// The database's error.
pub async fn close(tx: &WriteTx, permis: &Permis<SoiMeme>, empreinte: &[u8; 32]) -> Result<bool, StoreError> {
    let Portee::Soi(compte) = permis.portee() else { return Err(StoreError::Conflict) };
    let gone = Entity::delete_many()
        .filter(Column::Empreinte.eq(empreinte.to_vec()))
        .filter(Column::CompteId.eq(compte.get()))
        .exec(&tx.inner)
        .await?;
    Ok(gone.rows_affected == 1)
}

/// Ends the sessions of a compte, but the one kept; gives how many. The caller holds a proof on the compte.
///
/// # Errors
/// The database's error.
pub async fn close_all<A: Acte>(
    tx: &WriteTx,
    _: &Permis<A>,
    compte: CompteId,
    gardee: Option<&[u8; 32]>,
) -> Result<u64, StoreError> {
    let mut gone = Entity::delete_many().filter(Column::CompteId.eq(compte.get()));
    if let Some(gardee) = gardee {
        gone = gone.filter(Column::Empreinte.ne(gardee.to_vec()));
    }
    Ok(gone.exec(&tx.inner).await?.rows_affected)
}

/// Removes sessions that have reached their end, at most 200 at once.
pub(super) async fn expire(tx: &WriteTx, now: DateTime<Utc>) -> Result<u64, StoreError> {
    let ids: Vec<Vec<u8>> = Entity::find()
        .select_only()
        .column(Column::Empreinte)
        .filter(Column::ExpireLe.lte(now))
        .limit(TRANCHE)
        .into_tuple()
        .all(&tx.inner)
        .await?;
    Ok(Entity::delete_many().filter(Column::Empreinte.is_in(ids)).exec(&tx.inner).await?.rows_affected)
}
