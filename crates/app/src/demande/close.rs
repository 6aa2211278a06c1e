//! Closing with an *issue* and, if the agent wrote one, a last answer: one transaction.

use super::clock;
use super::destinataires::tell_structure;
use super::reply;
use super::seconde::{Laisse, already, locked};
use super::show::objet;
use crate::compte::load_acteur;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use domain::demande::{Acte, Etat, Issue};
use domain::droits::{self, Acteur};
use store::demande::Cote;
use store::faits;

/// What the agent posted.
#[derive(Clone, Debug)]
pub struct Cloture<'a> {
    /// Version the form was made from.
    pub version: i64,
    /// Code of the outcome.
    pub issue: &'a str,
    /// Last answer; required unless the outcome says everything.
    pub texte: &'a str,
}

/// Closes.
///
/// # Errors
/// [`AppError::Saisie`], [`AppError::Etat`] when somebody else has it or it is closed, [`AppError::Conflit`],
/// [`AppError::Introuvable`] out of scope.
pub async fn close(ctx: &Contexte, requete: &Requete, reference: &str, cloture: &Cloture<'_>) -> Outcome<()> {
    let (issue, texte) = read(cloture)?;
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let (mut lue, zone) = locked(&tx, &acteur, reference).await?;
    let permis = droits::cloturer(&acteur)?;
    if lue.version != cloture.version {
        if lue.etat.issue() != Some(issue) {
            return Err(AppError::Conflit);
        }
        let laisse = texte.as_deref().map_or(Laisse::Rien, Laisse::Ligne);
        return already(&tx, &acteur, &lue, (cloture.version, Etat::Cloturee), laisse).await;
    }
    let now = ctx.now();
    let agent = acteur.compte().ok_or(AppError::SessionFermee)?;
    let close = lue.etat.apply(Acte::Cloturer(agent, issue), droits::dirige(&acteur), now)?;
    match texte {
        Some(texte) => reply::write(ctx, &tx, &acteur, &mut lue, (Cote::Caisse, &texte)).await.map(drop)?,
        None => tell_structure(ctx, &tx, &lue).await?,
    }
    let h = clock::change(&tx, &permis, (&lue, zone), close, (ctx.new_id(), Some(Cote::Caisse), now)).await?;
    faits::insert(&tx, ctx.random_id(), clock::closing(&lue, zone, (issue, &h), now));
    ctx.journal(&tx, ctx.entree(requete, &acteur, "demande.close", objet(&lue))).await?;
    tx.commit().await?;
    Ok(())
}

fn read(cloture: &Cloture<'_>) -> Outcome<(Issue, Option<String>)> {
    let mut erreurs = Vec::new();
    let issue = Issue::from_code(cloture.issue);
    if issue.is_none() {
        erreurs.push(ErreurChamp::new("issue", "Choisissez l’issue de la demande."));
    }
    let mut texte = None;
    if !cloture.texte.trim().is_empty() {
        match reply::read_text(cloture.texte) {
            Ok(t) => texte = Some(t),
            Err(AppError::Saisie(e)) => erreurs.extend(e),
            Err(other) => return Err(other),
        }
    } else if issue.is_some_and(|i| i != Issue::Satisfaite) {
        erreurs.push(ErreurChamp::new("texte", "Expliquez cette issue au partenaire en quelques mots."));
    }
    match issue {
        Some(issue) if erreurs.is_empty() => Ok((issue, texte)),
        _ => Err(AppError::Saisie(erreurs)),
    }
}
