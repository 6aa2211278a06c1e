//! Sign-in: identifiant and password, then the second factor.

use super::{advance, next_path, refuse, with_session, write};
use crate::error::PageError;
use crate::extract::{Call, Params, ReceivedForm};
use crate::frame::{Frame, SESSION_COOKIE, cookie_value};
use crate::pages::FormState;
use crate::pages::compte::{Avis, CodePage, ConnexionPage, Essai};
use crate::registry::{Access, Registry, RegistryError, Route};
use crate::retour::own_path;
use crate::state::WebState;
use app::compte::{Identifiants, second_factor, sign_in};
use axum::response::{IntoResponse, Redirect, Response};
use http::HeaderMap;

const CODE_PATH: &str = "/connexion/code";

pub(super) fn declare(r: &mut Registry<WebState>) -> Result<(), RegistryError> {
    r.add(Route::get("/connexion", Access::Anonyme), show)?;
    r.add(Route::post("/connexion", Access::Anonyme), submit)?;
    r.add(Route::get(CODE_PATH, Access::EnCours), show_code)?;
    r.add(Route::post(CODE_PATH, Access::EnCours), submit_code)
}

async fn show(frame: Frame, params: Params, headers: HeaderMap) -> Response {
    // A cookie that opens nothing any more: the session ended by itself.
    let ended = || cookie_value(&headers, SESSION_COOKIE).map(|_| Avis::SessionTerminee);
    let avis = params.get("avis").and_then(Avis::of).or_else(ended);
    let retour = own_path(params.get("retour").unwrap_or("/"));
    frame.ok(&ConnexionPage::new(&frame, &FormState::new(), avis, retour))
}

async fn submit(call: Call, headers: HeaderMap, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["identifiant", "mot_de_passe", "retour"], &[])?;
    let retour = own_path(form.raw("retour")).to_owned();
    let saisi = Identifiants {
        identifiant: form.text("identifiant").to_owned(),
        mot_de_passe: form.raw("mot_de_passe").to_owned(),
        navigateur: cookie_value(&headers, super::BROWSER_COOKIE),
        retour: Some(retour.clone()),
    };
    match write(&call, |ctx, requete| async move { sign_in(&ctx, &requete, saisi).await }).await {
        Ok(ouverture) => advance(&call, &headers, ouverture).await,
        Err(error) => refuse(&call.frame, error, (form.state, Essai::Connexion), |form| {
            ConnexionPage::new(&call.frame, form, None, &retour)
        }),
    }
}

async fn show_code(frame: Frame, params: Params) -> Response {
    match frame.signed().and_then(|s| s.step) {
        Some(step) if step != CODE_PATH => Redirect::to(step).into_response(),
        _ => {
            let retour = own_path(params.get("retour").unwrap_or("/"));
            frame.ok(&CodePage::new(&frame, &FormState::new(), retour))
        }
    }
}

async fn submit_code(call: Call, headers: HeaderMap, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["code", "retour"], &[])?;
    let retour = own_path(form.raw("retour")).to_owned();
    let code = form.text("code").to_owned();
    let again = call.frame.signed().is_some_and(|s| s.step.is_none());
    match write(&call, |ctx, requete| async move { second_factor(&ctx, &requete, &code).await }).await {
        Ok(ouverture) => {
            let on = if again { retour } else { next_path(&ouverture) };
            with_session(&call, &headers, ouverture, Redirect::to(&on).into_response()).await
        }
        Err(error) => {
            refuse(&call.frame, error, (form.state, Essai::Code), |form| CodePage::new(&call.frame, form, &retour))
        }
    }
}
