//! Sending an invitation again (HA-6): the earlier link stops working.

use super::managed;
use super::show::visible;
use crate::compte::frein::{self, Cible as Frein};
use crate::compte::{lien, load_renforce, objet_compte};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use domain::compte::{EtatCompte, UsageLien};
use domain::droits::{Acteur, Cible, habiliter};
use domain::ids::CompteId;
use store::compte;

/// Said when it was sent too often.
const TROP: &str = "Cette invitation a déjà été renvoyée plusieurs fois aujourd’hui. Vérifiez l’adresse avec la personne, puis réessayez demain.";

/// Sends the invitation of a compte of the desk again, a few times a day at most.
///
/// # Errors
/// [`AppError::Saisie`] at `code`, at `invitation` when too many were sent today; [`AppError::Conflit`] when the invitation was taken up; [`AppError::Interdit`];
/// [`AppError::Introuvable`].
pub async fn resend(ctx: &Contexte, requete: &Requete, id: CompteId) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_renforce(ctx, &tx, requete).await?);
    let (portee, profils) = managed(&acteur)?;
    visible(ctx, &tx, (&portee, profils), id).await?;
    let lu = compte::lock(&tx, &portee, id, ctx.now()).await?.ok_or(AppError::Introuvable)?;
    habiliter(&acteur, &Cible { profil: lu.profil, rattachement: lu.rattachement, caisses: &[] })?;
    if lu.etat != EtatCompte::Invite {
        return Err(AppError::Conflit);
    }
    match frein::compte(ctx, &tx, Frein::Lien(&lu.identifiant)).await {
        Err(AppError::TropDEssais(_)) => {
            return Err(AppError::Saisie(vec![ErreurChamp::new("invitation", TROP)]));
        }
        autre => autre?,
    }
    lien::envoie(ctx, &tx, id, UsageLien::Invitation).await?;
    ctx.journal(&tx, ctx.entree(requete, &acteur, "administration.resend", objet_compte(&lu))).await?;
    tx.commit().await?;
    Ok(())
}
