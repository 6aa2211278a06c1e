//! Files in quarantine, those of demandes and those of conventions: what the analysis reads and writes, whoever they
//! belong to. System only. A refused file loses its key: nobody opens it any more.

use crate::db::{Tx, WriteTx};
use crate::entity::{piece_convention, piece_jointe};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::droits::{Analyser, Permis};
use domain::ids::{BrouillonId, CompteId, PieceJointeId};
use domain::piece_jointe::Etat;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashSet;
use uuid::Uuid;
use vault::DataKey;

/// Which files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Famille {
    /// Those of drafts and demandes.
    Demandes,
    /// Those of conventions.
    Conventions,
}

/// A file to analyse.
pub struct AAnalyser {
    /// Id.
    pub id: PieceJointeId,
    /// Key of its bytes.
    pub cle: DataKey,
}

/// Where a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ou {
    /// In a draft.
    Brouillon(BrouillonId),
    /// In the demande of this number.
    Demande(String),
    /// In the convention of this key.
    Convention(String),
}

/// A file whose analysis has ended: whom to tell, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ecartee {
    /// Who sent it.
    pub auteur: CompteId,
    /// Where it is.
    pub ou: Ou,
}

/// A table of files that wait for their analysis.
pub(crate) trait Quarantaine: EntityTrait {
    const ID: Self::Column;
    const CLE: Self::Column;
    const ETAT: Self::Column;
    const ESSAYEE_LE: Self::Column;
    const ANALYSEE_LE: Self::Column;
    const VERSION: Self::Column;

    /// Rows that wait.
    fn en_attente() -> Condition {
        Condition::all().add(Self::ETAT.eq(Etat::Quarantaine.code()))
    }
}

impl Quarantaine for piece_jointe::Entity {
    const ID: Self::Column = piece_jointe::Column::Id;
    const CLE: Self::Column = piece_jointe::Column::Cle;
    const ETAT: Self::Column = piece_jointe::Column::Etat;
    const ESSAYEE_LE: Self::Column = piece_jointe::Column::EssayeeLe;
    const ANALYSEE_LE: Self::Column = piece_jointe::Column::AnalyseeLe;
    const VERSION: Self::Column = piece_jointe::Column::Version;
}

impl Quarantaine for piece_convention::Entity {
    const ID: Self::Column = piece_convention::Column::Id;
    const CLE: Self::Column = piece_convention::Column::Cle;
    const ETAT: Self::Column = piece_convention::Column::Etat;
    const ESSAYEE_LE: Self::Column = piece_convention::Column::EssayeeLe;
    const ANALYSEE_LE: Self::Column = piece_convention::Column::AnalyseeLe;
    const VERSION: Self::Column = piece_convention::Column::Version;
}

/// Files in quarantine that nobody tried since `before`, the longest left first, at most `count`.
///
/// # Errors
/// The database's error.
pub async fn waiting(
    tx: &Tx,
    famille: Famille,
    before: DateTime<Utc>,
    count: u64,
) -> Result<Vec<PieceJointeId>, StoreError> {
    let ids: Vec<Uuid> = match famille {
        Famille::Demandes => waiting_query::<piece_jointe::Entity>(before, count).into_tuple().all(&tx.inner).await?,
        Famille::Conventions => {
            waiting_query::<piece_convention::Entity>(before, count).into_tuple().all(&tx.inner).await?
        }
    };
    Ok(ids.into_iter().map(PieceJointeId::new).collect())
}

pub(crate) fn waiting_query<E: Quarantaine>(before: DateTime<Utc>, count: u64) -> sea_orm::Select<E> {
    E::find()
        .select_only()
        .column(E::ID)
        .filter(E::en_attente())
        .filter(E::ESSAYEE_LE.lte(before))
        .order_by(E::ESSAYEE_LE, Order::Asc)
        .order_by(E::ID, Order::Asc)
        .limit(count)
}

/// A file in quarantine with its key; none when it is gone or analysed.
///
/// # Errors
/// The database's error.
pub async fn load(tx: &Tx, famille: Famille, id: PieceJointeId) -> Result<Option<AAnalyser>, StoreError> {
    let cle = match famille {
        Famille::Demandes => crate::piece_jointe::waiting_key(tx, id).await?,
        Famille::Conventions => crate::piece_convention::waiting_key(tx, id).await?,
    };
    Ok(cle.map(|cle| AAnalyser { id, cle }))
}

/// The try led to nothing: the file goes to the end of those that wait.
///
/// # Errors
/// The database's error.
pub async fn touch(
    tx: &WriteTx,
    _: &Permis<Analyser>,
    (famille, id): (Famille, PieceJointeId),
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    match famille {
        Famille::Demandes => touched::<piece_jointe::Entity>(tx, id, now).await,
        Famille::Conventions => touched::<piece_convention::Entity>(tx, id, now).await,
    }
}

async fn touched<E: Quarantaine>(tx: &WriteTx, id: PieceJointeId, now: DateTime<Utc>) -> Result<(), StoreError> {
    let change = E::update_many().col_expr(E::ESSAYEE_LE, now.into()).filter(E::ID.eq(id.get()));
    change.filter(E::en_attente()).exec(&tx.inner).await?;
    Ok(())
}

/// Writes what the analysis led to; the key goes with it unless the file is kept. A file's bytes never change, so its
/// verdict holds wherever it was moved meanwhile. Gives whom to tell; none when it is gone or was settled before.
///
/// # Errors
/// The database's error.
pub async fn settle(
    tx: &WriteTx,
    _: &Permis<Analyser>,
    (famille, id): (Famille, PieceJointeId),
    etat: Etat,
    now: DateTime<Utc>,
) -> Result<Option<Ecartee>, StoreError> {
    match famille {
        Famille::Demandes if settled::<piece_jointe::Entity>(tx, id, etat, now).await? => {
            crate::piece_jointe::owner(tx, id).await.map(Some)
        }
        Famille::Conventions if settled::<piece_convention::Entity>(tx, id, etat, now).await? => {
            crate::piece_convention::owner(tx, id).await.map(Some)
        }
        Famille::Demandes | Famille::Conventions => Ok(None),
    }
}

async fn settled<E: Quarantaine>(
    tx: &WriteTx,
    id: PieceJointeId,
    etat: Etat,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let mut change = E::update_many()
        .col_expr(E::ETAT, Expr::value(etat.code()))
        .col_expr(E::ANALYSEE_LE, Expr::value(Some(now)))
        .col_expr(E::VERSION, Expr::col(E::VERSION).add(1))
        .filter(E::ID.eq(id.get()))
        .filter(E::en_attente());
    if !etat.est_gardee() {
        change = change.col_expr(E::CLE, Expr::value(None::<Vec<u8>>));
    }
    Ok(change.exec(&tx.inner).await?.rows_affected == 1)
}

/// Which of these files still have a key, of whichever family: the bytes of all others are orphans.
///
/// # Errors
/// The database's error.
pub async fn exist(tx: &Tx, ids: &[Uuid]) -> Result<HashSet<Uuid>, StoreError> {
    let mut found = with_key::<piece_jointe::Entity>(tx, ids).await?;
    found.extend(with_key::<piece_convention::Entity>(tx, ids).await?);
    Ok(found.into_iter().collect())
}

async fn with_key<E: Quarantaine>(tx: &Tx, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let found = E::find().select_only().column(E::ID).filter(E::ID.is_in(ids.iter().copied()));
    Ok(found.filter(E::CLE.is_not_null()).into_tuple().all(&tx.inner).await?)
}
