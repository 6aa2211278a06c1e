//! Opening a closed compte again, whoever does it: one place for what goes with it (HA-9, HA-11).

use super::lien;
use crate::context::Contexte;
use crate::error::{AppError, Outcome};
use crate::mails::{self, Mail, Pour, comptes::Lettre};
use domain::compte::{EtatCompte, RaisonInactif, UsageLien};
use domain::droits::{Acte, Permis};
use store::WriteTx;
use store::compte::{self, Compte};

/// Opens a closed compte in the caller's transaction and tells the person; gives its state. After a loss, a theft or a
/// fraud, or where the first sign-in was never finished, password, second factor and recovery codes are forgotten and the
/// person begins again by a one-time link.
///
/// # Errors
/// [`AppError::Conflit`] when it is not closed, or changed since it was read; the database's error.
pub(crate) async fn rouvre<A: Acte>(
    ctx: &Contexte,
    tx: &WriteTx,
    permis: &Permis<A>,
    compte: &Compte,
) -> Outcome<EtatCompte> {
    if !matches!(compte.etat, EtatCompte::Inactif | EtatCompte::Exclu) {
        return Err(AppError::Conflit);
    }
    if recommence(compte) {
        let neuf = Compte {
            etat: EtatCompte::Invite,
            fermeture: None,
            mot_de_passe: None,
            second_facteur: None,
            ..compte.clone()
        };
        compte::save(tx, permis, &neuf).await?;
        compte::codes::forget(tx, permis, compte.id).await?;
        lien::envoie(ctx, tx, compte.id, UsageLien::Invitation).await?;
        return Ok(EtatCompte::Invite);
    }
    compte::save(tx, permis, &Compte { etat: EtatCompte::Actif, fermeture: None, ..compte.clone() }).await?;
    mails::push(ctx, tx, &Mail::Comptes { pour: Pour::Compte(compte.id), lettre: Lettre::Reactive }).await?;
    Ok(EtatCompte::Actif)
}

/// Whether what the person knew or had may be in other hands, or was never chosen.
fn recommence(compte: &Compte) -> bool {
    let compromis = compte.fermeture.is_some_and(|f| f.raison == RaisonInactif::Signalement);
    compromis || compte.mot_de_passe.is_none() || !compte.est_enrole() || compte.derniere_connexion.is_none()
}
