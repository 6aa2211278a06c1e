//! The structure withdraws a form that is not done yet.

use super::cadre::{cadre, objet_de};
use super::notify::to_caisse;
use super::refuse::nature_of;
use super::request::proof;
use crate::compte::load_acteur;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use crate::mails::habilitations::Lettre;
use crate::preuve;
use domain::droits::{Acteur, demander};
use domain::habilitation::SuiteDemarche;
use domain::ids::DemarcheId;
use store::demarche;

/// Withdraws.
///
/// # Errors
/// [`AppError::Conflit`] when it was decided or done meanwhile; [`AppError::Introuvable`].
pub async fn withdraw(ctx: &Contexte, requete: &Requete, (id, version): (DemarcheId, i64)) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let permis = demander(&acteur)?;
    let lue = demarche::lock(&tx, permis.portee(), id).await?.ok_or(AppError::Introuvable)?;
    let etat = lue.etat.apply(lue.nature, SuiteDemarche::Retirer).map_err(|_| AppError::Conflit)?;
    if lue.version != version {
        return Err(AppError::Conflit);
    }
    demarche::save_content(&tx, &permis, &lue, etat).await?;
    let cadre = cadre(ctx, &tx, lue.convention).await?;
    let contenu = vec![("Acte", format!("{} : retrait par la structure", lue.nature.libelle()))];
    preuve::add(ctx, &tx, proof(&cadre, nature_of(lue.nature), (lue.compte, acteur.compte()), contenu)).await?;
    to_caisse(ctx, &tx, &cadre.convention, Lettre::Retiree { demarche: id }).await?;
    ctx.journal(&tx, ctx.entree(requete, &acteur, "habilitation.withdraw", objet_de(&lue))).await?;
    tx.commit().await?;
    Ok(())
}
