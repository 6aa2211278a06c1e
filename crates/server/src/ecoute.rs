//! Serving a router over HTTP/1 on a socket, with what `axum::serve` leaves out: time limits on a request's head and
//! whole body, a bound on connections, and a stop that lets running requests finish.
//!
//! Each request carries the peer's address as `axum::extract::ConnectInfo<SocketAddr>`.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderValue, Request, Response, StatusCode, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::ServiceExt as _;

use crate::arret::Stop;
use crate::config::Limites;

mod body;

use body::TimedBody;

/// Most bytes of a request's head, and of what is read ahead on a connection.
const HEAD_BYTES: usize = 64 * 1024;

/// Pause after a connection could not be accepted (no file handle left, for example).
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Longest wait, after the delay, for connections to notice that they are cut.
const CUT_PAUSE: Duration = Duration::from_millis(500);

/// How serving ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Every request begun was answered.
    Clean,
    /// This many connections were cut when the delay was over.
    Cut(usize),
}

/// Serves until the stop is asked, then lets running requests finish until its delay is over. The socket is closed as
/// soon as the stop is asked, so that another process can take the address.
pub async fn serve(listener: TcpListener, router: Router, limits: Limites, stop: Stop) -> Ended {
    let slots = Arc::new(Semaphore::new(limits.connexions));
    let graceful = GracefulShutdown::new();
    let cut = Arc::new(AtomicUsize::new(0));
    let connections = Connections { router, limits, stop: stop.clone(), cut: Arc::clone(&cut) };
    while let Some((stream, peer, slot)) = next(&listener, &slots, &stop).await {
        tokio::spawn(connections.clone().run(stream, peer, graceful.watcher(), slot));
    }
    drop(listener);
    stop.finish(graceful.shutdown()).await;
    // A connection has counted itself, if it was cut, once its slot is back.
    let all = u32::try_from(limits.connexions).unwrap_or(u32::MAX);
    let _ = tokio::time::timeout(CUT_PAUSE, slots.acquire_many(all)).await;
    match cut.load(Ordering::Acquire) {
        0 => Ended::Clean,
        cut => Ended::Cut(cut),
    }
}

/// The next connection once a slot is free; `None` when the stop is asked.
async fn next(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
    stop: &Stop,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let accepted = async {
        let slot = Arc::clone(slots).acquire_owned().await.ok()?;
        loop {
            match listener.accept().await {
                Ok((stream, peer)) => return Some((stream, peer, slot)),
                Err(error) => {
                    tracing::warn!(%error, "connection not accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    };
    tokio::select! {
        biased;
        () = stop.asked() => None,
        accepted = accepted => accepted,
    }
}

#[derive(Clone)]
struct Connections {
    router: Router,
    limits: Limites,
    stop: Stop,
    cut: Arc<AtomicUsize>,
}

impl Connections {
    async fn run(self, stream: TcpStream, peer: SocketAddr, watcher: Watcher, slot: OwnedSemaphorePermit) {
        // Small answers leave at once; a failure here only costs latency.
        let _ = stream.set_nodelay(true);
        let Self { router, limits, stop, cut } = self;
        let service = service_fn(move |request| answer(router.clone(), request, peer, limits.corps));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.entetes)
            .max_buf_size(HEAD_BYTES)
            .serve_connection(TokioIo::new(stream), service);
        match stop.finish(watcher.watch(connection)).await {
            Some(Ok(())) => {}
            // The peer went away or was too slow: its business, told for whoever looks for it.
            Some(Err(error)) => tracing::debug!(%error, "connection ended early"),
            None => _ = cut.fetch_add(1, Ordering::Release),
        }
        drop(slot);
    }
}

async fn answer(
    router: Router,
    request: Request<Incoming>,
    peer: SocketAddr,
    body_time: Duration,
) -> Result<Response<Body>, Infallible> {
    let (mut parts, incoming) = request.into_parts();
    parts.extensions.insert(ConnectInfo(peer));
    let (body, late) = TimedBody::new(incoming, body_time);
    let response = router.oneshot(Request::from_parts(parts, Body::new(body))).await?;
    Ok(if late.happened() { too_slow() } else { response })
}

/// Replaces whatever the router made of a body that broke off.
fn too_slow() -> Response<Body> {
    let mut response =
        Response::new(Body::from("L’envoi a pris trop de temps. Vérifiez votre connexion et recommencez.\n"));
    *response.status_mut() = StatusCode::REQUEST_TIMEOUT;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

#[cfg(test)]
mod tests;
