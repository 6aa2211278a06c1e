//! Structures and what a caisse shares with them: sheets, cuts, unions, files, document, threads, news. A handler calls
//! one use case and gives one page.

mod actes;
mod communs;
mod fiches;
mod listes;

use crate::error::{Kind, PageError};
use crate::registry::{Access, Registry, RegistryError};
use crate::state::WebState;
use app::{AppError, ErreurChamp};
use domain::compte::Profil;
use std::fmt;
use std::str::FromStr;

/// The référents of a caisse.
const REFERENT: Access = Access::Connecte(&[Profil::Referent]);
/// The gestionnaires of a structure.
const GESTIONNAIRE: Access = Access::Connecte(&[Profil::Gestionnaire]);
/// Both sides of a convention.
const DEUX_COTES: Access = Access::Connecte(&[Profil::Referent, Profil::Gestionnaire]);
/// Those who read the news of a caisse.
const LECTEURS: Access = Access::Connecte(&[Profil::Referent, Profil::Gestionnaire, Profil::Technicien]);
/// The partner side.
const PARTENAIRES: Access = Access::Connecte(&[Profil::Gestionnaire, Profil::Technicien]);

/// Said at the top when somebody else changed the convention meanwhile: what was typed stays on the page.
const CHANGEE: &str = "La fiche a changé pendant que vous remplissiez cette page. Relisez, puis envoyez de nouveau.";

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    listes::declare(registry)?;
    fiches::declare(registry)?;
    actes::declare(registry)?;
    communs::declare(registry)
}

/// Key of a convention or word of a structure in an address: letters, digits and hyphens.
#[derive(Debug, Clone)]
struct Cle(String);

impl FromStr for Cle {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let cle = !text.is_empty() && text.len() <= 200 && text.chars().all(sound);
        if cle { Ok(Self(text.to_owned())) } else { Err(()) }
    }
}

impl fmt::Display for Cle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The form that was refused, or the error's own page.
fn saisie(error: AppError) -> Result<Vec<ErreurChamp>, PageError> {
    match error {
        AppError::Saisie(erreurs) => Ok(erreurs),
        other => Err(other.into()),
    }
}

/// The whole number of a hidden field.
fn number<T: FromStr>(text: &str) -> Result<T, PageError> {
    text.parse().map_err(|_| PageError::new(Kind::Malformed))
}
