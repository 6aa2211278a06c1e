//! Reviews of comptes (HA-12): of a structure under one convention, or of the desk of a caisse.

mod dossiers;
pub(crate) mod listes;
mod rythme;

pub use dossiers::{dossiers, rythmes};
pub use listes::{Sujet, Vue, a_rappeler, list};
pub use rythme::{Dossier, bureau, dernieres, premiers_comptes, rythme, sans_revue, set_rythme};

use crate::db::{Tx, WriteTx};
use crate::entity::revue::{ActiveModel, Column, Entity, Model};
use crate::entity::revue_ligne;
use crate::error::StoreError;
use chrono::{DateTime, NaiveDate, Utc};
use domain::droits::{Permis, Portee, Revoir};
use domain::habilitation::{Decision, EtatRevue, MotifRevue};
use domain::ids::{CaisseId, CompteId, ConventionId, PartenaireId, RevueId};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

/// A review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revue {
    /// Id.
    pub id: RevueId,
    /// The caisse that follows it.
    pub caisse: CaisseId,
    /// Its structure; none for the desk's own comptes.
    pub partenaire: Option<PartenaireId>,
    /// Its convention; none for the desk's own comptes.
    pub convention: Option<ConventionId>,
    /// Why it was opened.
    pub motif: MotifRevue,
    /// State.
    pub etat: EtatRevue,
    /// When it was opened.
    pub ouverte_le: DateTime<Utc>,
    /// By whom; nobody when its time had come.
    pub ouverte_par: Option<CompteId>,
    /// Day by which to answer.
    pub echeance: NaiveDate,
    /// Reminder days that are behind.
    pub rappels: u32,
    /// When it was answered.
    pub attestee_le: Option<DateTime<Utc>>,
    /// By whom.
    pub attestee_par: Option<CompteId>,
    /// The proof with its table.
    pub preuve: Option<Uuid>,
    /// Grows with every change.
    pub version: i64,
}

fn of(m: Model) -> Result<Revue, StoreError> {
    let corrupt = |column| StoreError::Corrupt { table: "revue", column, row: m.id };
    Ok(Revue {
        id: RevueId::new(m.id),
        caisse: CaisseId::new(m.caisse_id),
        partenaire: m.partenaire_id.map(PartenaireId::new),
        convention: m.convention_id.map(ConventionId::new),
        motif: MotifRevue::from_code(&m.motif).ok_or(corrupt("motif"))?,
        etat: EtatRevue::from_code(&m.etat).ok_or(corrupt("etat"))?,
        ouverte_le: m.ouverte_le,
        ouverte_par: m.ouverte_par.map(CompteId::new),
        echeance: m.echeance,
        rappels: u32::try_from(m.rappels).map_err(|_| corrupt("rappels"))?,
        attestee_le: m.attestee_le,
        attestee_par: m.attestee_par.map(CompteId::new),
        preuve: m.preuve_id,
        version: m.version,
    })
}

/// Rows inside a scope.
fn within(portee: &Portee) -> Condition {
    let all = Condition::all();
    match portee {
        Portee::Partenaire { partenaire, .. } => all.add(Column::PartenaireId.eq(partenaire.get())),
        Portee::Caisse(caisse) => all.add(Column::CaisseId.eq(caisse.get())),
        Portee::Tout => all,
        Portee::Services { .. } | Portee::Soi(_) => all.add(Expr::val(1).eq(0)),
    }
}

/// Opens a review.
///
/// # Errors
/// [`StoreError::Taken`] when one is open for the same convention or desk, or the database's error.
pub async fn insert(tx: &WriteTx, r: &Revue) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(r.id.get()),
        caisse_id: Set(r.caisse.get()),
        partenaire_id: Set(r.partenaire.map(PartenaireId::get)),
        convention_id: Set(r.convention.map(ConventionId::get)),
        motif: Set(r.motif.code().to_owned()),
        etat: Set(r.etat.code().to_owned()),
        ouverte_le: Set(r.ouverte_le),
        ouverte_par: Set(r.ouverte_par.map(CompteId::get)),
        echeance: Set(r.echeance),
        rappels: Set(i64::from(r.rappels)),
        attestee_le: Set(r.attestee_le),
        attestee_par: Set(r.attestee_par.map(CompteId::get)),
        preuve_id: Set(r.preuve),
        version: Set(r.version),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}

