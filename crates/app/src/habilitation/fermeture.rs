//! The rule that a structure keeps a gestionnaire (HA-8).

use crate::error::Outcome;
use domain::compte::{EtatCompte, Profil};
use domain::droits::Rattachement;
use domain::habilitation::peut_partir;
use store::WriteTx;
use store::compte::Compte;

/// Whether a compte may be closed without leaving its structure without a gestionnaire. It takes the lock of the
/// structure, so that two agents who close the last two at once leave one: call it before the compte is locked.
///
/// # Errors
/// [`AppError::Saisie`] at `compte`.
pub(super) async fn reste_un(tx: &WriteTx, compte: &Compte) -> Outcome<()> {
    let (Profil::Gestionnaire, Rattachement::Partenaire(partenaire)) = (compte.profil, compte.rattachement) else {
        return Ok(());
    };
    store::convention::lock_of_partenaire(tx, partenaire).await?;
    let in_use = [EtatCompte::Invite, EtatCompte::Actif];
    let tous = store::compte::ids(tx, compte.rattachement, Profil::Gestionnaire, &in_use).await?;
    let autres = tous.iter().filter(|id| **id != compte.id).count() as u64;
    if peut_partir(autres, false) {
        return Ok(());
    }
    let message = "C’est le dernier gestionnaire de la structure : son départ se signale avec son successeur, qui le remplace le même jour.";
    Err(super::cadre::erreur("compte", message))
}
