//! Tracked forms: the list of both sides, the forms, the decisions, the public link (HA-3, HA-7, HA-8).

mod demandes;
mod lien;
mod structures;
mod suivi;

pub(super) use suivi::version;

use super::renfort::step_up;
use super::see_other;
use crate::error::PageError;
use crate::extract::Call;
use crate::frame::Frame;
use crate::pages::FormState;
use crate::pages::compte::refused;
use crate::pages::feuilles::FeuillePage;
use crate::registry::{Access, Registry, RegistryError};
use crate::state::{WebState, spawned};
use app::{AppError, Contexte, Outcome, Requete};
use axum::response::{IntoResponse, Response};
use domain::compte::Profil;
use http::{HeaderMap, StatusCode};
use std::future::Future;

/// Gestionnaires.
pub(super) const GESTIONNAIRE: Access = Access::Connecte(&[Profil::Gestionnaire]);
/// Référents.
pub(super) const REFERENT: Access = Access::Connecte(&[Profil::Referent]);
/// Both sides of a form.
const DEUX: Access = Access::Connecte(&[Profil::Gestionnaire, Profil::Referent]);

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    suivi::declare(registry)?;
    demandes::declare(registry)?;
    structures::declare(registry)?;
    lien::declare(registry)
}

/// A page whose form was refused.
pub(super) fn unprocessable(frame: &Frame, page: &FeuillePage) -> Response {
    frame.respond(StatusCode::UNPROCESSABLE_ENTITY, page)
}

/// Acts, and goes to the page after it; or shows the form again with its errors.
pub(super) async fn act<T, F, G>(
    call: &Call,
    form: FormState,
    acte: impl FnOnce(Contexte, Requete) -> F,
    done: impl FnOnce(T) -> String,
    again: impl FnOnce(Call, FormState) -> G,
) -> Result<Response, PageError>
where
    T: Send + 'static,
    F: Future<Output = Outcome<T>> + Send + 'static,
    G: Future<Output = Result<FeuillePage, PageError>>,
{
    match spawned(acte(call.ctx.clone(), call.requete.clone())).await {
        Ok(value) => Ok(see_other(&done(value))),
        Err(AppError::Saisie(erreurs)) => {
            let page = again(call.clone(), refused(form, erreurs)).await?;
            Ok(unprocessable(&call.frame, &page))
        }
        Err(other) => Err(other.into()),
    }
}

/// As [`act`], after the second factor that the form may hold in its field `code`.
pub(super) async fn act_renforced<T, F, G>(
    (call, headers): (&Call, &HeaderMap),
    mut form: FormState,
    acte: impl FnOnce(Contexte, Requete) -> F,
    done: impl FnOnce(T) -> String,
    again: impl FnOnce(Call, FormState) -> G,
) -> Result<Response, PageError>
where
    T: Send + 'static,
    F: Future<Output = Outcome<T>> + Send + 'static,
    G: Future<Output = Result<FeuillePage, PageError>>,
{
    let code = form.value("code").trim().to_owned();
    form.forget("code");
    let renforce = match step_up(call, &code).await {
        Ok(renforce) => renforce,
        Err(AppError::Saisie(erreurs)) => {
            let page = again(call.clone(), refused(form, erreurs)).await?;
            return Ok(unprocessable(&call.frame, &page));
        }
        Err(other) => return Err(other.into()),
    };
    // The session has another token now: whatever the act answers, its cookie goes out.
    let response = match act(&renforce.call, form, acte, done, again).await {
        Ok(response) => response,
        Err(error) => error.into_response(),
    };
    renforce.answer(headers, response).await
}
