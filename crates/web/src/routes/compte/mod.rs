//! The sign-in from the invitation to the home page, and one's own compte. What these handlers share: cookies, where a
//! step leads, what a refused form answers.

mod activation;
mod connexion;
mod liens;
mod mon_compte;
mod session;

use crate::error::PageError;
use crate::extract::Call;
use crate::frame::{Frame, SESSION_COOKIE, cookie_value};
use crate::pages::FormState;
use crate::pages::compte::{AttentePage, Essai, refused};
use crate::registry::{Access, Registry, RegistryError};
use crate::retour::own_path;
use crate::sessions::step;
use crate::state::{WebState, spawned};
use app::compte::{Ouverture, jeton, remember_browser};
use app::{AppError, Appelant, Outcome, Requete};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use domain::compte::Profil;
use http::header::{HeaderName, HeaderValue, RETRY_AFTER, SET_COOKIE};
use http::{HeaderMap, StatusCode};

/// Everybody signed in.
pub(super) const TOUS: Access = Access::Connecte(&Profil::TOUS);
/// Cookie of a browser that has signed in: opens nothing, keeps somebody else's failures from locking it out.
const BROWSER_COOKIE: &str = "__Host-navigateur";
/// Seconds a browser keeps it: the longest that browsers allow.
const BROWSER_SECONDS: u32 = 400 * 24 * 3_600;

/// Declares the routes of comptes.
pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    connexion::declare(registry)?;
    liens::declare(registry)?;
    activation::declare(registry)?;
    mon_compte::declare(registry)?;
    session::declare(registry)
}

/// Goes on to the page of the next step under the new session, or to the page asked for.
async fn advance(call: &Call, headers: &HeaderMap, ouverture: Ouverture) -> Result<Response, PageError> {
    let on = next_path(&ouverture);
    with_session(call, headers, ouverture, Redirect::to(&on).into_response()).await
}

/// Where a session just opened or moved on goes.
fn next_path(ouverture: &Ouverture) -> String {
    let asked = || own_path(ouverture.retour.as_ref().map_or("/", |r| r.as_str()));
    step(ouverture.etape).unwrap_or_else(asked).to_owned()
}

/// Adds the session's cookie to an answer and, once it is open, the browser's.
pub(super) async fn with_session(
    call: &Call,
    headers: &HeaderMap,
    ouverture: Ouverture,
    mut response: Response,
) -> Result<Response, PageError> {
    add(&mut response, SET_COOKIE, &format!("{SESSION_COOKIE}={}; {COOKIE}", ouverture.jeton))?;
    if step(ouverture.etape).is_some() {
        return Ok(response);
    }
    let ctx = call.ctx.clone();
    let known = cookie_value(headers, BROWSER_COOKIE);
    let appelant = Some(Appelant::Session(jeton::empreinte(&ouverture.jeton)));
    let requete = Requete { appelant, vu: None, ..call.requete.clone() };
    let remembered = spawned(async move { remember_browser(&ctx, &requete, known.as_deref()).await }).await;
    match remembered {
        Ok(Some(value)) => {
            let cookie = format!("{BROWSER_COOKIE}={value}; Max-Age={BROWSER_SECONDS}; {COOKIE}");
            add(&mut response, SET_COOKIE, &cookie)?;
        }
        Ok(None) => {}
        // The session is open: a browser that is not remembered is slowed like any other, no more.
        Err(error) => tracing::warn!(%error, "browser not remembered"),
    }
    Ok(response)
}

/// What every cookie of ours is.
const COOKIE: &str = "Path=/; Secure; HttpOnly; SameSite=Lax";

fn add(response: &mut Response, name: HeaderName, value: &str) -> Result<(), PageError> {
    let value = HeaderValue::from_str(value).map_err(PageError::internal)?;
    response.headers_mut().append(name, value);
    Ok(())
}

/// Runs a use case that writes.
pub(super) async fn write<T, F>(call: &Call, work: impl FnOnce(app::Contexte, Requete) -> F) -> Outcome<T>
where
    T: Send + 'static,
    F: Future<Output = Outcome<T>> + Send + 'static,
{
    spawned(work(call.ctx.clone(), call.requete.clone())).await
}

/// The form again with its errors (422), the page that says to wait (429), or the error's own page.
pub(super) fn refuse<P: Template>(
    frame: &Frame,
    error: AppError,
    (form, essai): (FormState, Essai),
    page: impl FnOnce(&FormState) -> P,
) -> Result<Response, PageError> {
    match error {
        AppError::Saisie(erreurs) => {
            let form = refused(form, erreurs);
            Ok(frame.respond(StatusCode::UNPROCESSABLE_ENTITY, &page(&form)))
        }
        other => denied(frame, other, essai),
    }
}

/// What answers somebody who was refused as a whole, not at a field: whom to call (403), when to try again (429), or the
/// error's own page.
pub(super) fn denied(frame: &Frame, error: AppError, essai: Essai) -> Result<Response, PageError> {
    match error {
        AppError::StructureArretee(arret) => {
            Ok(frame.respond(StatusCode::FORBIDDEN, &crate::pages::partenaires::ArretPage::new(frame, &arret)))
        }
        AppError::TropDEssais(secondes) => {
            let mut response = frame.respond(StatusCode::TOO_MANY_REQUESTS, &AttentePage::new(frame, essai, secondes));
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(secondes));
            Ok(response)
        }
        other => Err(other.into()),
    }
}

/// Away from the page of a step at which this session does not stand.
fn elsewhere(frame: &Frame, here: &str) -> Option<Response> {
    let step = frame.signed().and_then(|s| s.step).unwrap_or("/");
    (step != here).then(|| Redirect::to(step).into_response())
}
