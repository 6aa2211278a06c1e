//! Routes, one file per area. A handler calls one use case and gives one page; it never decides.

pub mod demo;
mod publiques;

use crate::registry::{Registry, RegistryError};

/// Declares the routes of this crate that need no use case: embedded files and public pages.
///
/// # Errors
/// When a route of the same address was declared before.
pub fn declare_public<S: Clone + Send + Sync + 'static>(
    registry: &mut Registry<S>,
) -> Result<(), RegistryError> {
    publiques::declare(registry)
}
