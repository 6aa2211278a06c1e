//! Anonymous facts: one row per filing, closing, cancelling or appointment, in its own transaction (architecture, point 16).

use crate::db::{Tx, WriteTx};
use crate::entity::fait;
use crate::error::StoreError;
use domain::demande::{Issue, Sorte};
use domain::ids::{CaisseId, ConventionId};
use sea_orm::sea_query::{LockBehavior, LockType};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Set};
use uuid::Uuid;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// A demande was filed.
    Depot,
    /// A demande was closed.
    Cloture,
    /// A demande was withdrawn.
    Annulation,
}

impl Nature {
    const fn code(self) -> &'static str {
        match self {
            Self::Depot => "depot",
            Self::Cloture => "cloture",
            Self::Annulation => "annulation",
        }
    }
}

/// A fact; nothing in it leads back to a person.
#[derive(Clone, Debug)]
pub struct Fait {
    /// At which caisse.
    pub caisse: CaisseId,
    /// Under which conventions.
    pub convention: ConventionId,
    /// What happened.
    pub nature: Nature,
    /// Kind of demande.
    pub sorte: Sorte,
    /// Sub-kinds, as codes separated by commas.
    pub sous_types: String,
    /// Month, `YYYY-MM`, in the caisse's zone.
    pub mois: String,
    /// Outcome, when closed.
    pub issue: Option<Issue>,
    /// Jours ouvrés since filing: total, and without the partner's waits.
    pub delais: Option<(u32, u32)>,
    /// Whether urgent.
    pub urgent: bool,
}

/// Takes back a closing fact that says exactly this: the closing it told was undone by a reopening (DE-7). Facts of one
/// content are one as good as the other, so that no trace of the demande is needed to find it. Gives whether there was one.
///
/// # Errors
/// The database's error.
pub async fn take_back(tx: &WriteTx, fait: &Fait) -> Result<bool, StoreError> {
    let same = fait::Entity::find()
        .select_only()
        .column(fait::Column::Id)
        .filter(fait::Column::CaisseId.eq(fait.caisse.get()))
        .filter(fait::Column::Mois.eq(fait.mois.as_str()))
        .filter(fait::Column::ConventionId.eq(fait.convention.get()))
        .filter(fait::Column::Nature.eq(fait.nature.code()))
        .filter(fait::Column::Sorte.eq(fait.sorte.code()))
        .filter(fait::Column::SousTypes.eq(fait.sous_types.as_str()))
        .filter(fait::Column::Issue.eq(fait.issue.map(Issue::code)))
        .filter(fait::Column::DelaiTotal.eq(fait.delais.map(|d| i64::from(d.0))))
        .filter(fait::Column::DelaiNet.eq(fait.delais.map(|d| i64::from(d.1))))
        .filter(fait::Column::Urgent.eq(fait.urgent))
        .limit(1)
        // Two reopenings at once take back two facts.
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    let Some(id) = same.into_tuple::<Uuid>().one(&tx.inner).await? else { return Ok(false) };
    Ok(fait::Entity::delete_by_id(id).exec(&tx.inner).await?.rows_affected == 1)
}

/// Adds a fact to the caller's transaction.
pub fn insert(tx: &WriteTx, id: Uuid, fait: Fait) {
    tx.add_later(row(id, fait));
}

/// The row of a fact.
pub(crate) fn row(id: Uuid, fait: Fait) -> fait::ActiveModel {
    fait::ActiveModel {
        id: Set(id),
        caisse_id: Set(fait.caisse.get()),
        convention_id: Set(fait.convention.get()),
        nature: Set(fait.nature.code().to_owned()),
        sorte: Set(fait.sorte.code().to_owned()),
        sous_types: Set(fait.sous_types),
        mois: Set(fait.mois),
        issue: Set(fait.issue.map(|i| i.code().to_owned())),
        delai_total: Set(fait.delais.map(|d| i64::from(d.0))),
        delai_net: Set(fait.delais.map(|d| i64::from(d.1))),
        urgent: Set(fait.urgent),
        canal: Set("portail".to_owned()),
    }
}

/// Facts of a nature, by its code.
///
/// # Errors
/// The database's error.
pub async fn count(tx: &Tx, nature: &str) -> Result<u64, StoreError> {
    Ok(fait::Entity::find().filter(fait::Column::Nature.eq(nature)).count(&tx.inner).await?)
}
