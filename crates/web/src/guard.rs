//! What every declared route passes before its handler: session, access, origin, token, body limit.

use crate::config::WebConfig;
use crate::error::{Kind, PageError};
use crate::extract::fichiers;
use crate::extract::form::{self, ReceivedBody};
use crate::frame::{Frame, SESSION_COOKIE, SignedIn, VISIT_COOKIE, cookie_value};
use crate::jeton::{TOKEN_FIELD, TOKEN_HEADER};
use crate::progres;
use crate::registry::{Access, FORM_LIMIT, Route};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http::header::{CONTENT_TYPE, HeaderValue, ORIGIN, SET_COOKIE};
use http::{HeaderMap, StatusCode, Uri};
use std::sync::Arc;

/// Where people sign in; `retour` is the page asked for.
pub const SIGN_IN_PATH: &str = "/connexion";

/// State of the layer: settings, and the route it guards.
type Guarded = (Arc<WebConfig>, Route);

pub(crate) async fn enter(
    State((config, route)): State<Guarded>,
    frame: Frame,
    mut request: Request,
    next: Next,
) -> Response {
    if route.access == Access::Static {
        return next.run(request).await;
    }
    let new_visit = bind(&config, &frame, request.headers());
    let with_progress = progres::asked(&route, request.headers());
    // Held until the answer: the files are in memory until then.
    let (_place, passed) = match fichiers::place(&config.places, &route, &request) {
        Ok(place) => (place, pass(&config, &route, &frame, &mut request).await),
        Err(error) => (None, Err(error)),
    };
    let who = request.extensions().get::<app::Requete>().cloned();
    let answer = match passed {
        Ok(None) if with_progress => progres::told(next.run(request).await),
        Ok(None) => next.run(request).await,
        Ok(Some(elsewhere)) => elsewhere.into_response(),
        Err(error) => error.into_response(),
    };
    let answer = told(&config, &route, &frame, (who, answer)).await;
    match new_visit {
        Some(cookie) => with_cookie(answer, &cookie),
        None => answer,
    }
}

/// An answer « not yours » goes only once the journal has it (JO-1).
async fn told(
    config: &WebConfig,
    route: &Route,
    frame: &Frame,
    (who, answer): (Option<app::Requete>, Response),
) -> Response {
    let refused = match answer.status() {
        StatusCode::FORBIDDEN => true,
        StatusCode::NOT_FOUND => route.objet.is_some(),
        _ => false,
    };
    let Some(who) = who.filter(|_| refused) else { return answer };
    let who = app::Requete { id: frame.request_id().to_owned(), ..who };
    match config.sessions.refused(who, route.path).await {
        Ok(()) => answer,
        Err(error) => error.into_response(),
    }
}

/// Binds the page's form tokens to the visitor's cookie; gives the cookie to set where there is none.
fn bind(config: &WebConfig, frame: &Frame, headers: &HeaderMap) -> Option<String> {
    if let Some(value) = cookie_value(headers, SESSION_COOKIE).or_else(|| cookie_value(headers, VISIT_COOKIE)) {
        frame.bind(&value);
        return None;
    }
    let fresh = (config.visits)();
    frame.bind(&fresh);
    Some(format!("{VISIT_COOKIE}={fresh}; Path=/; Secure; HttpOnly; SameSite=Lax"))
}

fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
    response
}

/// `Ok(Some)` sends the person elsewhere, `Ok(None)` lets the handler run.
async fn pass(
    config: &WebConfig,
    route: &Route,
    frame: &Frame,
    request: &mut Request,
) -> Result<Option<Redirect>, PageError> {
    if !request.method().is_safe() {
        check_origin(config, request.headers())?;
    }
    match open_session(config, frame, request).await {
        // A public page is shown whatever happens to the sessions: the state of the service, above all.
        Err(error) if route.access == Access::Public && request.method().is_safe() => {
            tracing::warn!(cause = error.chain().unwrap_or_default(), "session not read");
        }
        opened => opened?,
    }
    let asked = request.method().is_safe().then(|| request.uri());
    if let Some(elsewhere) = admit(route.access, frame.signed(), asked)? {
        return Ok(Some(elsewhere));
    }
    if !request.method().is_safe() {
        check_body(config, route, request).await?;
        // A body may take minutes to arrive: whoever answers a form looks again who asks.
        if let Some(requete) = request.extensions_mut().get_mut::<app::Requete>() {
            requete.vu = None;
        }
    }
    Ok(None)
}

