//! A link to choose a new password, for whoever asks: the answer never tells whether there is such a compte.

use super::frein::{self, Cible};
use super::{lien, trace};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use domain::compte::{EtatCompte, UsageLien, identifiant};
use store::compte::{self, Compte};
use store::{Tx, WriteTx};

/// Sends a link by mail when the identifiant (or address) is one of a living compte. A compte invited and not yet
/// taken up gets its invitation again (HA-6). Past 5 demands a day on one text nothing is sent, and nothing says so.
///
/// # Errors
/// [`AppError::Saisie`] when nothing was typed; [`AppError::TropDEssais`] for the address of the request.
pub async fn forgot_password(ctx: &Contexte, requete: &Requete, saisi: &str) -> Outcome<()> {
    let saisi = identifiant::compare_courriel(saisi);
    if saisi.is_empty() {
        let message = "Saisissez votre identifiant ou votre adresse électronique.";
        return Err(AppError::Saisie(vec![ErreurChamp::new("identifiant", message)]));
    }
    let tx = ctx.store.begin_write().await?;
    frein::adresse(ctx, &tx, requete).await?;
    match frein::compte(ctx, &tx, Cible::Lien(&saisi)).await {
        Ok(()) => envoie(ctx, &tx, requete, &saisi).await?,
        Err(AppError::TropDEssais(_)) => {}
        Err(autre) => return Err(autre),
    }
    tx.commit().await?;
    Ok(())
}

async fn comptes(tx: &Tx, saisi: &str) -> Outcome<Vec<Compte>> {
    if saisi.contains('@') {
        return Ok(compte::by_courriel(tx, saisi).await?);
    }
    Ok(compte::by_identifiant(tx, saisi).await?.into_iter().collect())
}

async fn envoie(ctx: &Contexte, tx: &WriteTx, requete: &Requete, saisi: &str) -> Outcome<()> {
    for compte in comptes(tx, saisi).await? {
        let usage = match (compte.etat, &compte.mot_de_passe) {
            (EtatCompte::Invite, _) => UsageLien::Invitation,
            (EtatCompte::Actif, Some(_)) => UsageLien::MotDePasse,
            _ => continue,
        };
        lien::envoie(ctx, tx, compte.id, usage).await?;
        trace::fait(ctx, tx, requete, &compte, "compte.forgot_password").await?;
    }
    Ok(())
}
