//! The route registry: every route is declared once, with who may open it and what it shows.
//!
//! It builds the router and lists the routes, so that a matrix can try each of them; a route that is
//! not declared here does not exist. Unsafe methods pass the origin and token check by themselves.

use crate::config::WebConfig;
use crate::entetes;
use crate::error::{Kind, PageError};
use crate::guard;
use axum::Router;
use axum::handler::Handler;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, any, on};
use domain::compte::Profil;
use domain::piece_jointe::{NOMBRE_MAX, TAILLE_MAX};
use http::{HeaderValue, Method, header};
use std::collections::BTreeMap;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

/// Who may open a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Embedded files: no session is looked up and no cookie given.
    Static,
    /// Everybody; the header shows who is signed in.
    Public,
    /// Only people not signed in; others are sent home.
    Anonyme,
    /// People who began to sign in: second factor, CGU, new password. Also open to those signed in.
    EnCours,
    /// The profils named, fully signed in; others get 403, people not signed in the sign-in page.
    Connecte(&'static [Profil]),
}

/// What the parameter of a path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objet {
    /// An embedded file.
    Fichier,
    /// A one-time link.
    Lien,
    /// A demande, by its reference.
    Demande,
    /// A compte.
    Compte,
    /// A convention.
    Convention,
    /// A structure.
    Partenaire,
    /// A file of a demande: two parameters, the demande's reference and the file's id.
    PieceJointe,
    /// A draft, by its id; its author's alone.
    Brouillon,
    /// A tracked form about the comptes of a structure.
    Demarche,
    /// A review of comptes.
    Revue,
    /// A proof.
    Preuve,
    /// The gestionnaires of a structure, by its convention with the caisse.
    Equipe,
    /// A compte of the desk or the country.
    CompteDeCaisse,
    /// A file of a convention: two parameters, the convention's key and the file's id.
    PieceConvention,
    /// A piece of news.
    Actualite,
}

impl Objet {
    /// How many parameters its pattern has.
    const fn parametres(self) -> usize {
        match self {
            Self::PieceJointe | Self::PieceConvention => 2,
            _ => 1,
        }
    }
}

/// One declared route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// GET (HEAD included), POST, PUT, PATCH or DELETE.
    pub method: Method,
    /// The pattern, as axum writes it.
    pub path: &'static str,
    /// Who may open it.
    pub access: Access,
    /// What its parameter names; `None` exactly when the pattern has no parameter.
    pub objet: Option<Objet>,
    /// Greatest body, in bytes.
    pub body_limit: usize,
    /// Name of the field that holds files, where the form may be sent as `multipart/form-data`.
    pub files: Option<&'static str>,
}

/// Body limit of a form without files, in bytes.
pub const FORM_LIMIT: usize = 64 * 1024;

/// Body limit of a form with files, in bytes: every file at its greatest, the fields, and what stands between them.
pub const FILES_LIMIT: usize = NOMBRE_MAX * TAILLE_MAX + 2 * FORM_LIMIT;

impl Route {
    /// A page.
    #[must_use]
    pub fn get(path: &'static str, access: Access) -> Self {
        Self { method: Method::GET, path, access, objet: None, body_limit: 0, files: None }
    }

    /// A form's target.
    #[must_use]
    pub fn post(path: &'static str, access: Access) -> Self {
        Self { method: Method::POST, path, access, objet: None, body_limit: FORM_LIMIT, files: None }
    }

    /// What the parameter names.
    #[must_use]
    pub fn objet(mut self, objet: Objet) -> Self {
        self.objet = Some(objet);
        self
    }

    /// Takes files too, in the field of this name.
    #[must_use]
    pub fn files(mut self, field: &'static str) -> Self {
        self.files = Some(field);
        self.body_limit = FILES_LIMIT;
        self
    }

    /// Another body limit, in bytes.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }
}

