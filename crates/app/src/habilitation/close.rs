//! The caisse closes a gestionnaire by itself (HA-8, HA-9): never the last one, whose departure comes with a successor.

use super::cadre::{cible, erreur, of_caisse};
use super::fermeture::reste_un;
use super::notify::send;
use super::request::proof;
use crate::compte::{ferme, load_renforce, objet_compte, seen};
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use crate::mails::Pour;
use crate::mails::habilitations::Lettre;
use crate::preuve::{self, Nature};
use domain::calendrier::Zone;
use domain::compte::{CoteInactif, EtatCompte, Profil, RaisonInactif};
use domain::droits::{Acteur, Portee, Rattachement, decider, inactiver};
use domain::ids::{CompteId, ConventionId};
use store::compte::{self, Compte};

/// A structure as its référent sees it.
#[derive(Clone, Debug)]
pub struct Equipe {
    /// Convention with the caisse.
    pub convention: ConventionId,
    /// Short name of the structure.
    pub structure: String,
    /// Its gestionnaires in use.
    pub gestionnaires: Vec<Compte>,
    /// Zone of the caisse.
    pub zone: Zone,
}

/// The gestionnaires in use of a structure.
///
/// # Errors
/// [`AppError::Introuvable`] for another caisse's convention; [`AppError::Interdit`] for other profils.
pub async fn team(ctx: &Contexte, requete: &Requete, convention: ConventionId) -> Outcome<Equipe> {
    let tx = ctx.store.begin_read().await?;
    let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
    let permis = decider(&acteur)?;
    let cadre = of_caisse(ctx, &tx, permis.portee(), convention).await?;
    let partenaire = cadre.partenaire();
    let comptes = compte::in_use_of(&tx, Rattachement::Partenaire(partenaire)).await?;
    let objet =
        Objet { nature: "compte", id: None, caisse: Some(cadre.convention.caisse), partenaire: Some(partenaire) };
    ctx.record(ctx.entree(requete, &acteur, "habilitation.team", objet)).await?;
    Ok(Equipe {
        convention,
        structure: cadre.convention.dossier.stipulations.partenaire.nom_affiche().to_owned(),
        gestionnaires: comptes.into_iter().filter(|c| c.profil == Profil::Gestionnaire).collect(),
        zone: cadre.caisse.fiche.zone,
    })
}

/// Closes a gestionnaire; his techniciens stay, attached to one who is left. Of two agents who close the last two at once,
/// one is refused.
///
/// # Errors
/// [`AppError::Saisie`] at `code`, `motif`, `compte` (the last one); [`AppError::Conflit`] when he is closed already;
/// [`AppError::Introuvable`] outside the caisse's structures.
pub async fn close(
    ctx: &Contexte,
    requete: &Requete,
    (convention, id): (ConventionId, CompteId),
    motif: &str,
) -> Outcome<()> {
    let motif = motif.trim();
    if motif.is_empty() || motif.chars().count() > 1000 {
        return Err(erreur(
            "motif",
            "Expliquez cette décision en 1 000 caractères au plus : la structure en est informée.",
        ));
    }
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_renforce(ctx, &tx, requete).await?);
    let permis = decider(&acteur)?;
    let cadre = of_caisse(ctx, &tx, permis.portee(), convention).await?;
    let c = &cadre.convention;
    let portee = Portee::Partenaire { partenaire: c.partenaire, caisses: vec![c.caisse] };
    let known = compte::load(&tx, &portee, id, ctx.now()).await?.filter(|c| c.profil == Profil::Gestionnaire);
    reste_un(&tx, &known.ok_or(AppError::Introuvable)?).await?;
    let lu = compte::lock(&tx, &portee, id, ctx.now()).await?.ok_or(AppError::Introuvable)?;
    let habilite = inactiver(&acteur, &cible(c.partenaire, &[c.caisse]))?;
    ferme(ctx, &tx, &habilite, &lu, (RaisonInactif::Caisse, CoteInactif::Caisse)).await?;
    let in_use = [EtatCompte::Actif, EtatCompte::Invite];
    let left = compte::ids(&tx, lu.rattachement, Profil::Gestionnaire, &in_use).await?;
    if let Some(reprend) = left.first() {
        compte::reattach(&tx, &habilite, id, *reprend).await?;
    }
    let contenu = vec![
        ("Acte", "Gestionnaire inactivé par la caisse".to_owned()),
        ("Gestionnaire", lu.identite.nom_affiche()),
        ("Motif", motif.to_owned()),
    ];
    preuve::add(ctx, &tx, proof(&cadre, Nature::Decision, (Some(id), acteur.compte()), contenu)).await?;
    for reste in left {
        send(ctx, &tx, Pour::Compte(reste), Lettre::Inactive).await?;
    }
    ctx.journal(&tx, ctx.entree(requete, &acteur, "compte.deactivate", objet_compte(&lu))).await?;
    tx.commit().await?;
    Ok(())
}
