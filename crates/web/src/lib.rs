//! Pages, routes and errors of Espace Partenaires: axum and askama, no rules and no SQL.
//!
//! A handler takes a [`frame::Frame`] (settings, request id, who is signed in, form token), calls one use
//! case and answers with one page. What every answer needs is done around it:
//!
//! * [`entetes`]: request id, security headers, NUL refused, panics and [`error::PageError`] as pages,
//!   one log line;
//! * [`registry`]: a route is declared once, with its access class, object kind and body limit; unsafe
//!   methods pass the origin and token check by themselves; a route not declared does not exist;
//! * [`extract::ReceivedForm`]: a form opened only by naming its fields, which keeps what was typed;
//! * [`pages::composants`]: one struct a component; [`pages::FormState`] carries values and errors to them;
//! * [`extract::Call`]: frame, context and request of a handler that calls a use case; [`state::spawned`] runs
//!   a writing one to its end even when the browser goes away; `?` turns an `app::AppError` into its page;
//! * [`sessions::SessionsStockees`]: who a session's cookie belongs to, by the use cases;
//! * [`assets`]: styles and scripts, embedded.
//!
//! # A form from declaration to 422
//!
//! ```
//! use askama::Template;
//! use axum::response::{IntoResponse, Redirect, Response};
//! use http::StatusCode;
//! use web::error::PageError;
//! use web::extract::ReceivedForm;
//! use web::frame::Frame;
//! use web::pages::composants::{Button, DateInput, ErrorSummary, TextInput};
//! use web::pages::{FormState, Page};
//! use domain::compte::Profil;
//! use web::registry::{Access, Registry, RegistryError, Route};
//!
//! // In the crate: #[template(path = "demandes/nouvelle.html")]
//! #[derive(Template)]
//! #[template(ext = "html", source = r#"{% extends "layout.html" %}
//! {% block contenu %}{{ erreurs }}
//! <h1 class="govuk-heading-l">{{ page.title() }}</h1>
//! <form method="post" novalidate>{{ page.token_field() }}
//! {{ nom }}{{ naissance }}{{ envoyer }}</form>{% endblock %}"#)]
//! struct NouvellePage {
//!     page: Page,
//!     erreurs: ErrorSummary,
//!     nom: TextInput,
//!     naissance: DateInput,
//!     envoyer: Button,
//! }
//!
//! impl NouvellePage {
//!     fn new(frame: &Frame, form: &FormState) -> Self {
//!         Self {
//!             page: Page::new(frame, "Demander un document").form(form),
//!             erreurs: form.summary(),
//!             nom: TextInput::new("nom", "Nom").autocomplete("off").form(form),
//!             naissance: DateInput::new("naissance", "Date de naissance").form(form),
//!             envoyer: Button::submit("Continuer"),
//!         }
//!     }
//! }
//!
//! async fn show(frame: Frame) -> Response {
//!     frame.ok(&NouvellePage::new(&frame, &FormState::new()))
//! }
//!
//! async fn submit(frame: Frame, received: ReceivedForm) -> Result<Response, PageError> {
//!     let fields = ["nom", "naissance_jour", "naissance_mois", "naissance_annee"];
//!     let mut form = received.only(&fields, &[])?; // any other field: 400
//!     let nom = form.required("nom", "Saisissez le nom de la personne");
//!     let naissance = form.date("naissance", Some("Saisissez la date de naissance"));
//!     let (Some(_nom), Some(_naissance)) = (nom, naissance) else {
//!         let page = NouvellePage::new(&frame, &form.state);
//!         return Ok(frame.respond(StatusCode::UNPROCESSABLE_ENTITY, &page));
//!     };
//!     Ok(Redirect::to("/demandes").into_response())
//! }
//!
//! fn declare<S: Clone + Send + Sync + 'static>(r: &mut Registry<S>) -> Result<(), RegistryError> {
//!     const TECHNICIEN: Access = Access::Connecte(&[Profil::Technicien]);
//!     r.add(Route::get("/demandes/nouvelle", TECHNICIEN), show)?;
//!     r.add(Route::post("/demandes/nouvelle", TECHNICIEN), submit)
//! }
//! ```
//!
//! Errors: `Err(PageError::not_found())` for what is unknown or foreign, `forbidden()`,
//! `PageError::new(Kind::Conflict)`, `PageError::internal(cause)`; `.because(cause)` is logged only.

pub mod assets;
pub mod config;
mod echecs;
#[cfg(test)]
mod edge_tests;
pub mod entetes;
pub mod error;
pub mod extract;
pub mod frame;
mod guard;
pub mod jeton;
pub mod pages;
mod progres;
pub mod registry;
pub mod retour;
pub mod routes;
pub mod sessions;
pub mod state;
#[cfg(test)]
mod testing;
