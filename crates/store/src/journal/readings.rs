//! The process's writer of reading rows: all that wait are committed together, and only then do the answers go.

use super::{Entree, insert_readings};
use crate::db::Store;
use crate::error::StoreError;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

type Waiting = (Entree, oneshot::Sender<Result<(), Arc<StoreError>>>);

/// At most so many rows go into one commit.
const BATCH: usize = 500;

/// Handle to the writer. Cheap to clone; the writer ends when the last handle is gone.
#[derive(Clone)]
pub struct Readings(mpsc::Sender<Waiting>);

/// Why a reading could not be recorded: the personal page must not be shown (503).
#[derive(Debug, Clone, thiserror::Error)]
#[error("journal of readings: {0}")]
pub struct NotRecorded(String);

impl Readings {
    /// Starts the writer's task.
    #[must_use]
    pub fn start(store: Store) -> Self {
        let (sender, receiver) = mpsc::channel(4096);
        tokio::spawn(run(store, receiver));
        Self(sender)
    }

    /// Returns once the row is durable. Never call it inside a write transaction.
    ///
    /// # Errors
    /// [`NotRecorded`] when the journal cannot be written.
    pub async fn record(&self, entree: Entree) -> Result<(), NotRecorded> {
        let (done, answer) = oneshot::channel();
        self.0.send((entree, done)).await.map_err(|_| NotRecorded("the writer has stopped".to_owned()))?;
        match answer.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(e)) => Err(NotRecorded(e.to_string())),
            Err(_) => Err(NotRecorded("the writer has stopped".to_owned())),
        }
    }
}

async fn run(store: Store, mut receiver: mpsc::Receiver<Waiting>) {
    let mut waiting = Vec::with_capacity(BATCH);
    while receiver.recv_many(&mut waiting, BATCH).await > 0 {
        let (rows, answers): (Vec<_>, Vec<_>) = waiting.drain(..).unzip();
        let outcome = commit(&store, rows).await.map_err(Arc::new);
        for answer in answers {
            // The caller tells its failure in the log, with its request. One that went away needs no answer: its row is
            // recorded all the same, and only here can it be told that it is not.
            if let Err(Err(error)) = answer.send(outcome.clone()) {
                tracing::error!(%error, "journal of readings not written");
            }
        }
    }
}

async fn commit(store: &Store, rows: Vec<Entree>) -> Result<(), StoreError> {
    let tx = store.begin_journal_write().await?;
    insert_readings(&tx, rows).await?;
    tx.commit().await
}
