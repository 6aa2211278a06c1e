//! The services of an agent (CA-4): what is in charge stays with him.

use super::managed;
use super::show::visible;
use crate::compte::{load_renforce, objet_compte};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use domain::compte::{EtatCompte, Profil};
use domain::droits::{Acteur, Cible, Rattachement, Refus, habiliter};
use domain::ids::{CompteId, ServiceId};
use store::compte::{self, Compte};

/// Gives an agent other services of his caisse.
///
/// # Errors
/// [`AppError::Saisie`] at `code` and `services`; [`AppError::Conflit`] when the compte changed or is closed;
/// [`AppError::Interdit`], [`AppError::Introuvable`].
pub async fn change_services(
    ctx: &Contexte,
    requete: &Requete,
    (id, version): (CompteId, i64),
    services: &[ServiceId],
) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_renforce(ctx, &tx, requete).await?);
    let (portee, profils) = managed(&acteur)?;
    visible(ctx, &tx, (&portee, profils), id).await?;
    let lu = compte::lock(&tx, &portee, id, ctx.now()).await?.ok_or(AppError::Introuvable)?;
    let cible = Cible { profil: lu.profil, rattachement: lu.rattachement, caisses: &[] };
    let permis = habiliter(&acteur, &cible)?;
    let (Profil::Agent, Rattachement::Caisse(caisse)) = (lu.profil, lu.rattachement) else {
        return Err(AppError::Interdit(Refus::ActeInterdit));
    };
    if lu.version != version || !matches!(lu.etat, EtatCompte::Invite | EtatCompte::Actif) {
        return Err(AppError::Conflit);
    }
    let refuse = |message: &str| AppError::Saisie(vec![ErreurChamp::new("services", message)]);
    if services.is_empty() {
        return Err(refuse("Choisissez au moins un service."));
    }
    let known = store::caisse::services(&tx, caisse).await?;
    if !services.iter().all(|s| known.iter().any(|k| k.id == *s)) {
        return Err(refuse("Ce service n’est pas un service de la caisse."));
    }
    compte::replace_services(&tx, &permis, id, services).await?;
    compte::save(&tx, &permis, &Compte { ..lu.clone() }).await?;
    ctx.journal(&tx, ctx.entree(requete, &acteur, "administration.change_services", objet_compte(&lu))).await?;
    tx.commit().await?;
    Ok(())
}
