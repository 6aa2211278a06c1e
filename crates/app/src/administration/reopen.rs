//! Opening a compte of the desk again before it is deleted (HA-9, HA-10).

use super::managed;
use super::show::visible;
use crate::compte::{load_renforce, objet_compte, rouvre};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use domain::compte::{EtatCompte, RaisonInactif};
use domain::droits::{Acteur, Cible, Refus, habiliter};
use domain::ids::CompteId;
use store::compte;

/// Opens a compte again; whoever had finished his first sign-in signs in as before, but for a loss, a theft or a fraud:
/// then he begins again by a one-time link (HA-11).
///
/// # Errors
/// [`AppError::Saisie`] at `code`; [`AppError::Conflit`] when it is open or changed; [`AppError::Interdit`] for an excluded
/// one and for oneself; [`AppError::Introuvable`].
pub async fn reopen(ctx: &Contexte, requete: &Requete, (id, version): (CompteId, i64)) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_renforce(ctx, &tx, requete).await?);
    let (portee, profils) = managed(&acteur)?;
    visible(ctx, &tx, (&portee, profils), id).await?;
    let lu = compte::lock(&tx, &portee, id, ctx.now()).await?.ok_or(AppError::Introuvable)?;
    let cible = Cible { profil: lu.profil, rattachement: lu.rattachement, caisses: &[] };
    let permis = habiliter(&acteur, &cible)?;
    if acteur.compte() == Some(id) || lu.fermeture.is_some_and(|f| f.raison == RaisonInactif::Exclusion) {
        return Err(AppError::Interdit(Refus::ActeInterdit));
    }
    if lu.etat != EtatCompte::Inactif || lu.version != version {
        return Err(AppError::Conflit);
    }
    rouvre(ctx, &tx, &permis, &lu).await?;
    ctx.journal(&tx, ctx.entree(requete, &acteur, "administration.reopen", objet_compte(&lu))).await?;
    tx.commit().await?;
    Ok(())
}
