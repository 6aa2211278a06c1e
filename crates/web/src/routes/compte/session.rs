//! The end of a session: asked for, or put off.

use super::{COOKIE, TOUS, add, write};
use crate::error::PageError;
use crate::extract::{Call, ReceivedForm};
use crate::frame::SESSION_COOKIE;
use crate::registry::{Access, Registry, RegistryError, Route};
use crate::retour::own_path;
use crate::sessions::seconds_left;
use crate::state::WebState;
use app::compte::{extend_session, sign_out};
use axum::response::{IntoResponse, Redirect, Response};
use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderName, REFERER, SET_COOKIE};

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");
/// What the browser forgets at the sign-out. Its cookies stay: the one that tells a known browser outlives sessions.
const FORGOTTEN: &str = "\"cache\", \"storage\"";

pub(super) fn declare(r: &mut Registry<WebState>) -> Result<(), RegistryError> {
    r.add(Route::post("/deconnexion", Access::EnCours), leave)?;
    r.add(Route::post("/session/prolonger", TOUS), extend)
}

async fn leave(call: Call, received: ReceivedForm) -> Result<Response, PageError> {
    received.only(&[], &[])?;
    write(&call, |ctx, requete| async move { sign_out(&ctx, &requete).await }).await?;
    let mut response = Redirect::to("/connexion?avis=deconnexion").into_response();
    add(&mut response, SET_COOKIE, &format!("{SESSION_COOKIE}=; Max-Age=0; {COOKIE}"))?;
    add(&mut response, CLEAR_SITE_DATA, FORGOTTEN)?;
    Ok(response)
}

async fn extend(call: Call, headers: HeaderMap, received: ReceivedForm) -> Result<Response, PageError> {
    received.only(&[], &[])?;
    let vue = write(&call, |ctx, requete| async move { extend_session(&ctx, &requete).await }).await?;
    if text(&headers, &ACCEPT).contains("application/json") {
        let body = serde_json::json!({ "secondes": seconds_left(&call.ctx, &vue) }).to_string();
        return Ok(([(CONTENT_TYPE, "application/json")], body).into_response());
    }
    let origins = &call.frame.config().origins;
    let read = text(&headers, &REFERER);
    let path = origins.iter().find_map(|origin| read.strip_prefix(origin.as_str())).unwrap_or("/");
    Ok(Redirect::to(own_path(path)).into_response())
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
