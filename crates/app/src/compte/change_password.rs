//! A new password by somebody who knows the present one: because it is too old (HA-14), or by choice.

use super::frein::{self, Cible};
use super::passage::{self, Ouverture};
use super::{politique, trace};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::mails::{self, Mail};
use crate::ports::Verification;
use domain::compte::Etape;
use store::compte::{self, Compte, MotDePasse, liens, sessions};

const ACTION: &str = "compte.change_password";
const ETAPES: [Etape; 2] = [Etape::MotDePasse, Etape::Ouverte];

/// The form.
#[derive(Clone, Default)]
pub struct Changement {
    /// The present one, as typed.
    pub actuel: String,
    /// The new one, as typed.
    pub mot_de_passe: String,
    /// Typed again.
    pub confirmation: String,
}

/// The rules to show before anything is typed.
///
/// # Errors
/// [`AppError::SessionFermee`] at another step.
pub async fn rules(ctx: &Contexte, requete: &Requete) -> Outcome<Vec<String>> {
    let tx = ctx.store.begin_read().await?;
    let (_, compte, _) = passage::a_l_etape(ctx, &tx, requete, &ETAPES).await?;
    Ok(politique::politique(compte.profil).regles())
}

/// Changes the password; the other sessions end, this one goes on under a new token. The try on the present password
/// is counted before it is hashed, as in a sign-in.
///
/// # Errors
/// [`AppError::Saisie`] at `actuel`, `mot_de_passe` and `confirmation`; [`AppError::TropDEssais`];
/// [`AppError::Occupe`]; [`AppError::SessionFermee`] at another step.
pub async fn change_password(ctx: &Contexte, requete: &Requete, saisi: Changement) -> Outcome<Ouverture> {
    let compte = compte_l_essai(ctx, requete, &saisi).await?;
    let empreinte = compte.mot_de_passe.as_ref().map(|m| m.empreinte.clone());
    let juste = ctx.hasher.verify(politique::forme(&saisi.actuel), empreinte).await?;
    if juste == Verification::Wrong {
        trace::refuse(ctx, requete, Some(&compte), ACTION).await?;
        return Err(saisie("actuel", "Ce n’est pas votre mot de passe actuel."));
    }
    if politique::forme(&saisi.mot_de_passe) == politique::forme(&saisi.actuel) {
        return Err(saisie("mot_de_passe", "Le nouveau mot de passe doit être différent de l’actuel."));
    }
    let empreinte = ctx.hasher.hash(politique::forme(&saisi.mot_de_passe)).await?;
    pose(ctx, requete, &compte, empreinte).await
}

fn saisie(champ: &str, message: &str) -> AppError {
    AppError::Saisie(vec![ErreurChamp::new(champ, message)])
}

async fn compte_l_essai(ctx: &Contexte, requete: &Requete, saisi: &Changement) -> Outcome<Compte> {
    let tx = ctx.store.begin_write().await?;
    let (_, compte, _) = passage::a_l_etape(ctx, &tx, requete, &ETAPES).await?;
    politique::verifie(ctx, &tx, &compte, (&saisi.mot_de_passe, &saisi.confirmation)).await?;
    let cible = Cible::MotDePasse { identifiant: &compte.identifiant, connu: true };
    if let Err(error) = frein::compte(ctx, &tx, cible).await {
        drop(tx);
        return Err(trace::freine(ctx, requete, Some(&compte), ACTION, error).await);
    }
    tx.commit().await?;
    Ok(compte)
}

async fn pose(ctx: &Contexte, requete: &Requete, verifie: &Compte, empreinte: String) -> Outcome<Ouverture> {
    let tx = ctx.store.begin_write().await?;
    let (session, compte, permis) = passage::verrouille_a_l_etape(ctx, &tx, requete, &ETAPES).await?;
    if compte.mot_de_passe != verifie.mot_de_passe {
        return Err(AppError::Conflit);
    }
    frein::reussit(ctx, &tx, Cible::MotDePasse { identifiant: &compte.identifiant, connu: true }).await?;
    let compte = Compte { mot_de_passe: Some(MotDePasse { empreinte, le: ctx.now() }), ..compte };
    compte::save(&tx, &permis, &compte).await?;
    liens::revoke(&tx, compte.id, ctx.now()).await?;
    sessions::close_all(&tx, &permis, compte.id, Some(&session.empreinte)).await?;
    mails::push(ctx, &tx, &Mail::MotDePasseChange { compte: compte.id }).await?;
    let ouverture = passage::avance(ctx, &tx, &permis, (&session, &compte), false).await?;
    trace::fait(ctx, &tx, requete, &compte, ACTION).await?;
    tx.commit().await?;
    Ok(ouverture)
}
