//! The edge: request id, NUL refused, security headers on every answer, errors as pages, one log line.

use crate::config::WebConfig;
use crate::error::{Kind, PageError};
use crate::frame::Frame;
use crate::guard;
use crate::pages::{self, ErrorPage};
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{self, HeaderName, HeaderValue};
use http::{HeaderMap, Method, Uri};
use std::sync::Arc;
use std::time::Instant;

/// The content security policy of every page.
pub const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
require-trusted-types-for 'script'; trusted-types 'none'";

const PERMISSIONS: &str = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), \
display-capture=(), browsing-topics=(), publickey-credentials-get=(self), publickey-credentials-create=(self)";

/// Headers every answer has, whatever made it.
const FIXED: [(HeaderName, &str); 8] = [
    (header::CONTENT_SECURITY_POLICY, CSP),
    (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS),
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// Header with the request id, for whoever reads the logs of a proxy.
pub const REQUEST_ID: &str = "x-request-id";

/// A stricter policy for one answer (a downloaded file's sandbox), kept by the edge as it is.
#[derive(Debug, Clone, Copy)]
pub struct OwnCsp(pub &'static str);

/// Outermost layer of the router.
pub(crate) async fn edge(
    State(config): State<Arc<WebConfig>>,
    matched: Option<MatchedPath>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let frame = Frame::new(config.clone(), (config.request_ids)(), request.uri().path().to_owned());
    let method = request.method().clone();
    let asked = method.is_safe().then(|| request.uri().clone());
    request.extensions_mut().insert(frame.clone());
    let mut response =
        if has_nul(request.uri()) { PageError::new(Kind::Malformed).into_response() } else { next.run(request).await };
    let error = response.extensions_mut().remove::<PageError>();
    if let Some(error) = &error {
        response = match error.kind() {
            Kind::SessionEnded => guard::sign_in(asked.as_ref()).into_response(),
            _ => write_error(&frame, error, response),
        };
    }
    add_headers(&mut response, frame.request_id());
    let route = matched.as_ref().map_or("-", |path| path.as_str());
    log(&Line { frame: &frame, method: &method, route, started }, response.status().as_u16(), error);
    response
}

/// The error's page under the status and headers the error already had.
fn write_error(frame: &Frame, error: &PageError, bare: Response) -> Response {
    let mut page = pages::respond(error.status(), &ErrorPage::new(frame, error));
    for (name, value) in bare.headers() {
        if !page.headers().contains_key(name) && name != header::CONTENT_LENGTH {
            page.headers_mut().append(name, value.clone());
        }
    }
    page
}

fn add_headers(response: &mut Response, request_id: &str) {
    let own = response.extensions_mut().remove::<OwnCsp>();
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Some(OwnCsp(policy)) = own {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    }
    if !is_immutable(headers) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Ok(value) = HeaderValue::from_str(request_id) {
        headers.insert(REQUEST_ID, value);
    }
}

fn is_immutable(headers: &HeaderMap) -> bool {
    headers
        .get(header::CACHE_CONTROL)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.ends_with("immutable"))
}

/// NUL, plain or percent-encoded: no database takes it and no page sends it.
fn has_nul(uri: &Uri) -> bool {
    uri.path_and_query().is_some_and(|pq| pq.as_str().contains("%00") || pq.as_str().contains('\0'))
}

struct Line<'a> {
    frame: &'a Frame,
    method: &'a Method,
    route: &'a str,
    started: Instant,
}

/// One line a request. The route's pattern, never the address: addresses hold references and tokens.
fn log(line: &Line<'_>, status: u16, error: Option<PageError>) {
    let Line { frame, method, route, started } = line;
    let id = frame.request_id();
    let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let code = error.as_ref().map_or("", PageError::code);
    let cause = error.as_ref().and_then(PageError::chain).unwrap_or_default();
    if status >= 500 {
        tracing::error!(request_id = id, %method, route, status, ms, code, cause, "request failed");
    } else if !cause.is_empty() {
        tracing::warn!(request_id = id, %method, route, status, ms, code, cause, "request refused");
    } else {
        tracing::info!(request_id = id, %method, route, status, ms, code, "request");
    }
}

/// A panic becomes the 500 page. Its message stays out of the log, for it may quote what was typed; its place is there
/// from the process's hook.
pub(crate) fn caught(_message: Box<dyn std::any::Any + Send>) -> Response {
    PageError::internal(Panicked).into_response()
}

#[derive(Debug, thiserror::Error)]
#[error("the handler panicked")]
struct Panicked;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_of_a_panic_which_may_quote_what_was_typed_is_not_logged() {
        let response = caught(Box::new("byte index 1 is not a char boundary of `Dupontel`".to_owned()));
        let chain = response.extensions().get::<PageError>().and_then(PageError::chain).unwrap();
        assert!(chain.contains("panicked") && !chain.contains("Dupontel"), "{chain}");
    }
}
