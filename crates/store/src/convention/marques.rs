//! What was told or done for a day of a convention: once, whoever runs the reconciler and how often (CO-10).

use super::Enregistree;
use crate::db::{Tx, WriteTx};
use crate::entity::convention_marque::{ActiveModel, Column, Entity};
use crate::error::StoreError;
use chrono::{DateTime, NaiveDate, Utc};
use domain::convention::NatureRappel;
use domain::droits::{Conduire, Permis};
use domain::ids::ConventionId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set, TryInsertResult};

/// What is done once for a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marque {
    /// A reminder.
    Rappel(NatureRappel),
    /// A tacit renewal was recorded.
    Renouvellement,
    /// The evaluation of the first year was made.
    Evaluation,
    /// An end was carried out.
    Fin,
    /// The avenant of this number, due that day, no longer fits, and its caisse was told: two of one day are told each.
    Avenant(i64),
}

impl Marque {
    /// One of each nature.
    pub const TOUTES: [Self; 10] = [
        Self::Rappel(NatureRappel::Terme90),
        Self::Rappel(NatureRappel::Terme30),
        Self::Rappel(NatureRappel::Terme7),
        Self::Rappel(NatureRappel::Ouverture30),
        Self::Rappel(NatureRappel::Ouverture7),
        Self::Rappel(NatureRappel::Cloture7),
        Self::Renouvellement,
        Self::Evaluation,
        Self::Fin,
        Self::Avenant(0),
    ];

    /// Stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Rappel(nature) => nature.code(),
            Self::Renouvellement => "renouvellement",
            Self::Evaluation => "evaluation",
            Self::Fin => "fin",
            Self::Avenant(_) => "avenant",
        }
    }

    /// Which one of its nature and day.
    const fn rang(self) -> i64 {
        match self {
            Self::Avenant(numero) => numero,
            _ => 0,
        }
    }
}

/// Marks it as done; gives whether it was not yet. Who gets `true` does it, in the same transaction.
///
/// # Errors
/// The database's error.
pub async fn marquer(
    tx: &WriteTx,
    _: &Permis<Conduire>,
    e: &Enregistree,
    (marque, pour): (Marque, NaiveDate),
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let row = ActiveModel {
        convention_id: Set(e.id.get()),
        nature: Set(marque.code().to_owned()),
        pour: Set(pour),
        rang: Set(marque.rang()),
        le: Set(now),
    };
    let done = Entity::insert(row).on_conflict_do_nothing().exec_without_returning(&tx.inner).await?;
    Ok(matches!(done, TryInsertResult::Inserted(1)))
}

/// The days for which something was done, oldest first, for some conventions.
///
/// # Errors
/// The database's error.
pub async fn marques(
    tx: &Tx,
    conventions: &[ConventionId],
    marque: Marque,
) -> Result<Vec<(ConventionId, NaiveDate)>, StoreError> {
    let rows = Entity::find()
        .filter(Column::ConventionId.is_in(conventions.iter().map(|c| c.get())))
        .filter(Column::Nature.eq(marque.code()))
        .all(&tx.inner)
        .await?;
    let mut found: Vec<_> = rows.into_iter().map(|m| (ConventionId::new(m.convention_id), m.pour)).collect();
    found.sort_unstable();
    Ok(found)
}

/// The avenants that were left on their day, by number, for some conventions.
///
/// # Errors
/// The database's error.
pub async fn avenants_ecartes(tx: &Tx, conventions: &[ConventionId]) -> Result<Vec<(ConventionId, i64)>, StoreError> {
    let rows = Entity::find()
        .filter(Column::ConventionId.is_in(conventions.iter().map(|c| c.get())))
        .filter(Column::Nature.eq(Marque::Avenant(0).code()))
        .all(&tx.inner)
        .await?;
    Ok(rows.into_iter().map(|m| (ConventionId::new(m.convention_id), m.rang)).collect())
}
