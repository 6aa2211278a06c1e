//! The second address: health, readiness and metrics, for machines. No personal data passes here, but it says enough of
//! the installation to stay off the public network (loopback by default).

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;

mod metrics;

pub use metrics::{Gauge, Metrics, count_requests};

/// Longest a probe may take; a database that answers later counts as away.
const PROBE_TIME: Duration = Duration::from_secs(2);

/// A question asked at each call.
pub type Probe<T> = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = T> + Send>> + Send + Sync>;

/// Makes a [`Probe`] of an async closure.
pub fn probe<T, F>(ask: impl Fn() -> F + Send + Sync + 'static) -> Probe<T>
where
    F: Future<Output = T> + Send + 'static,
{
    Arc::new(move || Box::pin(ask()))
}

/// What the management address tells.
#[derive(Clone)]
pub struct Gestion {
    /// Whether requests can be served: database there, migrations done. The reason is shown, so it names no person.
    pub ready: Probe<Result<(), String>>,
    /// Gauges read at each scrape: outbox backlog, journal rows not yet sealed, database up …
    pub gauges: Probe<Vec<Gauge>>,
    /// Counters of requests, shared with [`count_requests`].
    pub metrics: Arc<Metrics>,
}

/// Routes of the management address: `/healthz` (the process runs), `/readyz` (200 or 503 with the reason), `/metrics`
/// (Prometheus text).
pub fn router(gestion: Gestion) -> Router {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(scrape))
        .with_state(gestion)
}

async fn ready(State(gestion): State<Gestion>) -> (StatusCode, String) {
    match tokio::time::timeout(PROBE_TIME, (gestion.ready)()).await {
        Ok(Ok(())) => (StatusCode::OK, "ok\n".to_owned()),
        Ok(Err(reason)) => (StatusCode::SERVICE_UNAVAILABLE, format!("{reason}\n")),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "sans réponse\n".to_owned()),
    }
}

/// The counters are told even when the gauges cannot be read.
async fn scrape(State(gestion): State<Gestion>) -> impl IntoResponse {
    let gauges = tokio::time::timeout(PROBE_TIME, (gestion.gauges)()).await;
    let text = gestion.metrics.exposition(&gauges.unwrap_or_default());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text)
}

#[cfg(test)]
mod tests;