/// The review of an id, if it lies in the scope.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn load(tx: &Tx, portee: &Portee, id: RevueId) -> Result<Option<Revue>, StoreError> {
    Entity::find_by_id(id.get()).filter(within(portee)).one(&tx.inner).await?.map(of).transpose()
}

/// As [`load`], locked until the end of the transaction.
///
/// # Errors
/// As for [`load`].
pub async fn lock(tx: &WriteTx, portee: &Portee, id: RevueId) -> Result<Option<Revue>, StoreError> {
    let found = Entity::find_by_id(id.get()).filter(within(portee)).lock(LockType::Update);
    found.one(&tx.inner).await?.map(of).transpose()
}

/// The open reviews of a structure, under each of its conventions, locked until the end of the transaction.
///
/// # Errors
/// As for [`load`].
pub async fn lock_open_of(tx: &WriteTx, partenaire: PartenaireId) -> Result<Vec<Revue>, StoreError> {
    let rows = Entity::find()
        .filter(Column::PartenaireId.eq(partenaire.get()))
        .filter(Column::Etat.eq(EtatRevue::Ouverte.code()))
        .order_by(Column::Id, Order::Asc)
        .lock(LockType::Update);
    rows.all(&tx.inner).await?.into_iter().map(of).collect()
}

/// The open review of a convention.
///
/// # Errors
/// As for [`load`].
pub async fn open_of(tx: &Tx, convention: ConventionId) -> Result<Option<Revue>, StoreError> {
    let found = Entity::find()
        .filter(Column::ConventionId.eq(convention.get()))
        .filter(Column::Etat.eq(EtatRevue::Ouverte.code()));
    found.one(&tx.inner).await?.map(of).transpose()
}

/// The open review of the desk of a caisse.
///
/// # Errors
/// As for [`load`].
pub async fn open_of_desk(tx: &Tx, caisse: CaisseId) -> Result<Option<Revue>, StoreError> {
    let found = Entity::find()
        .filter(Column::CaisseId.eq(caisse.get()))
        .filter(Column::ConventionId.is_null())
        .filter(Column::Etat.eq(EtatRevue::Ouverte.code()));
    found.one(&tx.inner).await?.map(of).transpose()
}

/// Records the answer over the version read, with what it said of each compte.
///
/// # Errors
/// [`StoreError::Conflict`] when the review changed in between or lies outside the proof's scope: nothing is written.
pub async fn attest(
    tx: &WriteTx,
    permis: &Permis<Revoir>,
    lue: &Revue,
    (preuve, lignes): (Uuid, &[(CompteId, Decision)]),
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let change = Entity::update_many()
        .col_expr(Column::Etat, EtatRevue::Attestee.code().into())
        .col_expr(Column::AttesteeLe, Expr::value(Some(now)))
        .col_expr(Column::AttesteePar, Expr::value(permis.auteur().map(CompteId::get)))
        .col_expr(Column::PreuveId, Expr::value(Some(preuve)))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(lue.id.get()))
        .filter(within(permis.portee()))
        .filter(Column::Etat.eq(EtatRevue::Ouverte.code()))
        .filter(Column::Version.eq(lue.version));
    if change.exec(&tx.inner).await?.rows_affected != 1 {
        return Err(StoreError::Conflict);
    }
    if lignes.is_empty() {
        return Ok(());
    }
    let rows = lignes.iter().map(|(compte, decision)| revue_ligne::ActiveModel {
        revue_id: Set(lue.id.get()),
        compte_id: Set(compte.get()),
        decision: Set(decision.code().to_owned()),
    });
    revue_ligne::Entity::insert_many(rows).exec_without_returning(&tx.inner).await?;
    Ok(())
}

/// Notes that so many reminder days are behind; gives whether it was still as read.
///
/// # Errors
/// The database's error.
pub async fn remind(tx: &WriteTx, lue: &Revue, rappels: u32) -> Result<bool, StoreError> {
    let change = Entity::update_many()
        .col_expr(Column::Rappels, i64::from(rappels).into())
        .filter(Column::Id.eq(lue.id.get()))
        .filter(Column::Etat.eq(EtatRevue::Ouverte.code()))
        .filter(Column::Rappels.eq(i64::from(lue.rappels)));
    Ok(change.exec(&tx.inner).await?.rows_affected == 1)
}
