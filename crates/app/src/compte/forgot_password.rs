//! A link to choose a new password, for whoever asks: neither the answer nor its time tells whether there is such a
//! compte. The request writes the same rows for everybody; the worker makes the links.

use super::frein::{self, Cible};
use super::{lien, trace};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::ports::SendError;
use domain::compte::{EtatCompte, UsageLien, identifiant};
use domain::droits::Portee;
use domain::ids::CompteId;
use serde::{Deserialize, Serialize};
use store::compte::{self, Compte};
use store::outbox::{self, Acte};
use store::{Tx, WriteTx};

/// Name of the act in the outbox.
pub(crate) const NATURE: &str = "mot_de_passe_oublie";

const ACTION: &str = "compte.forgot_password";

/// Parameters of the act.
#[derive(Serialize, Deserialize)]
struct Demandee {
    /// Id of the request, for the journal.
    requete: String,
    /// Who has the identifiant or the address; nobody, most often, when it was tried.
    comptes: Vec<CompteId>,
}

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
    let comptes = comptes(ctx, &tx, &saisi).await?;
    // One row in the journal whatever was found; the worker adds one for each link.
    let seul = if let [seul] = comptes.as_slice() { Some(seul) } else { None };
    if let Err(error) = frein::adresse(ctx, &tx, requete).await {
        drop(tx);
        return Err(trace::freine(ctx, requete, seul, ACTION, error).await);
    }
    match frein::compte(ctx, &tx, Cible::Lien(&saisi)).await {
        Ok(()) => {
            differe(ctx, &tx, requete, &comptes).await?;
            trace::demande(ctx, &tx, requete, seul, ACTION).await?;
        }
        Err(AppError::TropDEssais(_)) => trace::refuse_dans(ctx, &tx, requete, seul, ACTION).await?,
        Err(autre) => return Err(autre),
    }
    tx.commit().await?;
    Ok(())
}

async fn comptes(ctx: &Contexte, tx: &Tx, saisi: &str) -> Outcome<Vec<Compte>> {
    if saisi.contains('@') {
        return Ok(compte::by_courriel(tx, saisi, ctx.now()).await?);
    }
    Ok(compte::by_identifiant(tx, saisi, ctx.now()).await?.into_iter().collect())
}

async fn differe(ctx: &Contexte, tx: &WriteTx, requete: &Requete, comptes: &[Compte]) -> Outcome<()> {
    let demandee = Demandee { requete: requete.id.clone(), comptes: comptes.iter().map(|c| c.id).collect() };
    let parametres = serde_json::to_value(&demandee).map_err(|e| AppError::Interne(e.to_string()))?;
    outbox::push(tx, ctx.new_id(), NATURE, &parametres, ctx.now());
    Ok(())
}

/// Makes the links of an outbox row and their mails, and finishes the row in the same transaction: a repeated try adds
/// no second link. Gives whether this try finished it.
///
/// # Errors
/// [`SendError`]: transient ones are tried again.
pub(crate) async fn perform(ctx: &Contexte, acte: &Acte) -> Result<bool, SendError> {
    let demandee: Demandee = serde_json::from_str(&acte.parametres).map_err(|e| SendError::Permanent(e.to_string()))?;
    envoie(ctx, acte, demandee).await.map_err(|e| SendError::Transient(e.to_string()))
}

async fn envoie(ctx: &Contexte, acte: &Acte, demandee: Demandee) -> Outcome<bool> {
    let requete = Requete::systeme(demandee.requete);
    let tx = ctx.store.begin_write().await?;
    if !outbox::finish(&tx, acte, ctx.now()).await? {
        return Ok(false);
    }
    for id in demandee.comptes {
        let Some(compte) = compte::lock(&tx, &Portee::Soi(id), id, ctx.now()).await? else { continue };
        let usage = match (compte.etat, &compte.mot_de_passe) {
            (EtatCompte::Invite, _) => UsageLien::Invitation,
            (EtatCompte::Actif, Some(_)) => UsageLien::MotDePasse,
            _ => continue,
        };
        lien::envoie(ctx, &tx, id, usage).await?;
        trace::fait(ctx, &tx, &requete, &compte, "compte.send_link").await?;
    }
    tx.commit().await?;
    Ok(true)
}
