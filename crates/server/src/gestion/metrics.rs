//! Counters of requests and their exposition in Prometheus text.
//!
//! A request is counted under its route's pattern (`/demandes/{reference}`), never its address: no reference, no search and
//! no token can become a label, and the number of labels is bounded by the routes.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;

/// Upper bounds of the histogram's buckets, in seconds.
const BOUNDS: [f64; 7] = [0.005, 0.02, 0.05, 0.1, 0.3, 1.0, 3.0];

/// A value read when the metrics are asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gauge {
    /// Name after `espace_partenaires_`, in `a-z_`.
    pub name: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// The value now.
    pub value: f64,
}

/// Counters since the process began.
#[derive(Debug, Default)]
pub struct Metrics {
    answered: Mutex<BTreeMap<(MethodName, String, u16), u64>>,
    durations: Mutex<BTreeMap<String, Durations>>,
}

/// One of the known methods, or `other`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct MethodName(&'static str);

#[derive(Debug, Default, Clone, Copy)]
struct Durations {
    buckets: [u64; BOUNDS.len()],
    count: u64,
    sum: f64,
}

impl Metrics {
    /// Counters at zero.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts one answered request under its route's pattern; `None` is an address that no route matches.
    pub fn answered(&self, method: &Method, route: Option<&str>, status: u16, took: Duration) {
        let route = route.unwrap_or("none").to_owned();
        let key = (known(method), route.clone(), status);
        *self.answered.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default() += 1;
        let mut durations = self.durations.lock().unwrap_or_else(PoisonError::into_inner);
        durations.entry(route).or_default().add(took.as_secs_f64());
    }

    /// All counters, then the gauges, in Prometheus text.
    #[must_use]
    pub fn exposition(&self, gauges: &[Gauge]) -> String {
        let mut text = String::new();
        head(&mut text, "build_info", "Version running", "gauge");
        _ = writeln!(text, "{PREFIX}build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION"));
        head(&mut text, "requests_total", "Requests answered", "counter");
        for ((method, route, status), count) in &*self.answered.lock().unwrap_or_else(PoisonError::into_inner) {
            let route = escaped(route);
            _ = writeln!(
                text,
                "{PREFIX}requests_total{{method=\"{}\",route=\"{route}\",status=\"{status}\"}} {count}",
                method.0
            );
        }
        head(&mut text, "request_seconds", "Time to answer, until the head of the answer", "histogram");
        for (route, durations) in &*self.durations.lock().unwrap_or_else(PoisonError::into_inner) {
            durations.write(&mut text, &escaped(route));
        }
        for gauge in gauges {
            head(&mut text, gauge.name, gauge.help, "gauge");
            _ = writeln!(text, "{PREFIX}{} {}", gauge.name, gauge.value);
        }
        text
    }
}

const PREFIX: &str = "espace_partenaires_";

impl Durations {
    fn add(&mut self, seconds: f64) {
        let reached = self.buckets.iter_mut().zip(BOUNDS).filter(|(_, bound)| seconds <= *bound);
        reached.for_each(|(bucket, _)| *bucket += 1);
        self.count += 1;
        self.sum += seconds;
    }

    fn write(&self, text: &mut String, route: &str) {
        for (count, bound) in self.buckets.iter().zip(BOUNDS) {
            _ = writeln!(text, "{PREFIX}request_seconds_bucket{{route=\"{route}\",le=\"{bound}\"}} {count}");
        }
        _ = writeln!(text, "{PREFIX}request_seconds_bucket{{route=\"{route}\",le=\"+Inf\"}} {}", self.count);
        _ = writeln!(text, "{PREFIX}request_seconds_sum{{route=\"{route}\"}} {}", self.sum);
        _ = writeln!(text, "{PREFIX}request_seconds_count{{route=\"{route}\"}} {}", self.count);
    }
}

fn head(text: &mut String, name: &str, help: &str, kind: &str) {
    _ = writeln!(text, "# HELP {PREFIX}{name} {help}\n# TYPE {PREFIX}{name} {kind}");
}

fn escaped(label: &str) -> String {
    label.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

/// A client may invent methods: those share one label.
fn known(method: &Method) -> MethodName {
    let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    MethodName(known.into_iter().find(|name| *name == method.as_str()).unwrap_or("other"))
}

/// The same routes, each answer counted. Apply it last, around the whole router.
pub fn count_requests(router: Router, metrics: Arc<Metrics>) -> Router {
    router.layer(from_fn_with_state(metrics, count))
}

async fn count(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    metrics.answered(&method, route.as_ref().map(MatchedPath::as_str), response.status().as_u16(), started.elapsed());
    response
}
