//! The first gestionnaire of a structure is asked for by a one-time link, sent to the contact address of its convention
//! (HA-3). The token is derived from the id in the mail and stored nowhere; the database has its hash.

use super::cadre::{Cadre, cadre, erreur, objet, of_caisse};
use super::notify::send;
use super::request::receive;
use super::saisie;
use crate::compte::{frein, jeton, lien, load_acteur};
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use crate::mails::Pour;
use crate::mails::habilitations::Lettre;
use chrono::TimeDelta;
use domain::compte::Profil;
use domain::droits::{Acteur, Raison, Rattachement, decider};
use domain::habilitation::VoieDemarche;
use domain::ids::{CompteId, ConventionId, DemarcheId};
use store::demarche::Personne;
use store::demarche::liens::{self, Lien};
use store::{Tx, WriteTx};

/// Days that a link works.
pub const LIEN_JOURS: i64 = 7;
/// Minutes before another link may be sent to the same structure.
const ATTENTE_MINUTES: i64 = 10;

/// Why a link does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LienFerme {
    /// Never made, cut by a mail program, or forgotten long ago.
    Inconnu,
    /// Used already, or replaced by a later one.
    Utilise,
    /// Its time is over: another one may be sent to the same address.
    Expire,
    /// The convention ended, or the structure has a gestionnaire by now.
    SansObjet,
}

/// What the page of a link shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LienHabilitation {
    /// The form may be filled in.
    Utilisable {
        /// Structure.
        structure: String,
        /// Caisse.
        caisse: String,
    },
    /// It does not work.
    Ferme(LienFerme),
}

/// Sends a link to the contact address of a structure that has no gestionnaire; earlier ones stop working.
///
/// # Errors
/// [`AppError::Saisie`] at `convention`: not signed, no contact address, a gestionnaire already;
/// [`AppError::TropDEssais`] when one has just been sent; [`AppError::Introuvable`] for another caisse's convention.
pub async fn send_link(ctx: &Contexte, requete: &Requete, convention: ConventionId) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let permis = decider(&acteur)?;
    let cadre = of_caisse(ctx, &tx, permis.portee(), convention).await?;
    cadre.signee("convention")?;
    if !without_gestionnaire(ctx, &tx, &cadre).await? {
        let message = "Cette structure a déjà un gestionnaire : c’est lui qui fait la demande sur le portail.";
        return Err(erreur("convention", message));
    }
    let par = acteur.compte().ok_or(AppError::SessionFermee)?;
    make(ctx, &tx, &cadre, par).await?;
    let objet = Objet {
        nature: "convention",
        id: Some(convention.to_string()),
        caisse: Some(cadre.convention.caisse),
        partenaire: Some(cadre.partenaire()),
    };
    ctx.journal(&tx, ctx.entree(requete, &acteur, "habilitation.send_link", objet)).await?;
    tx.commit().await?;
    Ok(())
}

async fn without_gestionnaire(ctx: &Contexte, tx: &Tx, cadre: &Cadre) -> Outcome<bool> {
    let ici = Rattachement::Partenaire(cadre.partenaire());
    Ok(store::compte::count(tx, ici, Profil::Gestionnaire, ctx.now()).await? == 0)
}

/// Adds a link and its mail to the caller's transaction.
async fn make(ctx: &Contexte, tx: &WriteTx, cadre: &Cadre, par: CompteId) -> Outcome<()> {
    let (c, now) = (&cadre.convention, ctx.now());
    if c.dossier.stipulations.partenaire.adresses().is_empty() {
        let message = "La convention n’indique aucune adresse de contact de la structure : complétez sa fiche.";
        return Err(erreur("convention", message));
    }
    if let Some(last) = liens::last(tx, c.id).await? {
        let left = (last.cree_le + TimeDelta::minutes(ATTENTE_MINUTES) - now).num_seconds();
        if left > 0 {
            return Err(AppError::TropDEssais(u32::try_from(left).unwrap_or(u32::MAX)));
        }
    }
    let id = ctx.random_id();
    let lien = Lien {
        empreinte: jeton::empreinte(&lien::jeton(ctx, id)),
        convention: c.id,
        caisse: c.caisse,
        partenaire: c.partenaire,
        envoye_par: par,
        cree_le: now,
        expire_le: now + TimeDelta::days(LIEN_JOURS),
        utilise_le: None,
    };
    liens::insert(tx, &lien).await?;
    send(ctx, tx, Pour::Structure { convention: c.id, rang: 0 }, Lettre::Premiere { lien: id }).await
}

