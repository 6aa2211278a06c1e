//! Reconciler of the complement loop: reminders, the notice, the closing (DE-8). It has no input, works in slices, and each
//! step is written over the row read, so that it can run twice, be killed in between, or be started by two nodes.

use crate::context::{Contexte, Requete};
use crate::demande::{clock, objet, zone_of};
use crate::error::{AppError, Outcome};
use crate::mails::{self, Mail};
use domain::calendrier::{Zone, jour_civil};
use domain::demande::{Acte, Etape, Etat, Issue, Suivi, debut_de_jour};
use domain::droits::{Acteur, Cloturer, Raison, systeme};
use store::demande::{self, Complement, Demande, Pas};
use store::{StoreError, WriteTx, faits};

/// Steps of one transaction.
pub(super) const TRANCHE: u64 = 200;

const SYSTEME: Acteur = Acteur::Systeme(Raison::Tache);

/// Makes every step that is due.
pub(super) async fn run(ctx: &Contexte) -> Outcome<()> {
    while slice(ctx).await? {}
    Ok(())
}

/// One transaction; gives whether there may be more.
async fn slice(ctx: &Contexte) -> Outcome<bool> {
    let tx = ctx.store.begin_write().await?;
    let dus = demande::dus(&tx, ctx.now(), TRANCHE).await?;
    let mut done = 0;
    for reference in &dus {
        match step(ctx, &tx, reference).await {
            Ok(()) => done += 1,
            // One unreadable row must not hold up the others.
            Err(AppError::Stockage(error @ StoreError::Corrupt { .. })) => {
                tracing::error!(%error, "complement left as it is");
            }
            Err(other) => return Err(other),
        }
    }
    tx.commit().await?;
    Ok(done == TRANCHE)
}

async fn step(ctx: &Contexte, tx: &WriteTx, reference: &str) -> Outcome<()> {
    let permis = systeme::permis::<Cloturer>(&SYSTEME)?;
    let Some(lue) = demande::load(tx, permis.portee(), reference).await? else { return Ok(()) };
    let ouvert = demande::complements(tx, lue.id).await?.into_iter().find(|c| c.fin_le.is_none());
    let Some(complement) = ouvert.filter(|_| lue.etat.etat() == Etat::AttentePartenaire) else { return Ok(()) };
    let zone = zone_of(tx, lue.caisse).await?;
    let (delais, now) = (&ctx.reglages.complement, ctx.now());
    let (suivi, aujourdhui) = (suivi(&complement, zone), jour_civil(zone, now));
    let (compte, reference) = (lue.auteur, lue.reference.clone());
    let (pas, apres, mail) = match delais.due(&suivi, aujourdhui) {
        Some(Etape::Cloture) => return close(ctx, tx, &lue, zone).await,
        Some(Etape::Relance(n)) => (
            Pas::Relance(n),
            Suivi { relances: n, ..suivi },
            Some((Mail::Relance { compte, reference }, "demande.remind")),
        ),
        Some(Etape::Avis) => {
            let apres = Suivi { avis: Some(aujourdhui), ..suivi };
            let cloture = delais.jour_de_cloture(&apres);
            (Pas::Avis, apres, Some((Mail::AvisCloture { compte, reference, cloture }, "demande.notice")))
        }
        // The settings were made longer since.
        None => (Pas::Rien, suivi, None),
    };
    let prochaine = debut_de_jour(zone, delais.prochaine(&apres).1);
    let written = demande::avancer(tx, &complement, pas, (now, prochaine)).await?;
    let Some((mail, action)) = mail.filter(|_| written) else { return Ok(()) };
    mails::push(ctx, tx, &mail).await?;
    ctx.journal(tx, ctx.entree(&Requete::systeme("tache"), &SYSTEME, action, objet(&lue))).await
}

fn suivi(c: &Complement, zone: Zone) -> Suivi {
    let jour = |le| jour_civil(zone, le);
    Suivi { demande: jour(c.demande_le), relances: c.relances, avis: c.avis_le.map(jour) }
}

/// Closes without an answer: event by the system, fact, mail.
async fn close(ctx: &Contexte, tx: &WriteTx, lue: &Demande, zone: Zone) -> Outcome<()> {
    let permis = systeme::permis::<Cloturer>(&SYSTEME)?;
    let now = ctx.now();
    let close = lue.etat.apply(Acte::CloturerSansReponse, false, now)?;
    let h = clock::change(tx, &permis, (lue, zone), close, (ctx.new_id(), None, now)).await?;
    faits::insert(tx, ctx.random_id(), clock::closing(lue, zone, (Issue::SansSuite, &h), now)).await?;
    let mail = Mail::ClotureSansReponse { compte: lue.auteur, reference: lue.reference.clone() };
    mails::push(ctx, tx, &mail).await?;
    ctx.journal(tx, ctx.entree(&Requete::systeme("tache"), &SYSTEME, "demande.lapse", objet(lue))).await
}
