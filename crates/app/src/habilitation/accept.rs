//! The caisse accepts a form: a gestionnaire is invited, data are changed, a departure is planned (HA-3, HA-7, HA-8).

use super::cadre::{Cadre, cadre, cible, erreur, objet_de};
use super::notify::{send, to_askers};
use super::refuse::nature_of;
use super::request::proof;
use super::swap::open_gestionnaire;
use crate::compte::{lien, load_renforce};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use crate::mails::Pour;
use crate::mails::habilitations::Lettre;
use crate::preuve;
use domain::calendrier::date_en_francais;
use domain::compte::{EtatCompte, UsageLien};
use domain::droits::{Acteur, Habiliter, Permis, decider, habiliter};
use domain::habilitation::{NatureDemarche, SuiteDemarche};
use domain::ids::{CaisseId, CompteId, DemarcheId};
use store::compte::{self, Identite, liens};
use store::convention::Enregistree;
use store::demarche::{self, Demarche, Modification};
use store::{StoreError, WriteTx};

/// Tries when another creation takes the same identifiant at the same instant.
const ESSAIS: u32 = 4;

/// Accepts.
///
/// # Errors
/// [`AppError::Saisie`] at `code`, `profil` (no place left), `courriel` (taken meanwhile), `convention` (not active);
/// [`AppError::Conflit`] when it was decided meanwhile; [`AppError::Introuvable`].
pub async fn accept(ctx: &Contexte, requete: &Requete, (id, version): (DemarcheId, i64)) -> Outcome<()> {
    for _ in 1..ESSAIS {
        match once(ctx, requete, (id, version)).await {
            Err(AppError::Stockage(StoreError::Taken)) => {}
            autre => return autre,
        }
    }
    once(ctx, requete, (id, version)).await
}

async fn once(ctx: &Contexte, requete: &Requete, (id, version): (DemarcheId, i64)) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_renforce(ctx, &tx, requete).await?);
    let permis = decider(&acteur)?;
    let mut lue = demarche::lock(&tx, permis.portee(), id).await?.ok_or(AppError::Introuvable)?;
    let etat = lue.etat.apply(lue.nature, SuiteDemarche::Accepter).map_err(|_| AppError::Conflit)?;
    if lue.version != version {
        return Err(AppError::Conflit);
    }
    let cadre = cadre(ctx, &tx, lue.convention).await?;
    let dossiers = store::convention::lock_of_partenaire(&tx, lue.partenaire).await?;
    let mut contenu = vec![("Acte", format!("{} : acceptation", lue.nature.libelle()))];
    match lue.nature {
        NatureDemarche::Habilitation => {
            let compte = accredit(ctx, &tx, &acteur, (&cadre, &dossiers), &lue).await?;
            contenu.extend(lue.contenu.personne.as_ref().map(|p| ("Gestionnaire habilité", super::request::told(p))));
            lue.compte = Some(compte);
        }
        NatureDemarche::Changement => {
            let modification = lue.contenu.modification.clone().unwrap_or_default();
            lue.contenu.ancienne_adresse = apply(ctx, &tx, &acteur, (&dossiers, &lue), &modification).await?;
            contenu.extend(super::change::lines(&modification));
        }
        NatureDemarche::Depart => contenu.extend(lue.souhaite_le.map(|le| ("Pour le", date_en_francais(le)))),
    }
    demarche::save(&tx, &permis, &lue, etat, ctx.now()).await?;
    preuve::add(ctx, &tx, proof(&cadre, nature_of(lue.nature), (lue.compte, acteur.compte()), contenu)).await?;
    to_askers(ctx, &tx, (&lue, &cadre.convention), &Lettre::Acceptee { demarche: id }).await?;
    if lue.contenu.ancienne_adresse.is_some() {
        send(ctx, &tx, Pour::Ancienne(id), Lettre::Acceptee { demarche: id }).await?;
    }
    ctx.journal(&tx, ctx.entree(requete, &acteur, "habilitation.accept", objet_de(&lue))).await?;
    tx.commit().await?;
    Ok(())
}

/// The proof that this acteur may open and change gestionnaires of the structure.
fn permit(acteur: &Acteur, lue: &Demarche, dossiers: &[Enregistree]) -> Outcome<Permis<Habiliter>> {
    let caisses: Vec<CaisseId> = dossiers.iter().map(|d| d.caisse).collect();
    Ok(habiliter(acteur, &cible(lue.partenaire, &caisses))?)
}

/// Invites the gestionnaire within the quota; the confirming mail carries the link.
async fn accredit(
    ctx: &Contexte,
    tx: &WriteTx,
    acteur: &Acteur,
    (cadre, dossiers): (&Cadre, &[Enregistree]),
    lue: &Demarche,
) -> Outcome<CompteId> {
    let personne = lue.contenu.personne.as_ref().ok_or(AppError::Conflit)?;
    cadre.signee("convention")?;
    if !cadre.ouverte() {
        let message = "La convention n’est pas active : activez-la avant d’accepter cette habilitation.";
        return Err(erreur("convention", message));
    }
    let permis = permit(acteur, lue, dossiers)?;
    open_gestionnaire(ctx, tx, &permis, (lue.partenaire, dossiers), personne).await
}

/// Seals the new identity; links sent to the old address stop. Gives the old address when it changed.
async fn apply(
    ctx: &Contexte,
    tx: &WriteTx,
    acteur: &Acteur,
    (dossiers, lue): (&[Enregistree], &Demarche),
    m: &Modification,
) -> Outcome<Option<String>> {
    let permis = permit(acteur, lue, dossiers)?;
    let id = lue.compte.ok_or(AppError::Conflit)?;
    let lu = compte::lock(tx, permis.portee(), id, ctx.now()).await?.ok_or(AppError::Introuvable)?;
    if !matches!(lu.etat, EtatCompte::Invite | EtatCompte::Actif) {
        return Err(erreur("compte", "Ce compte est fermé : refusez la demande, elle est sans objet."));
    }
    let i = &lu.identite;
    let or = |nouveau: &Option<String>, ancien: &Option<String>| nouveau.clone().or_else(|| ancien.clone());
    let identite = Identite {
        nom: m.nom.clone().unwrap_or_else(|| i.nom.clone()),
        prenom: i.prenom.clone(),
        courriel: m.courriel.clone().unwrap_or_else(|| i.courriel.clone()),
        telephone: or(&m.telephone, &i.telephone),
        fonction: or(&m.fonction, &i.fonction),
    };
    if identite.courriel != i.courriel {
        // By the compared form, his own compte apart: the address may only have changed its capitals.
        let others = compte::by_courriel(tx, &identite.courriel, ctx.now()).await?;
        if others.iter().any(|c| c.profil == lu.profil && c.id != lu.id) {
            return Err(erreur("courriel", "Cette adresse sert depuis à un autre gestionnaire : refusez la demande."));
        }
    }
    compte::change_identity(tx, &permis, &lu, &identite).await?;
    if identite.courriel == i.courriel {
        return Ok(None);
    }
    liens::revoke(tx, id, ctx.now()).await?;
    if lu.etat == EtatCompte::Invite {
        lien::envoie(ctx, tx, id, UsageLien::Invitation).await?;
    }
    Ok(Some(i.courriel.clone()))
}
