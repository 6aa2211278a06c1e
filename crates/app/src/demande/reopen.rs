//! Opening a closed demande again at the desk, within the time set; the reason is a line of the thread, because the partner
//! must understand why it moves again (DE-7). The partner reopens by writing ([`super::reply`]).

use super::clock;
use super::reply;
use super::seconde::{Laisse, already, locked};
use super::show::objet;
use crate::compte::load_acteur;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use domain::demande::{Acte, Etat, EtatDemande, NomActe, RefusTransition};
use domain::droits::{self, Acteur};
use store::demande::Cote;

/// Reopens; the demande is then in the hands of who reopened it.
///
/// # Errors
/// [`AppError::Saisie`] without a reason, [`AppError::Etat`] when it is not closed or the time is over,
/// [`AppError::Conflit`], [`AppError::Introuvable`] out of scope.
pub async fn reopen(ctx: &Contexte, requete: &Requete, reference: &str, version: i64, texte: &str) -> Outcome<()> {
    let mut erreurs = Vec::new();
    let texte = reply::field("motif_reouverture", texte, "Expliquez pourquoi la demande est rouverte.", &mut erreurs);
    if !erreurs.is_empty() {
        return Err(AppError::Saisie(erreurs));
    }
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let (mut lue, zone) = locked(&tx, &acteur, reference).await?;
    let permis = droits::rouvrir(&acteur)?;
    if lue.version != version {
        return already(&tx, &acteur, &lue, (version, Etat::PriseEnCharge), Laisse::Ligne(&texte)).await;
    }
    let agent = acteur.compte().ok_or(AppError::SessionFermee)?;
    let EtatDemande::Cloturee { le, .. } = lue.etat else {
        return Err(RefusTransition::Impossible { etat: lue.etat.etat(), acte: NomActe::Rouvrir }.into());
    };
    let now = ctx.now();
    let limite = ctx.reglages.complement.fin_de_reouverture(zone, le);
    let rouverte = lue.etat.apply(Acte::Rouvrir(agent, limite), droits::dirige(&acteur), now)?;
    clock::undo_closing(&tx, &lue, zone).await?;
    reply::write(ctx, &tx, &acteur, &mut lue, (Cote::Caisse, &texte)).await?;
    clock::change(&tx, &permis, (&lue, zone), rouverte, (ctx.new_id(), Some(Cote::Caisse), now)).await?;
    ctx.journal(&tx, ctx.entree(requete, &acteur, "demande.reopen", objet(&lue))).await?;
    tx.commit().await?;
    Ok(())
}
