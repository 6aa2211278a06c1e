//! What a use case answers when it does not succeed. The edge turns each into a page or, later, an API answer.

use crate::ports::HashError;
use domain::droits::Refus;
use store::StoreError;
use store::journal::NotRecorded;

/// An error at a field of a form: its name and a French sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErreurChamp {
    /// Name of the field.
    pub champ: String,
    /// What is wrong and how to mend it. Never echoes a NIR (GA-1).
    pub message: String,
}

impl ErreurChamp {
    /// An error at a field.
    #[must_use]
    pub fn new(champ: impl Into<String>, message: impl Into<String>) -> Self {
        Self { champ: champ.into(), message: message.into() }
    }
}

/// Why a use case did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Not signed in, or the session has ended.
    #[error("no open session")]
    SessionFermee,
    /// Unknown, or outside the acteur's scope: the same answer for both.
    #[error("not found")]
    Introuvable,
    /// The object is known to the acteur, the act is not his.
    #[error("refused: {0}")]
    Interdit(#[from] Refus),
    /// Fields to mend.
    #[error("invalid input")]
    Saisie(Vec<ErreurChamp>),
    /// Somebody else changed the object since the form was made.
    #[error("conflict")]
    Conflit,
    /// The object's state no longer allows the act.
    #[error("state does not allow it: {0}")]
    Etat(#[from] domain::demande::RefusTransition),
    /// The file is known and not « saine »: nobody may open it (PJ-1).
    #[error("file closed: {0:?}")]
    PieceFermee(domain::piece_jointe::Etat),
    /// A caisse has stopped the structure (PA-3): nobody of it signs in. Tells whom to call, never why.
    #[error("structure stopped")]
    StructureArretee(crate::partenaire::Arret),
    /// Too many tries; try again after so many seconds.
    #[error("throttled for {0} s")]
    TropDEssais(u32),
    /// Too busy now; try again after so many seconds.
    #[error("busy")]
    Occupe(u32),
    /// The journal cannot be written: no personal page is shown (architecture, point 11).
    #[error("journal: {0}")]
    Journal(#[from] NotRecorded),
    /// Storage failed.
    #[error(transparent)]
    Stockage(StoreError),
    /// An internal step failed.
    #[error("internal: {0}")]
    Interne(String),
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Conflit,
            other => Self::Stockage(other),
        }
    }
}

impl From<HashError> for AppError {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::Occupe(3),
            other => Self::Interne(other.to_string()),
        }
    }
}

/// Result of a use case.
pub type Outcome<T> = Result<T, AppError>;
