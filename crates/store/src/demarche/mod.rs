//! Tracked forms about the comptes of a structure: what people wrote is sealed, what lists sort by is not (HA-3, HA-7,
//! HA-8).

pub mod liens;
pub(crate) mod listes;
mod modele;

pub use listes::{Vue, dues, list};
pub use modele::{Contenu, Demarche, Modification, Personne, Recu};

use crate::db::{Tx, WriteTx};
use crate::entity::demarche::{ActiveModel, Column, Entity, Model};
use crate::error::StoreError;
use crate::keys::{open, seal};
use chrono::{DateTime, NaiveDate, Utc};
use domain::droits::{Acte, Permis, Portee};
use domain::habilitation::{EtatDemarche, NatureDemarche, VoieDemarche};
use domain::ids::{CaisseId, CompteId, ConventionId, DemarcheId, PartenaireId};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QuerySelect, Set};
use vault::Scope;

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

async fn of(tx: &Tx, m: Model) -> Result<Demarche, StoreError> {
    let corrupt = |column| StoreError::Corrupt { table: "demarche", column, row: m.id };
    let key = tx.key(Scope::Comptes).await?;
    Ok(Demarche {
        id: DemarcheId::new(m.id),
        nature: NatureDemarche::from_code(&m.nature).ok_or(corrupt("nature"))?,
        voie: VoieDemarche::from_code(&m.voie).ok_or(corrupt("voie"))?,
        etat: EtatDemarche::from_code(&m.etat).ok_or(corrupt("etat"))?,
        partenaire: PartenaireId::new(m.partenaire_id),
        caisse: CaisseId::new(m.caisse_id),
        convention: ConventionId::new(m.convention_id),
        compte: m.compte_id.map(CompteId::new),
        auteur: m.auteur_id.map(CompteId::new),
        recue_le: m.recue_le,
        souhaite_le: m.souhaite_le,
        contenu: open(&key, "demarche", m.id, &m.scelle)?,
        decidee_le: m.decidee_le,
        decidee_par: m.decidee_par.map(CompteId::new),
        version: m.version,
    })
}

/// The form of an id, if it lies in the scope.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn load(tx: &Tx, portee: &Portee, id: DemarcheId) -> Result<Option<Demarche>, StoreError> {
    match Entity::find_by_id(id.get()).filter(within(portee)).one(&tx.inner).await? {
        Some(m) => Ok(Some(of(tx, m).await?)),
        None => Ok(None),
    }
}

/// As [`load`], locked until the end of the transaction.
///
/// # Errors
/// As for [`load`].
pub async fn lock(tx: &WriteTx, portee: &Portee, id: DemarcheId) -> Result<Option<Demarche>, StoreError> {
    let found = Entity::find_by_id(id.get()).filter(within(portee)).lock(LockType::Update);
    match found.one(&tx.inner).await? {
        Some(m) => Ok(Some(of(tx, m).await?)),
        None => Ok(None),
    }
}

/// The day a list sorts by: the first due day, the wished day, or the end of the calendar where there is none.
fn rang(recu: &Recu) -> NaiveDate {
    let due = recu.contenu.echeances.first().map(|(jour, _)| *jour);
    due.or(recu.souhaite_le).or(NaiveDate::from_ymd_opt(9999, 12, 31)).unwrap_or(NaiveDate::MAX)
}

/// Adds a form that was received.
///
/// # Errors
/// [`StoreError::Taken`] when one of the same kind is open for the same compte, or the database's error.
pub async fn insert(tx: &WriteTx, recu: &Recu, now: DateTime<Utc>) -> Result<(), StoreError> {
    tx.ensure_key(Scope::Comptes, now).await?;
    let key = tx.key(Scope::Comptes).await?;
    let row = ActiveModel {
        id: Set(recu.id.get()),
        nature: Set(recu.nature.code().to_owned()),
        voie: Set(recu.voie.code().to_owned()),
        etat: Set(EtatDemarche::Recue.code().to_owned()),
        partenaire_id: Set(recu.partenaire.get()),
        caisse_id: Set(recu.caisse.get()),
        convention_id: Set(recu.convention.get()),
        compte_id: Set(recu.compte.map(CompteId::get)),
        auteur_id: Set(recu.auteur.map(CompteId::get)),
        recue_le: Set(recu.recue_le),
        rang: Set(rang(recu)),
        souhaite_le: Set(recu.souhaite_le),
        scelle: Set(seal(&key, "demarche", recu.id.get(), &recu.contenu)?),
        decidee_le: Set(None),
        decidee_par: Set(None),
        version: Set(1),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}

/// Writes a new state over the version read, with what was decided and by whom; the system decides without anybody. The
/// compte a habilitation opened is noted with it. The tenant condition is the proof's.
///
/// # Errors
/// [`StoreError::Conflict`] when the form changed in between or lies outside the proof's scope: nothing is written.
pub async fn save<A: Acte>(
    tx: &WriteTx,
    permis: &Permis<A>,
    lue: &Demarche,
    etat: EtatDemarche,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    write(tx, permis, lue, etat, permis.auteur().map(|auteur| (auteur, now))).await
}

async fn write<A: Acte>(
    tx: &WriteTx,
    permis: &Permis<A>,
    lue: &Demarche,
    etat: EtatDemarche,
    decision: Option<(CompteId, DateTime<Utc>)>,
) -> Result<(), StoreError> {
    let key = tx.key(Scope::Comptes).await?;
    let mut change = Entity::update_many()
        .col_expr(Column::Etat, etat.code().into())
        .col_expr(Column::Scelle, seal(&key, "demarche", lue.id.get(), &lue.contenu)?.into())
        .col_expr(Column::CompteId, Expr::value(lue.compte.map(CompteId::get)))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(lue.id.get()))
        .filter(within(permis.portee()))
        .filter(Column::Version.eq(lue.version));
    if let Some((auteur, now)) = decision {
        change = change
            .col_expr(Column::DecideeLe, Expr::value(Some(now)))
            .col_expr(Column::DecideePar, Expr::value(Some(auteur.get())));
    }
    match change.exec(&tx.inner).await?.rows_affected {
        1 => Ok(()),
        _ => Err(StoreError::Conflict),
    }
}

/// Writes content and state over the version read, by the structure itself: nothing is decided by it.
///
/// # Errors
/// As for [`save`].
pub async fn save_content<A: Acte>(
    tx: &WriteTx,
    permis: &Permis<A>,
    lue: &Demarche,
    etat: EtatDemarche,
) -> Result<(), StoreError> {
    write(tx, permis, lue, etat, None).await
}
