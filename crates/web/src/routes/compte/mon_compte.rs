//! « Mon compte »: one's own data, sessions, password.

use super::{TOUS, refuse, with_session, write};
use crate::error::PageError;
use crate::extract::{Call, Params, ReceivedForm};
use crate::pages::FormState;
use crate::pages::compte::{Essai, Fait, MonComptePage, MotDePassePage, refused};
use crate::registry::{Access, Registry, RegistryError, Route};
use crate::routes::READERS;
use crate::state::WebState;
use app::AppError;
use app::compte::{Changement, change_password, revoke_session, rules, show_own};
use app::notification::choose;
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, StatusCode};

const PASSWORD_PATH: &str = "/mon-compte/mot-de-passe";

pub(super) fn declare(r: &mut Registry<WebState>) -> Result<(), RegistryError> {
    r.add(Route::get("/mon-compte", TOUS), show)?;
    r.add(Route::post("/mon-compte/sessions/fermer", TOUS), revoke)?;
    r.add(Route::post("/mon-compte/notifications", READERS), choose_rhythm)?;
    // Also the step of a sign-in whose password is too old.
    r.add(Route::get(PASSWORD_PATH, Access::EnCours), show_password)?;
    r.add(Route::post(PASSWORD_PATH, Access::EnCours), submit_password)
}

async fn show(call: Call, params: Params) -> Result<Response, PageError> {
    let compte = show_own(&call.ctx, &call.requete).await?;
    let fait = params.get("fait").and_then(Fait::of);
    Ok(call.frame.ok(&MonComptePage::new(&call.frame, compte, fait, &FormState::new())))
}

async fn revoke(call: Call, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["session"], &[])?;
    let nommee = form.text("session").to_owned();
    write(&call, |ctx, requete| async move { revoke_session(&ctx, &requete, &nommee).await }).await?;
    Ok(Redirect::to("/mon-compte?fait=session").into_response())
}

async fn choose_rhythm(call: Call, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["rythme"], &[])?;
    let rythme = form.text("rythme").to_owned();
    match write(&call, |ctx, requete| async move { choose(&ctx, &requete, &rythme).await }).await {
        Ok(()) => Ok(Redirect::to("/mon-compte?fait=notifications").into_response()),
        Err(AppError::Saisie(erreurs)) => {
            let compte = show_own(&call.ctx, &call.requete).await?;
            let page = MonComptePage::new(&call.frame, compte, None, &refused(form.state, erreurs));
            Ok(call.frame.respond(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(other) => Err(other.into()),
    }
}

async fn show_password(call: Call) -> Result<Response, PageError> {
    match call.frame.signed().and_then(|s| s.step) {
        Some(step) if step != PASSWORD_PATH => Ok(Redirect::to(step).into_response()),
        _ => {
            let regles = rules(&call.ctx, &call.requete).await?;
            Ok(call.frame.ok(&MotDePassePage::new(&call.frame, &FormState::new(), regles)))
        }
    }
}

async fn submit_password(call: Call, headers: HeaderMap, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["actuel", "mot_de_passe", "confirmation"], &[])?;
    let saisi = Changement {
        actuel: form.raw("actuel").to_owned(),
        mot_de_passe: form.raw("mot_de_passe").to_owned(),
        confirmation: form.raw("confirmation").to_owned(),
    };
    let by_choice = call.frame.signed().is_some_and(|s| s.step.is_none());
    match write(&call, |ctx, requete| async move { change_password(&ctx, &requete, saisi).await }).await {
        Ok(ouverture) => {
            let on = if by_choice { "/mon-compte?fait=mot-de-passe".to_owned() } else { super::next_path(&ouverture) };
            with_session(&call, &headers, ouverture, Redirect::to(&on).into_response()).await
        }
        Err(error) => {
            let regles = rules(&call.ctx, &call.requete).await?;
            refuse(&call.frame, error, (form.state, Essai::MotDePasse), |form| {
                MotDePassePage::new(&call.frame, form, regles)
            })
        }
    }
}
