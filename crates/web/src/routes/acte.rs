//! How an act answers: the page after it, or its form again with what was refused. An act that asks for a second factor
//! shows the code first ([`super::renfort`]).

use super::compte::denied;
use super::renfort::renforced;
use super::see_other;
use crate::error::PageError;
use crate::extract::Call;
use crate::frame::Frame;
use crate::pages::FormState;
use crate::pages::compte::{self, Essai};
use crate::pages::pieces::CHAMP;
use crate::state::spawned;
use app::{AppError, Contexte, ErreurChamp, Outcome, Requete};
use askama::Template;
use axum::response::Response;
use http::{HeaderMap, StatusCode};

/// A page whose form was refused.
pub(super) fn unprocessable(frame: &Frame, page: &impl Template) -> Response {
    frame.respond(StatusCode::UNPROCESSABLE_ENTITY, page)
}

/// Acts, and goes to the page after it; or shows the form again with its errors.
pub(super) async fn act<T, P, F, G>(
    call: &Call,
    form: FormState,
    work: impl FnOnce(Contexte, Requete) -> F,
    done: impl FnOnce(T) -> String,
    again: impl FnOnce(Call, FormState) -> G,
) -> Result<Response, PageError>
where
    T: Send + 'static,
    P: Template,
    F: Future<Output = Outcome<T>> + Send + 'static,
    G: Future<Output = Result<P, PageError>>,
{
    let (ctx, requete) = call.owned();
    let outcome = spawned(work(ctx, requete)).await;
    answer(call.clone(), outcome.map(done), form, again).await
}

/// As [`act`], after the second factor that the form may hold in its field `code`.
pub(super) async fn act_renforced<T, P, F, G>(
    who: (&Call, &HeaderMap),
    mut form: FormState,
    work: impl FnOnce(Contexte, Requete) -> F,
    done: impl FnOnce(T) -> String,
    again: impl FnOnce(Call, FormState) -> G,
) -> Result<Response, PageError>
where
    T: Send + 'static,
    P: Template,
    F: Future<Output = Outcome<T>> + Send + 'static,
    G: Future<Output = Result<P, PageError>>,
{
    let code = form.value("code").trim().to_owned();
    form.forget("code");
    renforced(who, &code, work, |call, outcome| answer(call, outcome.map(done), form, again)).await
}

async fn answer<P, G>(
    call: Call,
    outcome: Outcome<String>,
    form: FormState,
    again: impl FnOnce(Call, FormState) -> G,
) -> Result<Response, PageError>
where
    P: Template,
    G: Future<Output = Result<P, PageError>>,
{
    match outcome {
        Ok(path) => Ok(see_other(&path)),
        Err(AppError::Saisie(erreurs)) => {
            let page = again(call.clone(), compte::refused(form, erreurs)).await?;
            Ok(unprocessable(&call.frame, &page))
        }
        Err(other) => denied(&call.frame, other, Essai::Code),
    }
}

/// What a form on a convention that was not taken answers with, and what was typed: fields to mend (422), or a convention
/// that changed meanwhile (409), said by the sentence given.
///
/// # Errors
/// Everything else is an error page.
pub(super) fn refusal(error: AppError, form: FormState, changee: &str) -> Result<(StatusCode, FormState), PageError> {
    match error {
        AppError::Saisie(erreurs) => Ok((StatusCode::UNPROCESSABLE_ENTITY, refused(form, erreurs))),
        AppError::Conflit => Ok((StatusCode::CONFLICT, refused(form, vec![ErreurChamp::new("", changee)]))),
        other => Err(other.into()),
    }
}

/// The form as it is shown again: what stands at none of its fields is said at its top, every refused file at the one
/// field of files.
pub(super) fn refused(form: FormState, erreurs: Vec<ErreurChamp>) -> FormState {
    let nowhere = |champ: &str| ["convention", "completer", "changements"].contains(&champ);
    let (fichiers, champs): (Vec<_>, Vec<_>) = erreurs.into_iter().partition(|e| e.champ == CHAMP);
    let placed = |e: ErreurChamp| if nowhere(&e.champ) { ErreurChamp::new("", e.message) } else { e };
    let mut erreurs: Vec<ErreurChamp> = champs.into_iter().map(placed).collect();
    if !fichiers.is_empty() {
        let all = fichiers.iter().map(|e| e.message.as_str()).collect::<Vec<_>>().join(" ");
        erreurs.push(ErreurChamp::new(CHAMP, all));
    }
    compte::refused(form, erreurs)
}
