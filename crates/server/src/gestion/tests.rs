//! The management routes through real sockets, and what the counters say.

use std::sync::atomic::{AtomicBool, Ordering};

use axum::http::Method;
use axum::routing::post;
use tokio::net::TcpListener;

use super::*;
use crate::arret::Stop;
use crate::config::Limites;
use crate::ecoute;

async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let second = Duration::from_secs(10);
    let limits = Limites { entetes: second, corps: second, connexions: 16, fichiers: 8 };
    tokio::spawn(ecoute::serve(listener, router, limits, Stop::by_hand(second)));
    format!("http://{address}")
}

async fn fetch(url: String) -> (u16, String) {
    // Built with TLS for the object store, reqwest wants a provider chosen, also for loopback.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let response = reqwest::get(url).await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

fn gestion() -> Gestion {
    Gestion {
        ready: probe(async || Ok(())),
        gauges: probe(async || vec![Gauge { name: "outbox_backlog", help: "Rows waiting", value: 3.0 }]),
        metrics: Arc::new(Metrics::new()),
    }
}

#[tokio::test]
async fn the_process_is_healthy_even_when_it_is_not_ready() {
    let ready = Arc::new(AtomicBool::new(true));
    let asked = Arc::clone(&ready);
    let told = probe(move || {
        let ready = asked.load(Ordering::SeqCst);
        async move { if ready { Ok(()) } else { Err("base de données absente".to_owned()) } }
    });
    let base = serve(router(Gestion { ready: told, ..gestion() })).await;
    assert_eq!(fetch(format!("{base}/readyz")).await, (200, "ok\n".to_owned()));
    ready.store(false, Ordering::SeqCst);
    assert_eq!(fetch(format!("{base}/readyz")).await, (503, "base de données absente\n".to_owned()));
    assert_eq!(fetch(format!("{base}/healthz")).await.0, 200);
}

#[tokio::test]
async fn a_probe_that_never_answers_is_not_ready_and_leaves_the_counters_readable() {
    let stuck = Gestion {
        ready: probe(std::future::pending),
        gauges: probe(std::future::pending),
        metrics: Arc::new(Metrics::new()),
    };
    let both = async { tokio::join!(ready(State(stuck.clone())), scrape(State(stuck.clone()))) };
    let (readiness, counters) = tokio::time::timeout(PROBE_TIME * 5, both).await.unwrap();
    assert_eq!(readiness.0, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(counters.into_response().status(), StatusCode::OK);
}

#[tokio::test]
async fn requests_are_counted_by_pattern_and_never_by_address() {
    let gestion = gestion();
    let pages = Router::new()
        .route("/demandes/{reference}", get(async || "page"))
        .route("/recherche", post(async || StatusCode::UNPROCESSABLE_ENTITY));
    let base = serve(count_requests(pages, Arc::clone(&gestion.metrics))).await;
    let management = serve(router(gestion)).await;
    for path in ["/demandes/AB12-CARPENTIER", "/demandes/CD34?nom=carpentier", "/carpentier"] {
        fetch(format!("{base}{path}")).await;
    }
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new().post(format!("{base}/recherche")).send().await.unwrap();
    let (status, text) = fetch(format!("{management}/metrics")).await;
    assert_eq!(status, 200);
    for line in [
        "espace_partenaires_requests_total{method=\"GET\",route=\"/demandes/{reference}\",status=\"200\"} 2",
        "espace_partenaires_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 1",
        "espace_partenaires_requests_total{method=\"POST\",route=\"/recherche\",status=\"422\"} 1",
        "espace_partenaires_request_seconds_count{route=\"/demandes/{reference}\"} 2",
        "# TYPE espace_partenaires_outbox_backlog gauge",
        "espace_partenaires_outbox_backlog 3",
    ] {
        assert!(text.lines().any(|written| written == line), "{line} is not in\n{text}");
    }
    assert!(!text.to_lowercase().contains("carpentier"), "{text}");
}

#[test]
fn an_invented_method_has_no_label_of_its_own() {
    let metrics = Metrics::new();
    metrics.answered(&Method::from_bytes(b"CARPENTIER").unwrap(), None, 405, Duration::ZERO);
    let text = metrics.exposition(&[]);
    assert!(text.contains("method=\"other\"") && !text.contains("CARPENTIER"), "{text}");
}

#[test]
fn the_buckets_of_the_histogram_add_up() {
    let metrics = Metrics::new();
    for millis in [1, 60, 60, 9_000] {
        metrics.answered(&Method::GET, Some("/"), 200, Duration::from_millis(millis));
    }
    let text = metrics.exposition(&[]);
    for (bound, count) in [("0.005", 1), ("0.05", 1), ("0.1", 3), ("3", 3), ("+Inf", 4)] {
        let line = format!("request_seconds_bucket{{route=\"/\",le=\"{bound}\"}} {count}\n");
        assert!(text.contains(&line), "{line} is not in\n{text}");
    }
}
