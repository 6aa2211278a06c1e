//! Routes, one file per area. A handler calls one use case and gives one page; it never decides.

mod accueil;
mod acte;
mod administration;
mod compte;
mod comptes;
mod conventions;
mod demandes;
pub mod demo;
#[cfg(test)]
mod essais;
mod file;
mod habilitations;
mod partenaires;
mod pieces;
mod preuves;
mod publiques;
mod renfort;
mod revues;

use crate::registry::{Access, Registry, RegistryError};
use crate::state::WebState;
use axum::response::{IntoResponse, Redirect, Response};
use domain::compte::Profil;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

/// Techniciens.
const TECHNICIEN: Access = Access::Connecte(&[Profil::Technicien]);
/// Those who treat demandes.
const DESK: Access = Access::Connecte(&[Profil::Agent, Profil::Superviseur]);
/// Both sides of a demande.
const READERS: Access = Access::Connecte(&[Profil::Technicien, Profil::Agent, Profil::Superviseur]);

/// Declares the routes of this crate that need no use case: embedded files and public pages.
///
/// # Errors
/// When a route of the same address was declared before.
pub fn declare_public<S: Clone + Send + Sync + 'static>(registry: &mut Registry<S>) -> Result<(), RegistryError> {
    publiques::declare(registry)
}

/// Declares home, filing, following, the desk and the conventions.
///
/// # Errors
/// When a route of the same address was declared before.
pub fn declare_demandes(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    accueil::declare(registry)?;
    conventions::declare(registry)?;
    demandes::declare(registry)?;
    pieces::declare(registry)?;
    file::declare(registry)
}

/// Declares structures and what a caisse shares with them.
///
/// # Errors
/// When a route of the same address was declared before.
pub fn declare_partenaires(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    partenaires::declare(registry)
}

/// Declares the sign-in, one's own compte, the sign-out.
///
/// # Errors
/// When a route of the same address was declared before.
pub fn declare_comptes(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    compte::declare(registry)?;
    habilitations::declare(registry)?;
    revues::declare(registry)?;
    preuves::declare(registry)?;
    administration::declare(registry)?;
    comptes::declare(registry)
}

/// After an act: the page that shows what it did, by GET.
fn see_other(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// A file to keep. The name is one of ours: letters, digits, hyphens and a dot.
fn download(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response()
}
