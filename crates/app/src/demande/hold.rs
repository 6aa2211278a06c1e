//! Waiting for somebody inside the caisse, and going on after either wait (DE-7). Both clocks run while it is internal.

use super::clock;
use super::note;
use super::seconde::{Laisse, already, locked};
use super::show::objet;
use crate::compte::load_acteur;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use domain::demande::{Acte, Etat};
use domain::droits::{self, Acteur};
use store::demande::Cote;

/// Waits for a colleague; the note says for what, and only the desk reads it.
///
/// # Errors
/// [`AppError::Saisie`] without a note or with a NIR in it, [`AppError::Etat`] when somebody else has it or it is not being
/// treated, [`AppError::Conflit`], [`AppError::Introuvable`] out of scope.
pub async fn hold(ctx: &Contexte, requete: &Requete, reference: &str, version: i64, texte: &str) -> Outcome<()> {
    let texte = note::read("note_attente", texte, "Notez ce que vous attendez, et de qui.")?;
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let (lue, zone) = locked(&tx, &acteur, reference).await?;
    let permis = droits::instruire(&acteur)?;
    if lue.version != version {
        let note = Laisse::Note(permis.portee(), &texte);
        return already(&tx, &acteur, &lue, (version, Etat::AttenteInterne), note).await;
    }
    let agent = acteur.compte().ok_or(AppError::SessionFermee)?;
    let now = ctx.now();
    let attente = lue.etat.apply(Acte::AttendreInterne(agent), droits::dirige(&acteur), now)?;
    clock::change(&tx, &permis, (&lue, zone), attente, (ctx.new_id(), Some(Cote::Caisse), now)).await?;
    store::demande::noter(&tx, &permis, &lue, (ctx.new_id(), &texte), now).await?;
    ctx.journal(&tx, ctx.entree(requete, &acteur, "demande.hold", objet(&lue))).await?;
    tx.commit().await?;
    Ok(())
}

/// Goes on: the colleague answered, or the partner did by telephone.
///
/// # Errors
/// [`AppError::Etat`] when somebody else has it or it does not wait, [`AppError::Conflit`], [`AppError::Introuvable`] out
/// of scope.
pub async fn resume(ctx: &Contexte, requete: &Requete, reference: &str, version: i64) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let (lue, zone) = locked(&tx, &acteur, reference).await?;
    let permis = droits::instruire(&acteur)?;
    if lue.version != version {
        return already(&tx, &acteur, &lue, (version, Etat::PriseEnCharge), Laisse::Rien).await;
    }
    let agent = acteur.compte().ok_or(AppError::SessionFermee)?;
    let now = ctx.now();
    let reprise = lue.etat.apply(Acte::Reprendre(agent), droits::dirige(&acteur), now)?;
    clock::change(&tx, &permis, (&lue, zone), reprise, (ctx.new_id(), Some(Cote::Caisse), now)).await?;
    ctx.journal(&tx, ctx.entree(requete, &acteur, "demande.resume", objet(&lue))).await?;
    tx.commit().await?;
    Ok(())
}
