//! Internal notes: the desk writes and reads them, no partner ever does (DE-10). A note changes nothing that somebody else
//! could overwrite, so it carries no version and leaves no form stale.

use super::reply;
use super::seconde::locked;
use super::show::objet;
use crate::compte::load_acteur;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use domain::droits::{self, Acteur};
use store::demande;

/// Reads a note: not empty, not too long, without a NIR.
pub(super) fn read(champ: &str, texte: &str, vide: &str) -> Outcome<String> {
    let mut erreurs = Vec::new();
    let texte = reply::field(champ, texte, vide, &mut erreurs);
    if erreurs.is_empty() { Ok(texte) } else { Err(AppError::Saisie(erreurs)) }
}

/// Adds a note. A second click of the same person adds nothing.
///
/// # Errors
/// [`AppError::Saisie`], [`AppError::Introuvable`] out of scope, [`AppError::Interdit`] for a partner.
pub async fn annotate(ctx: &Contexte, requete: &Requete, reference: &str, texte: &str) -> Outcome<()> {
    let texte = read("note", texte, "Écrivez la note avant de l’enregistrer.")?;
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let (lue, _) = locked(&tx, &acteur, reference).await?;
    let permis = droits::instruire(&acteur)?;
    let last = demande::notes(&tx, permis.portee(), &lue).await?.pop();
    if last.is_some_and(|n| Some(n.auteur) == acteur.compte() && n.texte == texte) {
        return Ok(());
    }
    demande::noter(&tx, &permis, &lue, (ctx.new_id(), &texte), ctx.now()).await?;
    ctx.journal(&tx, ctx.entree(requete, &acteur, "demande.note", objet(&lue))).await?;
    tx.commit().await?;
    Ok(())
}
