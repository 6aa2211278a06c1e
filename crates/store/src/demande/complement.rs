//! What was asked of the partner: one row each time, which is also a suspension of the net clock (DE-8). The text stands
//! in the thread; the row holds its reason, its days and where its loop stands.

use super::agregat::Demande;
use crate::db::{Tx, WriteTx};
use crate::entity::complement::{ActiveModel, Column, Entity, Model};
use crate::entity::demande;
use crate::error::StoreError;
use chrono::{DateTime, NaiveDate, Utc};
use domain::demande::{EtatDemande, MotifComplement, Suspension};
use domain::droits::{Instruire, Permis};
use domain::ids::{DemandeId, MessageId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, JoinType, Order, QueryFilter, QueryOrder, QuerySelect, RelationDef, Set};
use uuid::Uuid;

/// Something asked of the partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complement {
    /// Id.
    pub id: Uuid,
    /// The line of the thread that asks.
    pub message: MessageId,
    /// Why.
    pub motif: MotifComplement,
    /// When it was asked.
    pub demande_le: DateTime<Utc>,
    /// Day by which to answer.
    pub reponse_avant: NaiveDate,
    /// When it was answered, called off or closed; none while it waits.
    pub fin_le: Option<DateTime<Utc>>,
    /// Reminder days that are behind.
    pub relances: u32,
    /// When the last reminder went.
    pub relance_le: Option<DateTime<Utc>>,
    /// When the notice went.
    pub avis_le: Option<DateTime<Utc>>,
}

fn of(m: Model) -> Result<Complement, StoreError> {
    let corrupt = |column| StoreError::Corrupt { table: "complement", column, row: m.id };
    Ok(Complement {
        id: m.id,
        message: MessageId::new(m.message_id),
        motif: MotifComplement::from_code(&m.motif).ok_or(corrupt("motif"))?,
        demande_le: m.demande_le,
        reponse_avant: m.reponse_avant,
        fin_le: m.fin_le,
        relances: u32::try_from(m.relances).map_err(|_| corrupt("relances"))?,
        relance_le: m.relance_le,
        avis_le: m.avis_le,
    })
}

/// Adds what is asked; its loop has its first step at `prochaine`. One is open at a time.
///
/// # Errors
/// [`StoreError::Taken`] when one is open, or the database's error.
pub async fn demander(
    tx: &WriteTx,
    _: &Permis<Instruire>,
    lue: &Demande,
    complement: &Complement,
    prochaine: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = row(lue.id.get(), complement, prochaine);
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}

/// The row of what is asked and still waits.
pub(super) fn row(demande: Uuid, complement: &Complement, prochaine: DateTime<Utc>) -> ActiveModel {
    ActiveModel {
        id: Set(complement.id),
        demande_id: Set(demande),
        message_id: Set(complement.message.get()),
        motif: Set(complement.motif.code().to_owned()),
        demande_le: Set(complement.demande_le),
        reponse_avant: Set(complement.reponse_avant),
        fin_le: Set(None),
        relances: Set(0),
        relance_le: Set(None),
        avis_le: Set(None),
        prochaine_le: Set(Some(prochaine)),
    }
}

/// Everything that was asked about a demande, oldest first.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn complements(tx: &Tx, demande: DemandeId) -> Result<Vec<Complement>, StoreError> {
    let rows = Entity::find()
        .filter(Column::DemandeId.eq(demande.get()))
        .order_by(Column::DemandeLe, Order::Asc)
        .order_by(Column::Id, Order::Asc);
    rows.all(&tx.inner).await?.into_iter().map(of).collect()
}

/// The one that waits.
pub(super) async fn ouvert(tx: &Tx, demande: Uuid) -> Result<Option<Complement>, StoreError> {
    let row = Entity::find().filter(Column::DemandeId.eq(demande)).filter(Column::FinLe.is_null());
    row.one(&tx.inner).await?.map(of).transpose()
}

/// The wait that this closing ended lasted until the partner opened the demande again: all that time only the partner
/// could act, so the net clock stands still (DE-8). `lue` is the demande as it was closed.
///
/// # Errors
/// The database's error.
pub async fn prolonger(tx: &WriteTx, lue: &Demande, le: DateTime<Utc>) -> Result<(), StoreError> {
    let EtatDemande::Cloturee { le: cloture, .. } = lue.etat else { return Ok(()) };
    Entity::update_many()
        .col_expr(Column::FinLe, Expr::value(Some(le)))
        .filter(Column::DemandeId.eq(lue.id.get()))
        .filter(Column::FinLe.eq(cloture))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// The one that waits has ended: its loop stops.
pub(super) async fn finir(tx: &WriteTx, demande: Uuid, le: DateTime<Utc>) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::FinLe, Expr::value(Some(le)))
        .col_expr(Column::ProchaineLe, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::DemandeId.eq(demande))
        .filter(Column::FinLe.is_null())
        .exec(&tx.inner)
        .await?;
    Ok(())
}

impl Complement {
    /// The time during which only the partner could act.
    #[must_use]
    pub const fn suspension(&self) -> Suspension {
        Suspension { debut: self.demande_le, fin: self.fin_le }
    }
}

/// References of demandes whose loop has a step to make, the longest due first, at most so many. Nothing is locked: a step
/// locks its demande ([`super::lock`]) and reads again.
///
/// # Errors
/// The database's error.
pub async fn dus(tx: &Tx, now: DateTime<Utc>, nombre: u64) -> Result<Vec<String>, StoreError> {
    let on: RelationDef = Entity::belongs_to(demande::Entity).from(Column::DemandeId).to(demande::Column::Id).into();
    Ok(Entity::find()
        .select_only()
        .column(demande::Column::Reference)
        .join(JoinType::InnerJoin, on)
        .filter(Column::ProchaineLe.lte(now))
        .order_by(Column::ProchaineLe, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .limit(nombre)
        .into_tuple()
        .all(&tx.inner)
        .await?)
}

/// What a step of the loop leaves behind.
#[derive(Clone, Copy, Debug)]
pub enum Pas {
    /// A reminder went; that many reminder days are behind.
    Relance(u32),
    /// The notice went.
    Avis,
    /// Nothing was due yet: only the next instant is set.
    Rien,
}

/// Writes a step over the row read; gives whether it was still so. A second worker that read the same row writes nothing.
///
/// # Errors
/// The database's error.
pub async fn avancer(
    tx: &WriteTx,
    lu: &Complement,
    pas: Pas,
    (le, prochaine): (DateTime<Utc>, DateTime<Utc>),
) -> Result<bool, StoreError> {
    let mut change = Entity::update_many()
        .col_expr(Column::ProchaineLe, Expr::value(Some(prochaine)))
        .filter(Column::Id.eq(lu.id))
        .filter(Column::Relances.eq(i64::from(lu.relances)))
        .filter(Column::FinLe.is_null())
        .filter(if lu.avis_le.is_some() { Column::AvisLe.is_not_null() } else { Column::AvisLe.is_null() });
    change = match pas {
        Pas::Relance(behind) => change
            .col_expr(Column::Relances, Expr::value(i64::from(behind)))
            .col_expr(Column::RelanceLe, Expr::value(Some(le))),
        Pas::Avis => change.col_expr(Column::AvisLe, Expr::value(Some(le))),
        Pas::Rien => change,
    };
    Ok(change.exec(&tx.inner).await?.rows_affected == 1)
}
