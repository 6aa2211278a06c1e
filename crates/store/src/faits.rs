//! Anonymous facts: one row per filing, closing, cancelling or appointment, in its own transaction (architecture, point 16).

use crate::db::WriteTx;
use crate::entity::fait;
use crate::error::StoreError;
use domain::demande::{Issue, Sorte};
use domain::ids::{CaisseId, ConventionId};
use sea_orm::{ActiveModelTrait, Set};
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

/// Adds a fact to the caller's transaction.
///
/// # Errors
/// The database's error.
pub async fn insert(tx: &WriteTx, id: Uuid, fait: Fait) -> Result<(), StoreError> {
    let row = fait::ActiveModel {
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
    };
    row.insert(&tx.inner).await?;
    Ok(())
}
