//! The caisse refuses a form, with a reason that is told by mail (HA-3, HA-7, HA-8).

use super::cadre::{cadre, erreur, objet_de};
use super::notify::to_askers;
use super::request::proof;
use crate::compte::load_acteur;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use crate::mails::habilitations::Lettre;
use crate::preuve::{self, Nature};
use domain::droits::{Acteur, decider};
use domain::habilitation::{NatureDemarche, SuiteDemarche};
use domain::ids::DemarcheId;
use store::demarche;

/// Greatest length of a reason.
const MOTIF: usize = 1000;

/// What a proof of a form shows.
pub(super) const fn nature_of(nature: NatureDemarche) -> Nature {
    match nature {
        NatureDemarche::Habilitation => Nature::Habilitation,
        NatureDemarche::Changement => Nature::Changement,
        NatureDemarche::Depart => Nature::Depart,
    }
}

/// Refuses.
///
/// # Errors
/// [`AppError::Saisie`] at `motif`; [`AppError::Conflit`] when it was decided meanwhile; [`AppError::Introuvable`].
pub async fn refuse(ctx: &Contexte, requete: &Requete, (id, version): (DemarcheId, i64), motif: &str) -> Outcome<()> {
    let motif = motif.trim();
    if motif.is_empty() {
        return Err(erreur("motif", "Expliquez le refus : ce motif est envoyé à la structure."));
    }
    if motif.chars().count() > MOTIF {
        return Err(erreur("motif", "Ce texte est trop long : 1 000 caractères au plus."));
    }
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let permis = decider(&acteur)?;
    let mut lue = demarche::lock(&tx, permis.portee(), id).await?.ok_or(AppError::Introuvable)?;
    let etat = lue.etat.apply(lue.nature, SuiteDemarche::Refuser).map_err(|_| AppError::Conflit)?;
    if lue.version != version {
        return Err(AppError::Conflit);
    }
    lue.contenu.refus = Some(motif.to_owned());
    demarche::save(&tx, &permis, &lue, etat, ctx.now()).await?;
    let cadre = cadre(ctx, &tx, lue.convention).await?;
    let contenu = vec![("Acte", format!("{} : refus", lue.nature.libelle())), ("Motif", motif.to_owned())];
    preuve::add(ctx, &tx, proof(&cadre, nature_of(lue.nature), (lue.compte, acteur.compte()), contenu)).await?;
    to_askers(ctx, &tx, (&lue, &cadre.convention), &Lettre::Refusee { demarche: id }).await?;
    ctx.journal(&tx, ctx.entree(requete, &acteur, "habilitation.refuse", objet_de(&lue))).await?;
    tx.commit().await?;
    Ok(())
}
