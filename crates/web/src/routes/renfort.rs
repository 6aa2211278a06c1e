//! Step-up: acts on comptes and acts that end an access ask for a second factor shown in the last five minutes. The
//! form itself has the field, so that nothing typed is lost (security, « Sign-in »).

use super::compte::with_session;
use crate::error::PageError;
use crate::extract::Call;
use crate::state::spawned;
use app::compte::{Ouverture, jeton, second_factor};
use app::{Appelant, Outcome, Requete};
use axum::response::Response;
use http::HeaderMap;

/// A call under the session that a second factor renewed, if one was shown.
pub(super) struct Renforce {
    /// For the act and its page.
    pub(super) call: Call,
    ouverture: Option<Ouverture>,
}

/// Shows the code typed in the form's field `code`; an empty one changes nothing, the act then says whether it is missing.
///
/// # Errors
/// `Saisie` at `code` when it is wrong; `TropDEssais`.
pub(super) async fn step_up(call: &Call, code: &str) -> Outcome<Renforce> {
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
    pub(super) async fn answer(self, headers: &HeaderMap, response: Response) -> Result<Response, PageError> {
        match self.ouverture {
            Some(ouverture) => with_session(&self.call, headers, ouverture, response).await,
            None => Ok(response),
        }
    }
}
