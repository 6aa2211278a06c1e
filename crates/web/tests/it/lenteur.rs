//! A form whose body takes its time: who sends it may have been closed meanwhile.

use super::demandes::file;
use axum::body::{Body, Bytes};
use http::header::{CONTENT_TYPE, COOKIE, ORIGIN};
use http::{Method, Request, StatusCode};
use hyper::body::Frame;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use testkit::TestApp;
use testkit::client::ORIGINE;
use tower::ServiceExt;
use web::frame::SESSION_COOKIE;

/// A body that arrives once something else has happened.
struct Slow {
    before: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
    body: Option<Bytes>,
}

impl hyper::body::Body for Slow {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Some(before) = &mut self.before {
            ready!(before.as_mut().poll(cx));
            self.before = None;
        }
        Poll::Ready(self.body.take().map(|body| Ok(Frame::data(body))))
    }
}

#[tokio::test]
async fn a_compte_closed_while_its_form_arrives_reads_nothing_more() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed("82.technicien").await;
    let reference = file(&mut technicien).await;
    let page = technicien.get(&format!("/demandes/{reference}")).await;
    let token = page.attr("form[action$=messages] input[name=_jeton]", "value").unwrap();
    let (ctx, gestionnaire) = (app.ctx.clone(), app.requete("82.gestionnaire").await);
    let cible = app.monde.qui("82.technicien").id();
    let before = async move { app::compte::deactivate(&ctx, &gestionnaire, cible).await.unwrap() };
    // An empty line is refused, and the page is shown again around the form.
    let body = Slow { before: Some(Box::pin(before)), body: Some(format!("_jeton={token}&version=1&texte=").into()) };
    let request = Request::builder()
        .method(Method::POST)
        .uri(format!("/demandes/{reference}/messages"))
        .header(COOKIE, format!("{SESSION_COOKIE}={}", technicien.cookie(SESSION_COOKIE).unwrap()))
        .header(ORIGIN, ORIGINE)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::new(body))
        .unwrap();
    let answer = app.router.clone().oneshot(request).await.unwrap();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(answer.headers()["location"], "/connexion");
}