/// A declaration that is refused; the program does not start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegistryError {
    /// The same method and path (parameter names aside) twice.
    #[error("route declared twice: {0} {1}")]
    Duplicate(Method, &'static str),
    /// Two patterns of one shape with other parameter names.
    #[error("parameter names differ: {0} and {1}")]
    Ambiguous(&'static str, &'static str),
    /// A parameter without an object kind, or the reverse.
    #[error("the object kind of {0} {1} does not match its pattern")]
    Object(Method, &'static str),
    /// No page may be opened with this method.
    #[error("method not supported: {0} {1}")]
    Method(Method, &'static str),
    /// `Connecte` without a profil.
    #[error("no profil may open {0} {1}")]
    Nobody(Method, &'static str),
}

/// Routes with their handlers.
pub struct Registry<S> {
    config: Arc<WebConfig>,
    routes: Vec<Route>,
    paths: BTreeMap<&'static str, MethodRouter<S>>,
}

impl<S: Clone + Send + Sync + 'static> Registry<S> {
    /// An empty registry.
    #[must_use]
    pub fn new(config: Arc<WebConfig>) -> Self {
        Self { config, routes: Vec::new(), paths: BTreeMap::new() }
    }

    /// Declares a route.
    ///
    /// # Errors
    /// When it is already there, or says something it cannot keep.
    pub fn add<H, T>(&mut self, route: Route, handler: H) -> Result<(), RegistryError>
    where
        H: Handler<T, S>,
        T: 'static,
    {
        self.check(&route)?;
        let filter = filter(&route)?;
        let guarded =
            on(filter, handler).route_layer(from_fn_with_state((self.config.clone(), route.clone()), guard::enter));
        let path = self.paths.remove(route.path).unwrap_or_default();
        self.paths.insert(route.path, path.merge(guarded));
        self.routes.push(route);
        Ok(())
    }

    fn check(&self, route: &Route) -> Result<(), RegistryError> {
        for known in self.routes.iter().filter(|known| shape(known.path) == shape(route.path)) {
            if known.method == route.method {
                return Err(RegistryError::Duplicate(route.method.clone(), route.path));
            }
            if known.path != route.path {
                return Err(RegistryError::Ambiguous(known.path, route.path));
            }
        }
        if route.path.matches('{').count() != route.objet.map_or(0, Objet::parametres) {
            return Err(RegistryError::Object(route.method.clone(), route.path));
        }
        if route.access == Access::Connecte(&[]) {
            return Err(RegistryError::Nobody(route.method.clone(), route.path));
        }
        Ok(())
    }

    /// All routes, in the order of declaration.
    #[must_use]
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// The router with all its layers. Give it its state and serve it.
    pub fn into_router(self) -> Router<S> {
        let mut router = Router::new();
        for (path, methods) in self.paths {
            let allow = allowed(&self.routes, path);
            let recognise = from_fn_with_state(self.config.clone(), guard::recognise);
            let refuse = move || async move { method_not_allowed(allow.as_ref()) };
            router = router.route(path, methods.fallback_service(any(refuse).layer(recognise)));
        }
        let recognise = from_fn_with_state(self.config.clone(), guard::recognise);
        let unknown = any(|| async { PageError::not_found() }).layer(recognise);
        router
            .fallback_service(unknown)
            .layer(CatchPanicLayer::custom(entetes::caught))
            .layer(from_fn_with_state(self.config, entetes::edge))
            .layer(CompressionLayer::new())
    }
}

fn filter(route: &Route) -> Result<MethodFilter, RegistryError> {
    match route.method {
        Method::GET => Ok(MethodFilter::GET),
        Method::POST => Ok(MethodFilter::POST),
        Method::PUT => Ok(MethodFilter::PUT),
        Method::PATCH => Ok(MethodFilter::PATCH),
        Method::DELETE => Ok(MethodFilter::DELETE),
        _ => Err(RegistryError::Method(route.method.clone(), route.path)),
    }
}

/// The pattern with its parameters' names taken out.
fn shape(path: &str) -> Vec<&str> {
    path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part }).collect()
}

fn allowed(routes: &[Route], path: &str) -> Option<HeaderValue> {
    let mut methods: Vec<&str> =
        routes.iter().filter(|route| route.path == path).map(|route| route.method.as_str()).collect();
    if methods.contains(&"GET") {
        methods.push("HEAD");
    }
    HeaderValue::from_str(&methods.join(",")).ok()
}

fn method_not_allowed(allow: Option<&HeaderValue>) -> Response {
    let mut response = PageError::new(Kind::MethodNotAllowed).into_response();
    if let Some(value) = allow {
        response.headers_mut().insert(header::ALLOW, value.clone());
    }
    response
}
