//! The journal of refusals: every answer « not yours » to somebody signed in is a row, written before the answer goes
//! (JO-1). The pages' guard calls it once a request, so that no use case can forget it.

use crate::compte::seen;
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use domain::droits::Acteur;
use store::journal::Resultat;

/// Records that a request was refused, with the pattern of its route and never its address.
///
/// # Errors
/// [`AppError::Journal`] when it cannot be recorded: the answer must then be 503.
pub async fn record_refusal(ctx: &Contexte, requete: &Requete, route: &'static str) -> Outcome<()> {
    let entree = {
        let tx = ctx.store.begin_read().await?;
        let acteur = match seen(ctx, &tx, requete).await {
            Ok(vu) => Acteur::Compte(vu.acteur.clone()),
            // The session ended meanwhile, or stands at a step: nobody was refused anything.
            Err(AppError::SessionFermee) => return Ok(()),
            Err(error) => return Err(error),
        };
        let objet = Objet { nature: "route", id: Some(route.to_owned()), ..Objet::default() };
        let mut entree = ctx.entree(requete, &acteur, "acces.refuse", objet);
        entree.resultat = Resultat::Refus;
        entree
    };
    ctx.record(entree).await
}
