//! Closing a compte inside a caller's transaction, and the rule that a structure keeps a gestionnaire (HA-8).

use crate::context::Contexte;
use crate::error::{AppError, Outcome};
use chrono::{DateTime, Months, Utc};
use domain::calendrier::Zone;
use domain::compte::{CoteInactif, EtatCompte, Fermeture, Profil, RaisonInactif};
use domain::droits::{Habiliter, Permis, Rattachement};
use domain::habilitation::peut_partir;
use store::WriteTx;
use store::compte::{Compte, liens, sessions};

/// Months after which a closed compte is deleted (HA-10).
const SUPPRESSION_MOIS: u32 = 6;

fn fermeture(zone: Zone, le: DateTime<Utc>, (raison, cote): (RaisonInactif, CoteInactif)) -> Fermeture {
    let local = le.with_timezone(&zone.fuseau());
    let fin = local.checked_add_months(Months::new(SUPPRESSION_MOIS)).map_or(le, |d| d.with_timezone(&Utc));
    Fermeture { le, raison, cote, supprimer_le: fin }
}

/// Closes a compte that is in use: its sessions end, its links stop.
pub(crate) async fn ferme(
    ctx: &Contexte,
    tx: &WriteTx,
    permis: &Permis<Habiliter>,
    compte: &Compte,
    (zone, raison, cote): (Zone, RaisonInactif, CoteInactif),
) -> Outcome<()> {
    if !matches!(compte.etat, EtatCompte::Invite | EtatCompte::Actif) {
        return Err(AppError::Conflit);
    }
    let now = ctx.now();
    let fermeture = Some(fermeture(zone, now, (raison, cote)));
    store::compte::save(tx, permis, &Compte { etat: EtatCompte::Inactif, fermeture, ..compte.clone() }).await?;
    sessions::close_all(tx, permis, compte.id, None).await?;
    liens::revoke(tx, compte.id, now).await?;
    Ok(())
}

/// Whether a compte may be closed without leaving its structure without a gestionnaire. It takes the lock of the
/// structure, so that two agents who close the last two at once leave one: call it before the compte is locked.
///
/// # Errors
/// [`AppError::Saisie`] at `compte`.
pub(crate) async fn reste_un(tx: &WriteTx, compte: &Compte) -> Outcome<()> {
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
