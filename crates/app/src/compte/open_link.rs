//! The page of a one-time link: whose compte and what for, or why the link no longer works (HA-6).

use super::{jeton, lien, politique, trace};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use domain::compte::{EtatCompte, Profil, UsageLien};
use domain::droits::{Portee, soi};
use store::Tx;
use store::compte::liens::{self, Lien as Enregistre};
use store::compte::{self, Compte};

/// Why a link no longer works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LienFerme {
    /// Never made, cut by a mail program, or forgotten long ago.
    Inconnu,
    /// Used already, or replaced by a later one.
    Utilise,
    /// Its time is over: an invitation may be sent again from its page.
    Expire {
        /// What it was for.
        usage: UsageLien,
    },
    /// The compte is closed.
    CompteFerme,
}

/// What the page of a link shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lien {
    /// A password may be chosen.
    Utilisable {
        /// What for.
        usage: UsageLien,
        /// « Prénom Nom ».
        nom_affiche: String,
        /// What will be typed at the sign-in.
        identifiant: String,
        /// Profil.
        profil: Profil,
        /// Rules to show before anything is typed.
        regles: Vec<String>,
    },
    /// It does not work.
    Ferme(LienFerme),
}

/// What a token opens. Nothing is used up: mail programs open links by themselves.
///
/// # Errors
/// The database's error.
pub async fn open_link(ctx: &Contexte, token: &str) -> Outcome<Lien> {
    let tx = ctx.store.begin_read().await?;
    Ok(match utilisable(ctx, &tx, token).await? {
        Ok((lien, compte)) => Lien::Utilisable {
            usage: lien.usage,
            nom_affiche: compte.identite.nom_affiche(),
            regles: politique::politique(compte.profil).regles(),
            profil: compte.profil,
            identifiant: compte.identifiant,
        },
        Err(ferme) => Lien::Ferme(ferme),
    })
}

/// A link that works, with its compte; or why not.
pub(super) async fn utilisable(
    ctx: &Contexte,
    tx: &Tx,
    token: &str,
) -> Outcome<Result<(Enregistre, Compte), LienFerme>> {
    let Some(lien) = liens::load(tx, &jeton::empreinte(token)).await? else { return Ok(Err(LienFerme::Inconnu)) };
    let compte = compte::load(tx, &Portee::Soi(lien.compte), lien.compte, ctx.now()).await?;
    let Some(compte) = compte.filter(|c| soi(c.id, c.etat).is_ok()) else { return Ok(Err(LienFerme::CompteFerme)) };
    if lien.utilise_le.is_some() {
        return Ok(Err(LienFerme::Utilise));
    }
    if lien.expire_le <= ctx.now() {
        return Ok(Err(LienFerme::Expire { usage: lien.usage }));
    }
    Ok(Ok((lien, compte)))
}

/// Sends a new invitation to the address of the compte whose invitation has expired unused; the expired one is used
/// up by it.
///
/// # Errors
/// [`AppError::Introuvable`] for any other link.
pub async fn renew_link(ctx: &Contexte, requete: &Requete, token: &str) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let expire = LienFerme::Expire { usage: UsageLien::Invitation };
    if utilisable(ctx, &tx, token).await?.err() != Some(expire) {
        return Err(AppError::Introuvable);
    }
    let lien = liens::load(&tx, &jeton::empreinte(token)).await?.ok_or(AppError::Introuvable)?;
    let compte = compte::lock(&tx, &Portee::Soi(lien.compte), lien.compte, ctx.now()).await?;
    let compte = compte.filter(|c| c.etat == EtatCompte::Invite).ok_or(AppError::Introuvable)?;
    // Behind the lock: two clicks send one mail.
    if utilisable(ctx, &tx, token).await?.err() != Some(expire) {
        return Err(AppError::Introuvable);
    }
    lien::envoie(ctx, &tx, compte.id, UsageLien::Invitation).await?;
    trace::fait(ctx, &tx, requete, &compte, "compte.renew_link").await?;
    tx.commit().await.map_err(AppError::from)
}
