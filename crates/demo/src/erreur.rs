//! Why a demonstration could not be filled.

use app::AppError;

/// Why a demonstration could not be filled; what was filled so far is to be thrown away.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// An embedded convention was refused.
    #[error("convention: {0}")]
    Convention(String),
    /// A use case refused what a persona did.
    #[error("use case: {0}")]
    App(#[from] AppError),
    /// A persona did something at a wrong step.
    #[error("persona {0}: unexpected step")]
    Etape(String),
    /// A paper could not be printed.
    #[error("paper: {0}")]
    Imprime(String),
    /// A table of this crate lacks an entry.
    #[error("table: {0}")]
    Table(&'static str),
}
