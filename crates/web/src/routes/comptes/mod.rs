//! The comptes of structures: the gestionnaire's pages, and what the caisse sees and does of them.

mod annonces;
mod caisse;
mod gestion;
mod incidents;
mod membres;
mod reglages;

use crate::registry::{Access, Registry, RegistryError};
use crate::state::WebState;
use domain::compte::Profil;

/// Gestionnaires.
const GESTIONNAIRE: Access = Access::Connecte(&[Profil::Gestionnaire]);
/// Référents.
const REFERENT: Access = Access::Connecte(&[Profil::Referent]);
/// Both.
const LECTEURS: Access = Access::Connecte(&[Profil::Gestionnaire, Profil::Referent]);

/// Declares the routes of the comptes of structures.
pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    gestion::declare(registry)?;
    incidents::declare(registry)?;
    annonces::declare(registry)?;
    membres::declare(registry)?;
    caisse::declare(registry)?;
    reglages::declare(registry)
}
