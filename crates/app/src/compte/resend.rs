//! An invitation sent again, because it has expired or was lost (HA-6): the former link no longer works.

use super::acteur::load_renforce;
use super::frein::{self, Cible};
use super::vise::{permis, vise};
use super::{lien, trace};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use domain::compte::{EtatCompte, UsageLien};
use domain::droits::{Acteur, relancer};
use domain::ids::CompteId;

/// Sends the invitation of a compte of a structure again, a few times a day at most.
///
/// # Errors
/// [`AppError::Introuvable`] outside the acteur's scope; [`AppError::Interdit`]; [`AppError::Conflit`] when the person has
/// signed in already or the compte is closed; [`AppError::Saisie`] at `invitation` when too many were sent today, at `code`.
pub async fn resend_invitation(ctx: &Contexte, requete: &Requete, cible: CompteId) -> Outcome<()> {
    const ACTION: &str = "compte.resend_invitation";
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_renforce(ctx, &tx, requete).await?);
    let v = vise(ctx, &tx, &acteur, cible).await?;
    let objet = trace::objet(&v.compte);
    let decision = relancer(&acteur, &v.cible());
    let (_, tx) = permis(ctx, requete, (&acteur, tx), (ACTION, objet.clone()), decision).await?;
    if v.compte.etat != EtatCompte::Invite {
        return Err(AppError::Conflit);
    }
    match frein::compte(ctx, &tx, Cible::Lien(&v.compte.identifiant)).await {
        Ok(()) => {}
        Err(AppError::TropDEssais(_)) => {
            let message = "Cette invitation a déjà été renvoyée plusieurs fois aujourd’hui. Vérifiez l’adresse avec la personne, puis réessayez demain.";
            return Err(AppError::Saisie(vec![ErreurChamp::new("invitation", message)]));
        }
        Err(autre) => return Err(autre),
    }
    lien::envoie(ctx, &tx, cible, UsageLien::Invitation).await?;
    ctx.journal(&tx, ctx.entree(requete, &acteur, ACTION, objet)).await?;
    tx.commit().await?;
    Ok(())
}
