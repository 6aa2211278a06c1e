//! The worker claims outbox rows under a lease, performs each outside any transaction and finishes it in another. The
//! scheduler runs the reconcilers; each can run twice, be killed in between, or be started by two nodes without harm.

use super::{
    analyse, archive, complement, conventions, departs, expire, orphelins, recapitulatif, reprises, revues, suppression,
};
use crate::compte::forgot_password;
use crate::context::Contexte;
use crate::error::Outcome;
use crate::mails;
use crate::ports::SendError;
use std::time::Duration;
use store::journal::Sealer;
use store::outbox::{self, Acte};

/// Rows claimed at once: few, so that a slow receiver does not outlive their lease.
const BATCH: u64 = 5;

/// Performs what is due in the outbox; gives how many rows were finished.
///
/// # Errors
/// The database's error; rows claimed are free again when their lease ends.
pub async fn work_off(ctx: &Contexte) -> Outcome<u64> {
    let mut done = 0;
    loop {
        let tx = ctx.store.begin_write().await?;
        let actes = outbox::claim(&tx, BATCH, ctx.now()).await?;
        tx.commit().await?;
        if actes.is_empty() {
            return Ok(done);
        }
        for acte in &actes {
            done += u64::from(perform(ctx, acte).await?);
        }
    }
}

async fn perform(ctx: &Contexte, acte: &Acte) -> Outcome<bool> {
    if acte.bail_jusqu_a < ctx.now() {
        tracing::warn!(acte = %acte.id, nature = %acte.nature, "deferred act left: its lease ended while it waited");
        return Ok(false);
    }
    let outcome = match acte.nature.as_str() {
        forgot_password::NATURE => match forgot_password::perform(ctx, acte).await {
            Ok(finished) => return Ok(finished),
            Err(error) => Err(error),
        },
        mails::NATURE => mails::perform(ctx, acte).await,
        other => Err(SendError::Permanent(format!("unknown act {other}"))),
    };
    let tx = ctx.store.begin_write().await?;
    let done = match outcome {
        Ok(()) => {
            let finished = outbox::finish(&tx, acte, ctx.now()).await?;
            if !finished {
                tracing::warn!(acte = %acte.id, nature = %acte.nature, "deferred act finished after its lease was lost");
            }
            finished
        }
        Err(error) => {
            let permanent = matches!(error, SendError::Permanent(_));
            let given_up = outbox::fail(&tx, acte, &error.to_string(), permanent, ctx.now()).await?;
            if given_up {
                tracing::error!(acte = %acte.id, nature = %acte.nature, %error, "deferred act given up");
            } else {
                tracing::warn!(acte = %acte.id, nature = %acte.nature, %error, "deferred act will be tried again");
            }
            false
        }
    };
    tx.commit().await?;
    Ok(done)
}

/// Runs every reconciler until it finds nothing more, then the outbox.
///
/// # Errors
/// The database's error.
pub async fn run_due(ctx: &Contexte) -> Outcome<()> {
    for (_, outcome) in reconcile(ctx).await {
        outcome?;
    }
    Box::pin(analyse::run(ctx)).await?;
    Box::pin(orphelins::run(ctx)).await?;
    work_off(ctx).await?;
    Ok(())
}

/// One that fails does not keep the others from running. Each lies in a box: together they would fill the stack of a task.
async fn reconcile(ctx: &Contexte) -> Vec<(&'static str, Outcome<()>)> {
    vec![
        ("complement", Box::pin(complement::run(ctx)).await),
        ("archive", Box::pin(archive::run(ctx)).await),
        ("conventions", Box::pin(conventions::run(ctx)).await),
        ("expire", Box::pin(expire::run(ctx)).await),
        ("departs", Box::pin(departs::run(ctx)).await),
        ("reprises", Box::pin(reprises::run(ctx)).await),
        ("revues", Box::pin(revues::run(ctx)).await),
        ("recapitulatif", Box::pin(recapitulatif::run(ctx)).await),
        ("suppression", Box::pin(suppression::run(ctx)).await),
    ]
}

/// The process's scheduler: seals, works the outbox and analyses files every second, reconciles every minute, looks for
/// orphans every hour. Each has a rhythm of its own: a receiver, a scanner or a store that hangs holds up nothing else.
pub struct Echeancier {
    ctx: Contexte,
}

impl Echeancier {
    /// A scheduler on this context.
    #[must_use]
    pub const fn new(ctx: Contexte) -> Self {
        Self { ctx }
    }

    /// Runs until the task is aborted. Errors are logged and tried again at the next tick.
    pub async fn run(self) {
        let ctx = &self.ctx;
        let mut sealer = Sealer::default();
        let seal = async {
            let mut clock = every(SECONDE);
            loop {
                clock.tick().await;
                told("journal", sealer.seal(&ctx.store, ctx.now()).await.map(drop).map_err(Into::into));
            }
        };
        let outbox = async {
            let mut clock = every(SECONDE);
            loop {
                clock.tick().await;
                told("outbox", work_off(ctx).await.map(drop));
            }
        };
        tokio::join!(seal, outbox, analyses(ctx), reconciliations(ctx));
    }
}

const SECONDE: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

fn every(period: Duration) -> tokio::time::Interval {
    let mut interval = tokio::time::interval(period);
    interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    interval
}

/// A scanner that did not answer is left alone for a minute.
async fn analyses(ctx: &Contexte) {
    let mut clock = every(SECONDE);
    loop {
        clock.tick().await;
        let outcome = analyse::run(ctx).await;
        if outcome.as_ref().is_ok_and(|away| *away) {
            clock.reset_after(MINUTE);
        }
        told("analyse", outcome.map(drop));
    }
}

async fn reconciliations(ctx: &Contexte) {
    let mut clock = every(MINUTE);
    let mut minutes = 0_u64;
    loop {
        clock.tick().await;
        for (name, outcome) in reconcile(ctx).await {
            told(name, outcome);
        }
        if minutes.is_multiple_of(60) {
            told("orphelins", orphelins::run(ctx).await);
        }
        minutes = minutes.wrapping_add(1);
    }
}

fn told(reconciler: &str, outcome: Outcome<()>) {
    if let Err(error) = outcome {
        tracing::error!(reconciler, %error, "reconciler failed");
    }
}
