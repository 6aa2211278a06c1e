//! Tracked forms: the list of both sides, the forms, the decisions, the public link (HA-3, HA-7, HA-8).

mod demandes;
mod lien;
mod structures;
mod suivi;

use crate::registry::{Access, Registry, RegistryError};
use crate::state::WebState;
use domain::compte::Profil;

/// Gestionnaires.
pub(super) const GESTIONNAIRE: Access = Access::Connecte(&[Profil::Gestionnaire]);
/// Référents.
pub(super) const REFERENT: Access = Access::Connecte(&[Profil::Referent]);
/// Both sides of a form.
const DEUX: Access = Access::Connecte(&[Profil::Gestionnaire, Profil::Referent]);

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    suivi::declare(registry)?;
    demandes::declare(registry)?;
    structures::declare(registry)?;
    lien::declare(registry)
}
