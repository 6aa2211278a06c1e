//! One SIRET, one structure (PA-1).

use crate::error::{AppError, ErreurChamp, Outcome};
use domain::droits::{Acte, Permis};
use domain::identifiants::Siret;
use domain::ids::PartenaireId;
use store::{StoreError, WriteTx, partenaire};

/// Notes the SIRET of a structure, by which another caisse finds it.
///
/// # Errors
/// [`AppError::Saisie`] at `siret` when it is another structure's.
pub(crate) async fn note_siret<A: Acte>(
    tx: &WriteTx,
    permis: &Permis<A>,
    id: PartenaireId,
    siret: Option<&str>,
) -> Outcome<()> {
    let siret = siret.and_then(|s| Siret::parse(s).ok());
    match partenaire::note_siret(tx, permis, id, siret.as_ref().map(Siret::canonique)).await {
        Err(StoreError::Taken) => {
            let message = "Ce SIRET est déjà celui d’une autre structure : vérifiez-le, ou cherchez cette structure.";
            Err(AppError::Saisie(vec![ErreurChamp::new("siret", message)]))
        }
        autre => Ok(autre?),
    }
}
