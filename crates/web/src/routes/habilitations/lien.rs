//! The public page behind the link of the first gestionnaire.

use crate::error::PageError;
use crate::extract::{Call, Named, ReceivedForm};
use crate::frame::Frame;
use crate::pages::FormState;
use crate::pages::compte::refused;
use crate::pages::habilitations::lien::{closed_page, form_page, renewed_page, sent_page};
use crate::pages::habilitations::saisies::{CHAMPS, person};
use crate::registry::{Access, Objet, Registry, RegistryError, Route};
use crate::state::{WebState, spawned};
use app::AppError;
use app::habilitation::{LienFerme, LienHabilitation, open_link, renew_link, submit_by_link};
use axum::response::Response;
use http::StatusCode;

const PATH: &str = "/habilitation/{jeton}";

pub(super) fn declare(r: &mut Registry<WebState>) -> Result<(), RegistryError> {
    r.add(Route::get(PATH, Access::Public).objet(Objet::Lien), show)?;
    r.add(Route::post(PATH, Access::Public).objet(Objet::Lien), submit)?;
    r.add(Route::post("/habilitation/{jeton}/renouveler", Access::Public).objet(Objet::Lien), renew)
}

fn closed(frame: &Frame, ferme: LienFerme) -> Response {
    let status = if ferme == LienFerme::Inconnu { StatusCode::NOT_FOUND } else { StatusCode::GONE };
    frame.respond(status, &closed_page(frame, ferme))
}

async fn page(call: &Call, jeton: &str, status: StatusCode, form: &FormState) -> Result<Response, PageError> {
    Ok(match open_link(&call.ctx, jeton).await? {
        LienHabilitation::Utilisable { structure, caisse } => {
            call.frame.respond(status, &form_page(&call.frame, (&structure, &caisse), form))
        }
        LienHabilitation::Ferme(ferme) => closed(&call.frame, ferme),
    })
}

async fn show(call: Call, Named(jeton): Named<String>) -> Result<Response, PageError> {
    page(&call, &jeton, StatusCode::OK, &FormState::new()).await
}

async fn submit(call: Call, Named(jeton): Named<String>, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&CHAMPS, &[])?;
    let (saisie, token) = (person(&form.state, ""), jeton.clone());
    let (ctx, requete) = call.owned();
    match spawned(async move { submit_by_link(&ctx, &requete, &token, &saisie).await }).await {
        Ok(_) => Ok(call.frame.ok(&sent_page(&call.frame))),
        Err(AppError::Saisie(erreurs)) => {
            let form = refused(form.state, erreurs);
            page(&call, &jeton, StatusCode::UNPROCESSABLE_ENTITY, &form).await
        }
        // Its page says why.
        Err(AppError::Introuvable | AppError::Conflit) => page(&call, &jeton, StatusCode::OK, &form.state).await,
        Err(other) => Err(other.into()),
    }
}

async fn renew(call: Call, Named(jeton): Named<String>, received: ReceivedForm) -> Result<Response, PageError> {
    received.only(&[], &[])?;
    let (ctx, requete) = call.owned();
    match spawned(async move { renew_link(&ctx, &requete, &jeton).await }).await {
        Ok(()) => Ok(call.frame.ok(&renewed_page(&call.frame))),
        Err(AppError::Introuvable) => Ok(closed(&call.frame, LienFerme::Inconnu)),
        Err(other) => Err(other.into()),
    }
}
