//! Reconciler: comptes past the instant of their deletion are erased, and their persons told a fortnight before (HA-10).
//! Nobody sees them any more whether it ran or not. One compte a transaction: killed in between or run by two nodes, each is
//! erased and told once.

use crate::context::{Contexte, Objet, Requete};
use crate::error::Outcome;
use crate::mails::{self, Mail, Pour, comptes::Lettre};
use chrono::TimeDelta;
use domain::calendrier::jour_civil;
use domain::compte::suppression::ANNONCE_JOURS;
use domain::droits::{Acteur, Portee, Raison, systeme};
use domain::ids::CompteId;
use store::compte::{self, effacement};

const SYSTEME: Acteur = Acteur::Systeme(Raison::Tache);

/// Announces, then erases, until nothing is left.
pub(super) async fn run(ctx: &Contexte) -> Outcome<()> {
    loop {
        let told = {
            let tx = ctx.store.begin_read().await?;
            let before = ctx.now() + TimeDelta::days(ANNONCE_JOURS);
            effacement::to_announce(&tx, ctx.now(), before).await?
        };
        let mut done = false;
        for id in told {
            done |= going_on(id, announce(ctx, id).await);
        }
        if !done {
            break;
        }
    }
    loop {
        let due = {
            let tx = ctx.store.begin_read().await?;
            effacement::due(&tx, ctx.now()).await?
        };
        let mut done = false;
        for id in due {
            done |= going_on(id, erase(ctx, id).await);
        }
        if !done {
            return Ok(());
        }
    }
}

/// Whether something was done; a compte whose rows cannot be read holds up no other.
fn going_on(id: CompteId, outcome: Outcome<bool>) -> bool {
    outcome.unwrap_or_else(|error| {
        tracing::error!(compte = %id, %error, "compte not announced or erased, the next ones are");
        false
    })
}

async fn announce(ctx: &Contexte, id: CompteId) -> Outcome<bool> {
    let tx = ctx.store.begin_write().await?;
    let permis = systeme::permis(&SYSTEME)?;
    if !effacement::announced(&tx, &permis, id, ctx.now()).await? {
        return Ok(false);
    }
    let found = compte::load(&tx, &Portee::Soi(id), id, ctx.now()).await?;
    if let Some((compte, fermeture)) = found.and_then(|c| c.fermeture.map(|f| (c, f))) {
        let (zone, _) = crate::compte::regle(&tx, &compte).await?;
        let suppression = jour_civil(zone, fermeture.supprimer_le);
        let lettre = Lettre::SuppressionProche { suppression };
        mails::push(ctx, &tx, &Mail::Comptes { pour: Pour::Personne(id), lettre }).await?;
    }
    tx.commit().await?;
    Ok(true)
}

async fn erase(ctx: &Contexte, id: CompteId) -> Outcome<bool> {
    let tx = ctx.store.begin_write().await?;
    let permis = systeme::permis(&SYSTEME)?;
    if !effacement::erase(&tx, &permis, id, ctx.now()).await? {
        return Ok(false);
    }
    let objet = Objet { nature: "compte", id: Some(id.to_string()), ..Objet::default() };
    ctx.journal(&tx, ctx.entree(&Requete::systeme("tache"), &SYSTEME, "compte.erase", objet)).await?;
    tx.commit().await?;
    Ok(true)
}
