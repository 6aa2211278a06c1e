//! The day of a departure (HA-8): the leaver closes and the successor opens in one transaction, so that a quota of one holds
//! and the structure is never without a gestionnaire.

use super::cadre::{cadre, cible, objet_de};
use super::notify::{to_askers, to_caisse};
use super::request::proof;
use crate::compte::{Invitation, ferme, libres, ouvre};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use crate::mails::Mail;
use crate::mails::habilitations::Lettre;
use crate::notification::au_partenaire;
use crate::preuve::{self, Nature};
use domain::compte::{CoteInactif, EtatCompte, Profil, RaisonInactif};
use domain::droits::{Acteur, Decider, Habiliter, Permis, Portee, Raison, Rattachement, decider, habiliter};
use domain::habilitation::{EtatDemarche, SuiteDemarche, peut_partir};
use domain::ids::{CompteId, DemarcheId, PartenaireId};
use store::WriteTx;
use store::compte::{self, Compte, Identite};
use store::convention::Enregistree;
use store::demarche::{self, Demarche, Personne};

const SYSTEME: Acteur = Acteur::Systeme(Raison::Tache);

/// Opens a gestionnaire in the caller's transaction, behind the lock of the structure and within its quota (HA-2).
pub(super) async fn open_gestionnaire(
    ctx: &Contexte,
    tx: &WriteTx,
    permis: &Permis<Habiliter>,
    (partenaire, dossiers): (PartenaireId, &[Enregistree]),
    p: &Personne,
) -> Outcome<CompteId> {
    let places = libres(ctx, tx, (partenaire, Profil::Gestionnaire), dossiers).await?;
    let invitation = Invitation {
        profil: Profil::Gestionnaire,
        rattachement: Rattachement::Partenaire(partenaire),
        identite: Identite {
            nom: p.nom.clone(),
            prenom: p.prenom.clone(),
            courriel: p.courriel.clone(),
            telephone: Some(p.telephone.clone()),
            fonction: Some(p.fonction.clone()),
        },
        services: Vec::new(),
    };
    let compte = ouvre(ctx, tx, permis, &invitation).await?.compte;
    compte::take_place(tx, permis, (compte, partenaire, Profil::Gestionnaire), places).await?;
    Ok(compte)
}

/// Does a departure whose day has come; gives whether it was done. What cannot be done yet (no other gestionnaire and no
/// successor, an address that was taken meanwhile) is noted once, told to both sides, and tried again.
pub(crate) async fn carry_out(ctx: &Contexte, id: DemarcheId) -> Outcome<bool> {
    let why = match day(ctx, id).await {
        Ok(done) => return Ok(done),
        Err(AppError::Saisie(erreurs)) => erreurs.into_iter().next().map(|e| e.message).unwrap_or_default(),
        Err(AppError::Interdit(_)) => "Aucune convention active ne permet d’ouvrir le compte du successeur.".to_owned(),
        Err(other) => return Err(other),
    };
    hinder(ctx, id, why).await?;
    Ok(false)
}

async fn day(ctx: &Contexte, id: DemarcheId) -> Outcome<bool> {
    let tx = ctx.store.begin_write().await?;
    let permis: Permis<Decider> = decider(&SYSTEME)?;
    let Some(lue) = demarche::lock(&tx, permis.portee(), id).await? else { return Ok(false) };
    let cadre = cadre(ctx, &tx, lue.convention).await?;
    let due = lue.souhaite_le.is_some_and(|le| le <= cadre.aujourdhui);
    if lue.etat != EtatDemarche::Acceptee || !due {
        return Ok(false);
    }
    let etat = lue.etat.apply(lue.nature, SuiteDemarche::Accomplir).map_err(|_| AppError::Conflit)?;
    let dossiers = store::convention::lock_of_partenaire(&tx, lue.partenaire).await?;
    let habilite = habiliter(&SYSTEME, &cible(lue.partenaire, &[]))?;
    let leaver = lue.compte.ok_or(AppError::Conflit)?;
    let leaver = compte::lock(&tx, &Portee::Tout, leaver, ctx.now()).await?.ok_or(AppError::Conflit)?;
    let contenu = exchange(ctx, &tx, &habilite, (&lue, &dossiers), &leaver).await?;
    demarche::save(&tx, &permis, &lue, etat, ctx.now()).await?;
    preuve::add(ctx, &tx, proof(&cadre, Nature::Depart, (lue.compte, None), contenu)).await?;
    let mail = |pour| Mail::Habilitations { pour, lettre: Lettre::Faite { demarche: id } };
    au_partenaire(ctx, &tx, &cadre.convention, mail).await?;
    to_caisse(ctx, &tx, &cadre.convention, Lettre::Faite { demarche: id }).await?;
    ctx.journal(&tx, ctx.entree(&Requete::systeme("tache"), &SYSTEME, "habilitation.depart", objet_de(&lue))).await?;
    tx.commit().await?;
    Ok(true)
}