/// For addresses without a route: shows who is signed in around the error page, and nothing else.
pub(crate) async fn recognise(
    State(config): State<Arc<WebConfig>>,
    frame: Frame,
    mut request: Request,
    next: Next,
) -> Response {
    if let Some(value) = cookie_value(request.headers(), SESSION_COOKIE) {
        frame.bind(&value);
    }
    match open_session(&config, &frame, &mut request).await {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

async fn open_session(config: &WebConfig, frame: &Frame, request: &mut Request) -> Result<(), PageError> {
    let Some(token) = cookie_value(request.headers(), SESSION_COOKIE) else {
        return Ok(());
    };
    if let Some(signed) = config.sessions.open(&token, request.extensions_mut()).await? {
        frame.sign(signed);
    }
    Ok(())
}

/// `asked` is the address to come back to after signing in; none for a form's target.
fn admit(access: Access, signed: Option<&SignedIn>, asked: Option<&Uri>) -> Result<Option<Redirect>, PageError> {
    let step = signed.and_then(|signed| signed.step);
    match (access, signed) {
        (Access::Static | Access::Public, _) | (Access::Anonyme, None) | (Access::EnCours, Some(_)) => Ok(None),
        (Access::Anonyme, Some(_)) => Ok(Some(Redirect::to(step.unwrap_or("/")))),
        (Access::EnCours | Access::Connecte(_), None) => Ok(Some(sign_in(asked))),
        (Access::Connecte(profils), Some(signed)) => match step {
            Some(step) => Ok(Some(Redirect::to(step))),
            None if profils.contains(&signed.profil) => Ok(None),
            None => Err(PageError::forbidden()),
        },
    }
}

/// To the sign-in page, and back to the address asked for.
pub(crate) fn sign_in(asked: Option<&Uri>) -> Redirect {
    let asked = asked.and_then(Uri::path_and_query).map_or("/", |pq| pq.as_str());
    if asked == "/" {
        return Redirect::to(SIGN_IN_PATH);
    }
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("retour", asked).finish();
    Redirect::to(&format!("{SIGN_IN_PATH}?{query}"))
}

/// `Origin` must be there and ours; `null` and other sites are refused.
fn check_origin(config: &WebConfig, headers: &HeaderMap) -> Result<(), PageError> {
    let mut sent = headers.get_all(ORIGIN).iter();
    let origin = sent.next().and_then(|value| value.to_str().ok());
    let ours = origin.is_some_and(|origin| config.origins.iter().any(|known| known == origin));
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    if ours && sent.next().is_none() && site.is_none_or(|site| site == b"same-origin") {
        return Ok(());
    }
    Err(PageError::new(Kind::ForeignOrigin))
}

/// Who may send this form: the value of a cookie and the token that must have been issued to it.
struct Seal<'a> {
    config: &'a WebConfig,
    binding: String,
    in_header: Option<String>,
}

impl<'a> Seal<'a> {
    fn of(config: &'a WebConfig, headers: &HeaderMap) -> Self {
        let binding = cookie_value(headers, SESSION_COOKIE).or_else(|| cookie_value(headers, VISIT_COOKIE));
        let in_header = headers.get(TOKEN_HEADER).and_then(|value| value.to_str().ok()).map(str::to_owned);
        Self { config, binding: binding.unwrap_or_default(), in_header }
    }

    /// Whether the form's own token, or else the header's, is this visitor's.
    fn check(&self, in_form: Option<&str>) -> Result<(), PageError> {
        let token = in_form.or(self.in_header.as_deref()).unwrap_or_default();
        if self.config.jetons.verify(&self.binding, token) { Ok(()) } else { Err(PageError::new(Kind::StaleForm)) }
    }
}

/// Reads a form with files; nothing of a file is kept before the token was checked.
async fn check_files(
    seal: &Seal<'_>,
    route: &Route,
    field: &'static str,
    request: &mut Request,
) -> Result<(), PageError> {
    let body = std::mem::take(request.body_mut());
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (pairs, files) = fichiers::read(body, kind, (field, route.body_limit), |token| seal.check(token)).await?;
    request.extensions_mut().insert(ReceivedBody::new(pairs));
    request.extensions_mut().insert(files);
    Ok(())
}

/// Reads the body within its limit, checks the token, and leaves the form's pairs to the extractor.
async fn check_body(config: &WebConfig, route: &Route, request: &mut Request) -> Result<(), PageError> {
    let seal = Seal::of(config, request.headers());
    if let Some(field) = route.files.filter(|_| fichiers::is_multipart(request.headers())) {
        return check_files(&seal, route, field, request).await;
    }
    let body = std::mem::take(request.body_mut());
    let bytes = to_bytes(body, route.body_limit.min(FORM_LIMIT)).await.map_err(body_error)?;
    let pairs = if is_form(request.headers()) {
        form::parse(&bytes)?
    } else if bytes.is_empty() {
        Vec::new()
    } else {
        return Err(PageError::new(Kind::UnsupportedType));
    };
    seal.check(pairs.iter().find(|(name, _)| name == TOKEN_FIELD).map(|(_, value)| value.as_str()))?;
    request.extensions_mut().insert(fichiers::none());
    request.extensions_mut().insert(ReceivedBody::new(pairs));
    *request.body_mut() = Body::from(bytes);
    Ok(())
}

fn body_error(error: axum::Error) -> PageError {
    let inner = error.into_inner();
    if inner.downcast_ref::<http_body_util::LengthLimitError>().is_some() {
        return PageError::new(Kind::TooLarge);
    }
    PageError::new(Kind::Malformed)
}

fn is_form(headers: &HeaderMap) -> bool {
    let sent = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    sent.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}
