//! What one request carries to its page: settings, request id, who is signed in, form token.
//!
//! The edge layer makes it, the registry completes it with the session, handlers and error pages read it.

use crate::config::WebConfig;
use crate::error::PageError;
use crate::pages::composants::Link;
use axum::extract::FromRequestParts;
use axum::response::Response;
use domain::compte::Profil;
use domain::demande::Sorte;
use http::request::Parts;
use http::{Extensions, StatusCode};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};

/// Who is signed in, as pages show it.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Civilité left out: prénom and nom.
    pub nom: String,
    /// The one profil of the compte.
    pub profil: Profil,
    /// The structure or caisse it belongs to.
    pub structure: String,
    /// Seconds until the session ends if nothing is done.
    pub session_seconds: u32,
    /// The main ways for this profil.
    pub navigation: Vec<Link>,
    /// Kinds of demande that a technicien may file somewhere today, in the order of the conventions.
    pub sortes: Vec<Sorte>,
    /// Whom to reach when the portal fails (DI-1).
    pub contact: Option<Contact>,
    /// Whether a second factor was shown so lately that an act on comptes may be asked for without showing it again.
    pub renforcee: bool,
    /// Where the person must go before anything else: second factor, CGU, new password.
    pub step: Option<&'static str>,
}

/// The channel to use when the portal cannot serve: the caisse's contact and its other way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The caisse's name.
    pub caisse: String,
    /// The other channel for what was being done, as a sentence.
    pub channel: Option<String>,
    /// Functional e-mail address.
    pub email: Option<String>,
    /// Telephone, as it is read.
    pub telephone: Option<String>,
}

/// What [`Sessions::open`] gives back, later.
pub type OpenedSession<'a> = Pin<Box<dyn Future<Output = Result<Option<SignedIn>, PageError>> + Send + 'a>>;

/// What [`Sessions::refused`] gives back, later.
pub type Recorded<'a> = Pin<Box<dyn Future<Output = Result<(), PageError>> + Send + 'a>>;

/// The port that knows sessions. Implemented where the use cases are wired.
pub trait Sessions: Send + Sync {
    /// Who the cookie's token belongs to; `None` for unknown, ended or revoked. What handlers need
    /// besides (the acteur) is put into the request's extensions.
    fn open<'a>(&'a self, token: &'a str, extensions: &'a mut Extensions) -> OpenedSession<'a>;

    /// Records that somebody signed in was refused a route, named by its pattern.
    fn refused(&self, requete: app::Requete, route: &'static str) -> Recorded<'_>;
}

/// Cookie of a session. `__Host-`: Secure, path `/`, no domain.
pub const SESSION_COOKIE: &str = "__Host-session";
/// Cookie of somebody not signed in; binds the form tokens of public forms, nothing else.
pub const VISIT_COOKIE: &str = "__Host-visite";

/// The frame of one request. Cheap to clone; an extractor of every handler.
#[derive(Clone)]
pub struct Frame(Arc<Inner>);

struct Inner {
    config: Arc<WebConfig>,
    request_id: String,
    path: String,
    binding: OnceLock<String>,
    signed: OnceLock<SignedIn>,
}

impl Frame {
    pub(crate) fn new(config: Arc<WebConfig>, request_id: String, path: String) -> Self {
        let (binding, signed) = (OnceLock::new(), OnceLock::new());
        Self(Arc::new(Inner { config, request_id, path, binding, signed }))
    }

    /// The settings of the process.
    #[must_use]
    pub fn config(&self) -> &WebConfig {
        &self.0.config
    }

    /// The request id, shown on error pages and in logs.
    #[must_use]
    pub fn request_id(&self) -> &str {
        &self.0.request_id
    }

    /// The path asked for, without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Who is signed in. On a public page this may be nobody.
    #[must_use]
    pub fn signed(&self) -> Option<&SignedIn> {
        self.0.signed.get()
    }

    /// The token for the hidden field `_jeton` of this page's forms; another one on each page.
    #[must_use]
    pub fn token(&self) -> String {
        let binding = self.0.binding.get().map_or("", String::as_str);
        self.config().jetons.issue(binding, self.request_id())
    }

    /// Renders a page. A template that fails gives the 500 page.
    pub fn respond(&self, status: StatusCode, page: &impl askama::Template) -> Response {
        crate::pages::respond(status, page)
    }

    /// The page with status 200.
    pub fn ok(&self, page: &impl askama::Template) -> Response {
        self.respond(StatusCode::OK, page)
    }

    /// The same frame for a page shown under a session just renewed by a second factor: its form tokens belong to the new cookie.
    #[must_use]
    pub fn renewed(&self, token: &str) -> Self {
        let frame = Self::new(self.0.config.clone(), self.request_id().to_owned(), self.path().to_owned());
        frame.bind(token);
        if let Some(signed) = self.signed() {
            frame.sign(SignedIn { renforcee: true, ..signed.clone() });
        }
        frame
    }

    pub(crate) fn bind(&self, value: &str) {
        self.0.binding.get_or_init(|| value.to_owned());
    }

    pub(crate) fn sign(&self, signed: SignedIn) {
        self.0.signed.get_or_init(|| signed);
    }
}

impl<S: Sync> FromRequestParts<S> for Frame {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, PageError> {
        parts.extensions.get::<Self>().cloned().ok_or_else(PageError::internal_without_cause)
    }
}

/// The value of a cookie, if sent once and not empty.
pub(crate) fn cookie_value(headers: &http::HeaderMap, name: &str) -> Option<String> {
    let mut found = None;
    for header in headers.get_all(http::header::COOKIE) {
        let Ok(text) = header.to_str() else { continue };
        for cookie in cookie::Cookie::split_parse(text).flatten() {
            if cookie.name() == name {
                if found.is_some() {
                    return None;
                }
                found = Some(cookie.value().to_owned());
            }
        }
    }
    found.filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header::COOKIE;

    #[test]
    fn a_cookie_sent_twice_is_no_cookie() {
        let value = |sent: &'static str| {
            let headers = http::HeaderMap::from_iter([(COOKIE, sent.parse().unwrap())]);
            cookie_value(&headers, SESSION_COOKIE)
        };
        assert_eq!(value("a=1; __Host-session=abc"), Some("abc".to_owned()));
        assert_eq!(value("__Host-session=abc; __Host-session=def"), None);
        assert_eq!(value("__Host-session="), None);
        assert_eq!(value("session=abc"), None);
    }
}
