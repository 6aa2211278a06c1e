//! Closing a compte: it ends its sessions at once (HA-9).

use super::acteur::load_renforce;
use super::trace;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use domain::compte::EtatCompte;
use domain::droits::{Acteur, Cible, inactiver, lire_comptes};
use domain::ids::CompteId;
use store::compte::{self, Compte, liens, sessions};

/// Closes a compte that the acteur manages.
///
/// # Errors
/// [`AppError::Introuvable`] outside the acteur's scope; [`AppError::Interdit`] when closing it is not his;
/// [`AppError::Conflit`] when it is closed already.
pub async fn deactivate(ctx: &Contexte, requete: &Requete, cible: CompteId) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_renforce(ctx, &tx, requete).await?);
    let portee = lire_comptes(&acteur)?;
    let compte = compte::lock(&tx, &portee, cible).await?.ok_or(AppError::Introuvable)?;
    let permis = inactiver(&acteur, &Cible { profil: compte.profil, rattachement: compte.rattachement, caisses: &[] });
    let objet = trace::objet(&compte);
    let permis = match permis {
        Ok(permis) if acteur.compte() != Some(cible) => permis,
        refus => {
            drop(tx);
            let cause = AppError::Interdit(refus.err().unwrap_or(domain::droits::Refus::ActeInterdit));
            return Err(ctx.refuse(requete, &acteur, ("compte.deactivate", objet), cause).await);
        }
    };
    if !matches!(compte.etat, EtatCompte::Invite | EtatCompte::Actif) {
        return Err(AppError::Conflit);
    }
    compte::save(&tx, &permis, &Compte { etat: EtatCompte::Inactif, ..compte.clone() }).await?;
    sessions::close_all(&tx, &permis, compte.id, None).await?;
    liens::revoke(&tx, compte.id, ctx.now()).await?;
    ctx.journal(&tx, ctx.entree(requete, &acteur, "compte.deactivate", objet)).await?;
    tx.commit().await?;
    Ok(())
}