/// Closes the leaver unless he is closed already, opens the successor, attaches the techniciens to whom stays or comes;
/// gives what the proof says.
async fn exchange(
    ctx: &Contexte,
    tx: &WriteTx,
    permis: &Permis<Habiliter>,
    (lue, dossiers): (&Demarche, &[Enregistree]),
    leaver: &Compte,
) -> Outcome<Vec<(&'static str, String)>> {
    let ici = Rattachement::Partenaire(lue.partenaire);
    let in_use = [EtatCompte::Invite, EtatCompte::Actif];
    let autres: Vec<CompteId> = compte::ids(tx, ici, Profil::Gestionnaire, &in_use).await?;
    let autres: Vec<CompteId> = autres.into_iter().filter(|c| *c != leaver.id).collect();
    if !peut_partir(autres.len() as u64, lue.contenu.personne.is_some()) {
        let message = "La structure n’aurait plus de gestionnaire : donnez les coordonnées du successeur.";
        return Err(super::cadre::erreur("successeur_nom", message));
    }
    let mut contenu = vec![("Acte", "Départ d’un gestionnaire : fait".to_owned())];
    if in_use.contains(&leaver.etat) {
        ferme(ctx, tx, permis, leaver, (RaisonInactif::Depart, CoteInactif::Systeme)).await?;
    }
    contenu.push(("Compte inactivé", leaver.identite.nom_affiche()));
    let active = compte::ids(tx, ici, Profil::Gestionnaire, &[EtatCompte::Actif]).await?;
    let mut reprend = active.first().or(autres.first()).copied();
    if let Some(p) = &lue.contenu.personne {
        reprend = Some(open_gestionnaire(ctx, tx, permis, (lue.partenaire, dossiers), p).await?);
        contenu.push(("Compte ouvert", super::request::told(p)));
    }
    if let Some(nouveau) = reprend {
        let rattaches = compte::reattach(tx, permis, leaver.id, nouveau).await?;
        contenu.push(("Techniciens rattachés à un autre gestionnaire", rattaches.to_string()));
    }
    Ok(contenu)
}

/// Notes why a departure could not be done on its day, and tells both sides, once for each reason.
async fn hinder(ctx: &Contexte, id: DemarcheId, why: String) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let permis: Permis<Decider> = decider(&SYSTEME)?;
    let Some(mut lue) = demarche::lock(&tx, permis.portee(), id).await? else { return Ok(()) };
    if lue.etat != EtatDemarche::Acceptee || lue.contenu.empechement.as_ref() == Some(&why) {
        return Ok(());
    }
    lue.contenu.empechement = Some(why);
    demarche::save(&tx, &permis, &lue, lue.etat, ctx.now()).await?;
    let cadre = cadre(ctx, &tx, lue.convention).await?;
    to_askers(ctx, &tx, (&lue, &cadre.convention), &Lettre::Empechee { demarche: id }).await?;
    to_caisse(ctx, &tx, &cadre.convention, Lettre::Empechee { demarche: id }).await?;
    let entree = ctx.entree(&Requete::systeme("tache"), &SYSTEME, "habilitation.depart_empeche", objet_de(&lue));
    ctx.journal(&tx, entree).await?;
    tx.commit().await?;
    Ok(())
}
