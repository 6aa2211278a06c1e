//! The worker claims outbox rows under a lease, performs each outside any transaction and finishes it in another. The
//! scheduler runs the reconcilers; each can run twice, be killed in between, or be started by two nodes without harm.

use super::{analyse, archive, complement, expire, orphelins, recapitulatif};
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
        analyse::NATURE => analyse::perform(ctx, acte).await,
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
    orphelins::run(ctx).await?;
    work_off(ctx).await?;
    Ok(())
}

/// One that fails does not keep the others from running.
async fn reconcile(ctx: &Contexte) -> [(&'static str, Outcome<()>); 5] {
    [
        ("complement", complement::run(ctx).await),
        ("archive", archive::run(ctx).await),
        ("expire", expire::run(ctx).await),
        ("recapitulatif", recapitulatif::run(ctx).await),
        ("analyse", analyse::run(ctx).await),
    ]
}

/// The process's scheduler: seals every second, works the outbox every second, reconciles every minute, looks for orphans
/// every hour.
pub struct Echeancier {
    ctx: Contexte,
    sealer: Sealer,
    ticks: u64,
}

impl Echeancier {
    /// A scheduler on this context.
    #[must_use]
    pub fn new(ctx: Contexte) -> Self {
        Self { ctx, sealer: Sealer::default(), ticks: 0 }
    }

    /// Runs until the task is aborted. Errors are logged and tried again at the next tick.
    pub async fn run(mut self) {
        let mut interval = tokio::time::interval(Duration::from_secs(1));
        interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            interval.tick().await;
            self.tick().await;
        }
    }

    async fn tick(&mut self) {
        if let Err(error) = self.sealer.seal(&self.ctx.store, self.ctx.now()).await {
            tracing::error!(%error, "journal not sealed");
        }
        if let Err(error) = work_off(&self.ctx).await {
            tracing::error!(%error, "outbox not worked off");
        }
        if self.ticks.is_multiple_of(60) {
            for (name, outcome) in reconcile(&self.ctx).await {
                told(name, outcome);
            }
        }
        if self.ticks.is_multiple_of(3600) {
            told("orphelins", orphelins::run(&self.ctx).await);
        }
        self.ticks = self.ticks.wrapping_add(1);
    }
}

fn told(reconciler: &str, outcome: Outcome<()>) {
    if let Err(error) = outcome {
        tracing::error!(reconciler, %error, "reconciler failed");
    }
}
