//! Reconciler: what an agent who has left holds goes back to his service's queue, with its event (DE-6, CA-4). What waits for
//! the partner keeps its wait: the answer brings it to the queue. No input, in slices; each demande is read again behind its
//! lock, so that it can run twice, be killed in between, or be started by two nodes.

use super::complement::TRANCHE;
use crate::context::{Contexte, Requete};
use crate::demande::objet;
use crate::error::{AppError, Outcome};
use domain::compte::EtatCompte;
use domain::demande::{Acte, Etat};
use domain::droits::{Acteur, Cloturer, Portee, Raison, systeme};
use store::StoreError;
use store::demande::{self, Cote};

const SYSTEME: Acteur = Acteur::Systeme(Raison::Tache);

/// Gives back everything that is held by nobody any more.
pub(super) async fn run(ctx: &Contexte) -> Outcome<()> {
    loop {
        let tx = ctx.store.begin_read().await?;
        let held = demande::sans_agent(&tx, TRANCHE).await?;
        drop(tx);
        let mut done = 0;
        for reference in &held {
            match give_back(ctx, reference).await {
                Ok(()) => done += 1,
                Err(AppError::Stockage(error @ StoreError::Corrupt { .. })) => {
                    tracing::error!(%error, "demande left with who has gone");
                }
                Err(other) => return Err(other),
            }
        }
        if done < TRANCHE {
            return Ok(());
        }
    }
}

async fn give_back(ctx: &Contexte, reference: &str) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let permis = systeme::permis::<Cloturer>(&SYSTEME)?;
    let Some(lue) = demande::lock(&tx, permis.portee(), reference).await? else { return Ok(()) };
    let held = matches!(lue.etat.etat(), Etat::PriseEnCharge | Etat::AttenteInterne);
    let Some(agent) = lue.etat.agent().filter(|_| held) else { return Ok(()) };
    let compte = store::compte::load(&tx, &Portee::Soi(agent), agent, ctx.now()).await?;
    if compte.is_some_and(|c| c.etat == EtatCompte::Actif) {
        return Ok(());
    }
    let libre = lue.etat.apply(Acte::Rendre, false, ctx.now())?;
    demande::save(&tx, &permis, &lue, libre, (ctx.new_id(), None::<Cote>, ctx.now())).await?;
    ctx.journal(&tx, ctx.entree(&Requete::systeme("tache"), &SYSTEME, "demande.give_back", objet(&lue))).await?;
    tx.commit().await?;
    Ok(())
}
