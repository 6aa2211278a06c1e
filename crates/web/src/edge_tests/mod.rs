//! The router as a browser sees it: headers, access, origin and token, errors as pages.

mod acces;
mod formulaires;
mod pages;
mod poids;

use crate::config::WebConfig;
use crate::entetes::{CSP, OwnCsp};
use crate::error::{Kind, PageError};
use crate::extract::ReceivedForm;
use crate::frame::Frame;
use crate::pages::composants::{ErrorSummary, TextInput};
use crate::pages::{CguPage, Page};
use crate::registry::{Access, Objet, Registry, RegistryError, Route};
use crate::testing::{assert_page, config};
use askama::Template;
use axum::body::{Body, to_bytes};
use axum::extract::Path;
use axum::response::Response;
use axum::{Extension, Router};
use domain::compte::Profil;
use http::{HeaderMap, Method, Request, StatusCode};
use std::sync::Arc;
use tower::ServiceExt;

const TECHNICIEN: Access = Access::Connecte(&[Profil::Technicien]);

fn registry(config: Arc<WebConfig>) -> Registry<()> {
    let mut r = Registry::new(config);
    crate::routes::declare_public(&mut r).unwrap();
    r.add(Route::get("/connexion", Access::Anonyme), |f: Frame| async move { f.ok(&CguPage::new(&f)) }).unwrap();
    r.add(Route::get("/conditions", Access::EnCours), |f: Frame| async move { f.ok(&CguPage::new(&f)) }).unwrap();
    r.add(Route::get("/demandes", TECHNICIEN), |f: Frame| async move { f.ok(&CguPage::new(&f)) }).unwrap();
    let one = Route::get("/demandes/{reference}", TECHNICIEN).objet(Objet::Demande);
    r.add(one, |Path(_): Path<String>| async { Err::<(), _>(PageError::not_found()) }).unwrap();
    r.add(Route::post("/demandes", Access::Public).body_limit(300), receive).unwrap();
    r.add(Route::post("/formulaire", Access::Public), refuse).unwrap();
    let file = || async { (Extension(OwnCsp("sandbox")), "octets") };
    r.add(Route::get("/fichier", Access::Public), file).unwrap();
    let ended = || async { Err::<(), PageError>(app::AppError::SessionFermee.into()) };
    r.add(Route::get("/fin", TECHNICIEN), ended).unwrap();
    r.add(Route::get("/panne", Access::Public), fail).unwrap();
    r.add(Route::get("/panique", Access::Public), || async { panicking() }).unwrap();
    r
}

async fn receive(form: ReceivedForm) -> Result<String, PageError> {
    let form = form.only(&["nom"], &["pieces"])?;
    Ok(format!("{}|{}", form.text("nom"), form.list("pieces").join(",")))
}

#[derive(Template)]
#[template(
    source = r#"{% extends "layout.html" %}{% block contenu %}{{ erreurs }}<h1>{{ page.title() }}</h1>
<form method="post">{{ page.token_field() }}{{ nom }}</form>{% endblock %}"#,
    ext = "html"
)]
struct RefusedPage {
    page: Page,
    erreurs: ErrorSummary,
    nom: TextInput,
}

async fn refuse(frame: Frame, form: ReceivedForm) -> Result<Response, PageError> {
    let mut form = form.only(&["nom"], &[])?;
    form.required("nom", "Saisissez le nom");
    let page = RefusedPage {
        page: Page::new(&frame, "Conditions").form(&form.state),
        erreurs: form.state.summary(),
        nom: TextInput::new("nom", "Nom").form(&form.state),
    };
    Ok(frame.respond(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

async fn fail() -> PageError {
    PageError::new(Kind::Unavailable(120)).because(std::io::Error::other("secret cause"))
}

fn panicking() {
    panic!("secret panic");
}

fn app() -> Router {
    registry(config()).into_router().with_state(())
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

async fn send(request: Request<Body>) -> Answer {
    send_to(app(), request).await
}

async fn send_to(app: Router, request: Request<Body>) -> Answer {
    let response = app.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 1 << 20).await.unwrap();
    let body = String::from_utf8_lossy(&bytes).into_owned();
    Answer { status: parts.status, headers: parts.headers, body }
}

async fn get(path: &str) -> Answer {
    send(Request::get(path).body(Body::empty()).unwrap()).await
}

async fn get_as(path: &str, session: &str) -> Answer {
    let cookie = format!("__Host-session={session}");
    send(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await
}

/// A post with a good origin, cookie and token; the test spoils one of them.
fn post(body: &str) -> http::request::Builder {
    let _ = body;
    Request::post("/demandes")
        .header("origin", "https://portail.example")
        .header("cookie", "__Host-visite=v1")
        .header("content-type", "application/x-www-form-urlencoded")
}

fn token() -> String {
    config().jetons.issue("v1", "sel")
}

async fn post_form(fields: &str) -> Answer {
    let body = format!("_jeton={}&{fields}", token());
    send(post(&body).body(Body::from(body)).unwrap()).await
}
