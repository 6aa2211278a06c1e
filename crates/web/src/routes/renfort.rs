//! Step-up: acts on comptes and acts that end an access ask for a second factor shown in the last five minutes. The
//! form itself has the field, so that nothing typed is lost (security, « Sign-in »).

use super::compte::{denied, with_session};
use crate::error::PageError;
use crate::extract::Call;
use crate::pages::compte::Essai;
use crate::state::spawned;
use app::compte::{Ouverture, jeton, second_factor};
use app::{AppError, Appelant, Contexte, Outcome, Requete};
use axum::response::{IntoResponse, Response};
use http::HeaderMap;

/// A call under the session that a second factor renewed, if one was shown.
struct Renforce {
    /// For the act and its page.
    call: Call,
    ouverture: Option<Ouverture>,
}

/// Shows the code that was typed, does the act under the session that it renewed, and answers: `answer` gives the page
/// after the act, or the form again when the act or the code was refused. Whatever it gives carries the renewed session.
///
/// # Errors
/// As `answer` gives them, when no code was shown; the error's page otherwise.
pub(super) async fn renforced<T, F, G>(
    (call, headers): (&Call, &HeaderMap),
    code: &str,
    work: impl FnOnce(Contexte, Requete) -> F,
    answer: impl FnOnce(Call, Outcome<T>) -> G,
) -> Result<Response, PageError>
where
    T: Send + 'static,
    F: Future<Output = Outcome<T>> + Send + 'static,
    G: Future<Output = Result<Response, PageError>>,
{
    let renforce = match step_up(call, code).await {
        Ok(renforce) => renforce,
        Err(refused @ AppError::Saisie(_)) => return answer(call.clone(), Err(refused)).await,
        Err(other) => return denied(&call.frame, other, Essai::Code),
    };
    let (ctx, requete) = renforce.call.owned();
    let outcome = spawned(work(ctx, requete)).await;
    let response = answer(renforce.call.clone(), outcome).await;
    renforce.answer(headers, response.unwrap_or_else(IntoResponse::into_response)).await
}

/// Shows the code typed in a form; an empty one changes nothing, the act then says whether it is missing.
///
/// # Errors
/// `Saisie` at `code` when it is wrong; `TropDEssais`.
async fn step_up(call: &Call, code: &str) -> Outcome<Renforce> {
    if code.is_empty() {
        return Ok(Renforce { call: call.clone(), ouverture: None });
    }
    let (ctx, requete) = call.owned();
    let code = code.to_owned();
    let ouverture = spawned(async move { second_factor(&ctx, &requete, &code).await }).await?;
    let frame = call.frame.renewed(&ouverture.jeton);
    let appelant = Some(Appelant::Session(jeton::empreinte(&ouverture.jeton)));
    let requete = Requete { appelant, vu: None, ..call.requete.clone() };
    Ok(Renforce { call: Call { frame, ctx: call.ctx.clone(), requete }, ouverture: Some(ouverture) })
}

impl Renforce {
    /// The answer, with the renewed session's cookie.
    async fn answer(self, headers: &HeaderMap, response: Response) -> Result<Response, PageError> {
        match self.ouverture {
            Some(ouverture) => with_session(&self.call, headers, ouverture, response).await,
            None => Ok(response),
        }
    }
}