/// A link that works, with its convention; or why not.
async fn usable(ctx: &Contexte, tx: &Tx, token: &str) -> Outcome<Result<(Lien, Cadre), LienFerme>> {
    let Some(lien) = liens::load(tx, &jeton::empreinte(token)).await? else { return Ok(Err(LienFerme::Inconnu)) };
    let cadre = cadre(ctx, tx, lien.convention).await?;
    if lien.utilise_le.is_some() {
        return Ok(Err(LienFerme::Utilise));
    }
    if cadre.signee("convention").is_err() || !without_gestionnaire(ctx, tx, &cadre).await? {
        return Ok(Err(LienFerme::SansObjet));
    }
    if lien.expire_le <= ctx.now() {
        return Ok(Err(LienFerme::Expire));
    }
    Ok(Ok((lien, cadre)))
}

/// What a token opens. Nothing is used up: mail programs open links by themselves.
///
/// # Errors
/// The database's error.
pub async fn open_link(ctx: &Contexte, token: &str) -> Outcome<LienHabilitation> {
    let tx = ctx.store.begin_read().await?;
    Ok(match usable(ctx, &tx, token).await? {
        Ok((_, cadre)) => LienHabilitation::Utilisable {
            structure: cadre.convention.dossier.stipulations.partenaire.nom_affiche().to_owned(),
            caisse: cadre.caisse.fiche.nom,
        },
        Err(ferme) => LienHabilitation::Ferme(ferme),
    })
}

/// Who acts through a link: nobody that has shown who he is.
const PORTEUR: Acteur = Acteur::Systeme(Raison::Tache);

/// Sends the request that was filled in behind a link; the link is used up. Tries are counted by address.
///
/// # Errors
/// [`AppError::Saisie`] at the six fields; [`AppError::TropDEssais`]; [`AppError::Introuvable`] when the link does not
/// work (its page says why).
pub async fn submit_by_link(ctx: &Contexte, requete: &Requete, token: &str, saisie: &Personne) -> Outcome<DemarcheId> {
    count(ctx, requete).await?;
    let personne = saisie::personne(saisie, "").map_err(AppError::Saisie)?;
    let tx = ctx.store.begin_write().await?;
    let Ok((lien, cadre)) = usable(ctx, &tx, token).await? else { return Err(AppError::Introuvable) };
    saisie::adresse_admise(ctx, &tx, ("courriel", &personne.courriel), &cadre).await?;
    liens::consume(&tx, &lien.empreinte, ctx.now()).await?;
    let id = DemarcheId::new(ctx.new_id());
    receive(ctx, &tx, (&cadre, None), (id, VoieDemarche::Lien, ctx.now()), personne).await?;
    let c = &cadre.convention;
    send(ctx, &tx, Pour::Structure { convention: c.id, rang: 0 }, Lettre::Transmise).await?;
    let objet = objet(id, c.caisse, c.partenaire);
    ctx.journal(&tx, ctx.entree(requete, &PORTEUR, "habilitation.submit_by_link", objet)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Counts a try of the request's address, in a transaction of its own: also a try that then fails.
async fn count(ctx: &Contexte, requete: &Requete) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    frein::adresse(ctx, &tx, requete).await?;
    tx.commit().await?;
    Ok(())
}

/// Sends another link in the place of an expired one, to the same contact address.
///
/// # Errors
/// [`AppError::Introuvable`] for any other link; [`AppError::TropDEssais`].
pub async fn renew_link(ctx: &Contexte, requete: &Requete, token: &str) -> Outcome<()> {
    count(ctx, requete).await?;
    let tx = ctx.store.begin_write().await?;
    let lien = liens::load(&tx, &jeton::empreinte(token)).await?.ok_or(AppError::Introuvable)?;
    // One at a time for a structure: the second of two clicks finds a link that was replaced.
    store::convention::lock_of_partenaire(&tx, lien.partenaire).await?;
    if usable(ctx, &tx, token).await?.err() != Some(LienFerme::Expire) {
        return Err(AppError::Introuvable);
    }
    let cadre = cadre(ctx, &tx, lien.convention).await?;
    make(ctx, &tx, &cadre, lien.envoye_par).await?;
    let objet = Objet {
        nature: "convention",
        id: Some(lien.convention.to_string()),
        caisse: Some(lien.caisse),
        partenaire: Some(lien.partenaire),
    };
    ctx.journal(&tx, ctx.entree(requete, &PORTEUR, "habilitation.renew_link", objet)).await?;
    tx.commit().await?;
    Ok(())
}
