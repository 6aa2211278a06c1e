//! The tamper-evident log (architecture, point 11; JO-1).
//!
//! A writing use case inserts its row in its own transaction ([`write()`]); a reading one hands it to [`Readings`], which
//! commits all waiting rows together. [`seal`] chains what is committed; [`verify`] names the first bad row. No
//! personal data of an assuré and no free text may be put in a row.

mod chain;
mod readings;
mod verify;

use crate::db::WriteTx;
use crate::entity::{journal_ecriture, journal_lecture};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::ids::{CaisseId, CompteId, PartenaireId};
use sea_orm::{EntityTrait, NotSet, Set};
use uuid::Uuid;

pub use chain::{Sealer, seal};
pub use readings::{NotRecorded, Readings};
pub use verify::{Defect, verify};

/// Whether the act was done or refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resultat {
    /// Done.
    Fait,
    /// Refused.
    Refus,
}

impl Resultat {
    const fn code(self) -> &'static str {
        match self {
            Self::Fait => "fait",
            Self::Refus => "refus",
        }
    }
}

/// One row: who, what, when, from where.
#[derive(Clone, Debug)]
pub struct Entree {
    /// Unique id of the row.
    pub id: Uuid,
    /// When.
    pub le: DateTime<Utc>,
    /// Request id.
    pub requete: String,
    /// Profil or system reason.
    pub acteur: &'static str,
    /// The compte, if a person.
    pub compte: Option<CompteId>,
    /// What, as `objet.verb`.
    pub action: &'static str,
    /// Kind of object.
    pub objet: &'static str,
    /// Which one.
    pub objet_id: Option<String>,
    /// Tenant on the desk side.
    pub caisse: Option<CaisseId>,
    /// Tenant on the partner side.
    pub partenaire: Option<PartenaireId>,
    /// Network address of the client.
    pub adresse: Option<String>,
    /// Outcome.
    pub resultat: Resultat,
    /// Further facts as a flat JSON text: codes and counts only.
    pub details: String,
}

/// Adds a row to the caller's transaction: one that cannot be written makes its commit fail.
pub fn write(tx: &WriteTx, entree: Entree) {
    let row = journal_ecriture::ActiveModel {
        numero: NotSet,
        id: Set(entree.id),
        le: Set(entree.le),
        requete: Set(entree.requete),
        acteur: Set(entree.acteur.to_owned()),
        compte_id: Set(entree.compte.map(CompteId::get)),
        action: Set(entree.action.to_owned()),
        objet: Set(entree.objet.to_owned()),
        objet_id: Set(entree.objet_id),
        caisse_id: Set(entree.caisse.map(CaisseId::get)),
        partenaire_id: Set(entree.partenaire.map(PartenaireId::get)),
        adresse: Set(entree.adresse),
        resultat: Set(entree.resultat.code().to_owned()),
        details: Set(entree.details),
    };
    tx.journal(row);
}

fn reading_row(entree: Entree) -> journal_lecture::ActiveModel {
    journal_lecture::ActiveModel {
        numero: NotSet,
        id: Set(entree.id),
        le: Set(entree.le),
        requete: Set(entree.requete),
        acteur: Set(entree.acteur.to_owned()),
        compte_id: Set(entree.compte.map(CompteId::get)),
        action: Set(entree.action.to_owned()),
        objet: Set(entree.objet.to_owned()),
        objet_id: Set(entree.objet_id),
        caisse_id: Set(entree.caisse.map(CaisseId::get)),
        partenaire_id: Set(entree.partenaire.map(PartenaireId::get)),
        adresse: Set(entree.adresse),
        resultat: Set(entree.resultat.code().to_owned()),
        details: Set(entree.details),
    }
}

async fn insert_readings(tx: &WriteTx, rows: Vec<Entree>) -> Result<(), StoreError> {
    let rows = rows.into_iter().map(reading_row);
    journal_lecture::Entity::insert_many(rows).exec_without_returning(&tx.inner).await?;
    Ok(())
}
