//! What every handler shares: the context of the process.

use app::{AppError, Contexte, Outcome};
use std::future::Future;

/// State of the router. Cheap to clone.
#[derive(Clone)]
pub struct WebState {
    /// What use cases receive.
    pub contexte: Contexte,
}

impl WebState {
    /// The state of this process.
    #[must_use]
    pub fn new(contexte: Contexte) -> Self {
        Self { contexte }
    }
}

/// Runs a writing use case in a task of its own: a browser that goes away stops the handler, never the write
/// (architecture, rule 13).
///
/// # Errors
/// Those of the use case; [`AppError::Interne`] when it panicked.
pub async fn spawned<T: Send + 'static>(work: impl Future<Output = Outcome<T>> + Send + 'static) -> Outcome<T> {
    // The message of a panic may quote what was typed: the log has its place from the process's hook.
    tokio::spawn(work).await.unwrap_or_else(|_| Err(AppError::Interne("use case stopped: it panicked".to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use tokio::sync::Notify;

    #[tokio::test]
    async fn a_write_ends_although_its_client_went_away() {
        let (go, done) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (inner_go, inner_done) = (go.clone(), done.clone());
        let mut handler = Box::pin(spawned(async move {
            inner_go.notified().await;
            inner_done.notify_one();
            Ok(())
        }));
        let begun = std::future::poll_fn(|cx| std::task::Poll::Ready(handler.as_mut().poll(cx).is_pending())).await;
        assert!(begun);
        drop(handler);
        go.notify_one();
        tokio::time::timeout(std::time::Duration::from_secs(5), done.notified()).await.unwrap();
    }

    #[tokio::test]
    async fn a_use_case_that_panics_is_an_internal_error() {
        let nom = "Dupontel".to_owned();
        let failed = spawned::<()>(async move { panic!("inside `{nom}`") }).await;
        assert!(matches!(&failed, Err(AppError::Interne(_))));
        assert!(!failed.unwrap_err().to_string().contains("Dupontel"), "a panic may quote what was typed");
    }
}
