//! Comptes of the desk and of the country (CA-4, HA-1): the administrateur local opens and closes those of his caisse, the
//! administrateur national the administrateurs locaux and the national ones. Administration shows no content of a demande.

mod list;
mod reopen;
mod resend;
mod services;
mod show;

pub use list::{Cible, Ligne, Liste, list, targets};
pub use reopen::reopen;
pub use resend::resend;
pub use services::change_services;
pub use show::{Fiche, show};

use crate::error::{AppError, Outcome};
use domain::compte::Profil;
use domain::droits::{Acteur, Portee, Rattachement, Refus, lire_comptes};

/// Profils of one caisse that its administrateur local manages.
const LOCAUX: [Profil; 5] = [Profil::Agent, Profil::Superviseur, Profil::Referent, Profil::Responsable, Profil::Dpo];
/// Profils that the administrateur national manages.
const NATIONAUX: [Profil; 3] = [Profil::AdministrateurLocal, Profil::AdministrateurNational, Profil::Support];

/// The scope and the profils that an administrateur manages.
fn managed(acteur: &Acteur) -> Outcome<(Portee, &'static [Profil])> {
    let Acteur::Compte(a) = acteur else { return Err(AppError::Interdit(Refus::ActeInterdit)) };
    match (a.profil, a.rattachement) {
        (Profil::AdministrateurLocal, Rattachement::Caisse(_)) => Ok((lire_comptes(acteur)?, &LOCAUX)),
        (Profil::AdministrateurNational, Rattachement::National) => Ok((lire_comptes(acteur)?, &NATIONAUX)),
        _ => Err(AppError::Interdit(Refus::ActeInterdit)),
    }
}
