//! A password chosen behind a one-time link: the first one of an invitation, or a new one when it was forgotten.

use super::open_link::{LienFerme, utilisable};
use super::passage::{self, Ouverture};
use super::{frein, jeton, politique, trace};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use crate::mails::{self, Mail};
use domain::compte::UsageLien;
use domain::droits::{Portee, soi};
use store::compte::liens;
use store::compte::{self, Compte, MotDePasse, sessions};

/// The form.
#[derive(Clone, Default)]
pub struct Choix {
    /// Token of the link.
    pub jeton: String,
    /// As typed.
    pub mot_de_passe: String,
    /// Typed again.
    pub confirmation: String,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choisi {
    /// The first sign-in goes on.
    Invitation(Ouverture),
    /// The password is changed: sign in with it. The second factor is the same as before.
    Reinitialise,
    /// The link does not work.
    Ferme(LienFerme),
}

/// Uses a link up and sets the password; every session of the compte ends.
///
/// # Errors
/// [`AppError::Saisie`] at `mot_de_passe` and `confirmation`, the link still works then; [`AppError::Occupe`].
pub async fn choose_password(ctx: &Contexte, requete: &Requete, choix: Choix) -> Outcome<Choisi> {
    let tx = ctx.store.begin_read().await?;
    match utilisable(ctx, &tx, &choix.jeton).await? {
        Ok((_, compte)) => {
            politique::verifie(ctx, &tx, &compte, (&choix.mot_de_passe, &choix.confirmation)).await?;
        }
        Err(ferme) => return Ok(Choisi::Ferme(ferme)),
    }
    drop(tx);
    let empreinte = ctx.hasher.hash(politique::forme(&choix.mot_de_passe)).await?;
    pose(ctx, requete, &choix.jeton, empreinte).await
}

async fn pose(ctx: &Contexte, requete: &Requete, token: &str, empreinte: String) -> Outcome<Choisi> {
    let tx = ctx.store.begin_write().await?;
    let lien = match utilisable(ctx, &tx, token).await? {
        Ok((lien, _)) => lien,
        Err(ferme) => return Ok(Choisi::Ferme(ferme)),
    };
    let compte =
        compte::lock(&tx, &Portee::Soi(lien.compte), lien.compte, ctx.now()).await?.ok_or(AppError::Introuvable)?;
    let permis = soi(compte.id, compte.etat)?;
    liens::consume(&tx, &jeton::empreinte(token), ctx.now()).await?;
    liens::revoke(&tx, compte.id, ctx.now()).await?;
    let mot_de_passe = Some(MotDePasse { empreinte, le: ctx.now() });
    let compte = Compte { mot_de_passe, ..compte };
    compte::save(&tx, &permis, &compte).await?;
    sessions::close_all(&tx, &permis, compte.id, None).await?;
    frein::oublie(ctx, &tx, &compte.identifiant).await?;
    let choisi = match lien.usage {
        UsageLien::Invitation => Choisi::Invitation(passage::commence(ctx, &tx, &permis, &compte, None).await?),
        UsageLien::MotDePasse => {
            mails::push(ctx, &tx, &Mail::MotDePasseChange { compte: compte.id }).await?;
            Choisi::Reinitialise
        }
    };
    trace::fait(ctx, &tx, requete, &compte, "compte.choose_password").await?;
    tx.commit().await?;
    Ok(choisi)
}
