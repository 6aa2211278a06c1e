//! Reconciler of the complement loop: reminders, the notice, the closing (DE-8). It has no input, works in slices, and each
//! step is a transaction of its own written over the row read, so that it can run twice, be killed in between, or be
//! started by two nodes, and a step that fails half-way leaves nothing behind.

use crate::context::{Contexte, Requete};
use crate::demande::{clock, objet, of_structure, zone_of};
use crate::error::{AppError, Outcome};
use crate::mails::{self, Mail};
use chrono::NaiveDate;
use domain::calendrier::{Zone, jour_civil};
use domain::demande::{Acte, Etape, Etat, Issue, Suivi, depart};
use domain::droits::{Acteur, Cloturer, Raison, systeme};
use store::demande::{self, Complement, Demande, Pas};
use store::{StoreError, WriteTx, faits};

/// Steps of one look at what is due.
pub(super) const TRANCHE: u64 = 200;

const SYSTEME: Acteur = Acteur::Systeme(Raison::Tache);

/// Makes every step that is due.
pub(super) async fn run(ctx: &Contexte) -> Outcome<()> {
    while slice(ctx).await? {}
    Ok(())
}

/// Makes so many steps; gives whether there may be more.
async fn slice(ctx: &Contexte) -> Outcome<bool> {
    let tx = ctx.store.begin_read().await?;
    let dus = demande::dus(&tx, ctx.now(), TRANCHE).await?;
    drop(tx);
    let mut done = 0;
    for reference in &dus {
        match alone(ctx, reference).await {
            Ok(()) => done += 1,
            // One unreadable row must not hold up the others.
            Err(AppError::Stockage(error @ StoreError::Corrupt { .. })) => {
                tracing::error!(%error, "complement left as it is");
            }
            Err(other) => return Err(other),
        }
    }
    Ok(done == TRANCHE)
}

/// One step and its transaction: whatever it meets, it is made whole or not at all.
async fn alone(ctx: &Contexte, reference: &str) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    step(ctx, &tx, reference).await?;
    tx.commit().await?;
    Ok(())
}

async fn step(ctx: &Contexte, tx: &WriteTx, reference: &str) -> Outcome<()> {
    let permis = systeme::permis::<Cloturer>(&SYSTEME)?;
    let Some(lue) = demande::lock(tx, permis.portee(), reference).await? else { return Ok(()) };
    let ouvert = demande::complements(tx, lue.id).await?.into_iter().find(|c| c.fin_le.is_none());
    let Some(complement) = ouvert.filter(|_| lue.etat.etat() == Etat::AttentePartenaire) else { return Ok(()) };
    let zone = zone_of(tx, lue.caisse).await?;
    let (delais, now) = (&ctx.reglages.complement, ctx.now());
    let (suivi, aujourdhui) = (suivi(&complement, zone), jour_civil(zone, now));
    // A worker that was away may come back at night or on a Sunday: then nothing is sent before the next opening.
    let ouverture = depart(zone, aujourdhui);
    let due = if now >= ouverture { delais.due(zone, &suivi, aujourdhui) } else { None };
    let (pas, apres, courrier) = match due {
        Some(Etape::Cloture) => return close(ctx, tx, &lue, zone).await,
        Some(Etape::Relance(n)) => {
            (Pas::Relance(n), Suivi { relances: n, ..suivi }, Some((Courrier::Relance, "demande.remind")))
        }
        Some(Etape::Avis) => {
            let apres = Suivi { avis: Some(aujourdhui), ..suivi };
            let cloture = delais.jour_de_cloture(zone, &apres);
            (Pas::Avis, apres, Some((Courrier::Avis(cloture), "demande.notice")))
        }
        // Closed hours, or the settings were made longer since.
        None => (Pas::Rien, suivi, None),
    };
    let prochaine = depart(zone, delais.prochaine(zone, &apres).1).max(ouverture);
    let written = demande::avancer(tx, &complement, pas, (now, prochaine)).await?;
    let Some((courrier, action)) = courrier.filter(|_| written) else { return Ok(()) };
    send(ctx, tx, &lue, courrier).await?;
    ctx.journal(tx, ctx.entree(&Requete::systeme("tache"), &SYSTEME, action, objet(&lue))).await
}

/// What the loop writes to the structure.
#[derive(Clone, Copy)]
enum Courrier {
    Relance,
    Avis(NaiveDate),
    Cloture,
}

/// To who filed, or to the colleagues when that compte is closed (DE-6).
async fn send(ctx: &Contexte, tx: &WriteTx, lue: &Demande, courrier: Courrier) -> Outcome<()> {
    for compte in of_structure(ctx, tx, lue).await? {
        let reference = lue.reference.clone();
        let mail = match courrier {
            Courrier::Relance => Mail::Relance { compte, reference },
            Courrier::Avis(cloture) => Mail::AvisCloture { compte, reference, cloture },
            Courrier::Cloture => Mail::ClotureSansReponse { compte, reference },
        };
        mails::push(ctx, tx, &mail).await?;
    }
    Ok(())
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
    faits::insert(tx, ctx.random_id(), clock::closing(lue, zone, (Issue::SansSuite, &h), now));
    send(ctx, tx, lue, Courrier::Cloture).await?;
    ctx.journal(tx, ctx.entree(&Requete::systeme("tache"), &SYSTEME, "demande.lapse", objet(lue))).await
}
