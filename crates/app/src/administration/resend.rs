//! Sending an invitation again (HA-6): the earlier link stops working.

use super::managed;
use super::show::visible;
use crate::compte::{lien, load_renforce, objet_compte};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use domain::compte::{EtatCompte, UsageLien};
use domain::droits::{Acteur, Cible, habiliter};
use domain::ids::CompteId;
use store::compte;

/// Sends the invitation of a compte of the desk again.
///
/// # Errors
/// [`AppError::Saisie`] at `code`; [`AppError::Conflit`] when the invitation was taken up; [`AppError::Interdit`];
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
    lien::envoie(ctx, &tx, id, UsageLien::Invitation).await?;
    ctx.journal(&tx, ctx.entree(requete, &acteur, "administration.resend", objet_compte(&lu))).await?;
    tx.commit().await?;
    Ok(())
}
