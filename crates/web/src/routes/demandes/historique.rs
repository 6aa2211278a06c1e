//! The structure's history, and the search by name or number on either side. What is searched comes by POST; the address
//! of what was found holds it sealed.

use super::refuse;
use crate::error::PageError;
use crate::extract::{Call, Params, ReceivedForm, curseur};
use crate::pages::FormState;
use crate::pages::demandes::HistoriquePage;
use crate::pages::mots::{DESK_SEARCH_PATH, HISTORY_PATH, SEARCH_PATH, demande_path, list_path};
use crate::registry::{Registry, RegistryError, Route};
use crate::routes::{DESK, TECHNICIEN, see_other};
use crate::state::WebState;
use app::AppError;
use app::demande::{self, Depart, FILTRES, Lieu, Question, Saisie, Trouve};
use axum::response::Response;
use http::StatusCode;

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    registry.add(Route::get(HISTORY_PATH, TECHNICIEN), history)?;
    registry.add(Route::get(SEARCH_PATH, TECHNICIEN), back)?;
    registry.add(Route::post(SEARCH_PATH, TECHNICIEN), search_history)?;
    registry.add(Route::get(DESK_SEARCH_PATH, DESK), desk)?;
    registry.add(Route::post(DESK_SEARCH_PATH, DESK), search_desk)
}

async fn history(call: Call, params: Params) -> Result<Response, PageError> {
    list(&call, Lieu::Structure, &question(&params)?).await
}

/// Where a refused search stands, read again.
async fn back() -> Response {
    see_other(HISTORY_PATH)
}

async fn search_history(call: Call, form: ReceivedForm) -> Result<Response, PageError> {
    search(&call, Lieu::Structure, form).await
}

async fn desk(call: Call, params: Params) -> Result<Response, PageError> {
    list(&call, Lieu::Bureau, &question(&params)?).await
}

async fn search_desk(call: Call, form: ReceivedForm) -> Result<Response, PageError> {
    search(&call, Lieu::Bureau, form).await
}

async fn list(call: &Call, lieu: Lieu, question: &Question) -> Result<Response, PageError> {
    let found = demande::list(&call.ctx, &call.requete, lieu, question).await?;
    let status = if found.erreurs.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = HistoriquePage::new(&call.frame, lieu, &found, question, &FormState::new());
    Ok(call.frame.respond(status, &page))
}

async fn search(call: &Call, lieu: Lieu, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["nom"], &[])?;
    match demande::search(&call.ctx, &call.requete, lieu, form.text("nom")).await {
        Ok(Trouve::Demande(reference)) => Ok(see_other(&demande_path(&reference.to_string()))),
        Ok(Trouve::Nom(recherche)) => {
            let question = Question { recherche: Some(recherche), ..Question::default() };
            Ok(see_other(&list_path(lieu, &question)))
        }
        Err(AppError::Saisie(erreurs)) => {
            let question = Question::default();
            let found = demande::list(&call.ctx, &call.requete, lieu, &question).await?;
            let mut state = form.state;
            refuse(&mut state, erreurs);
            let page = HistoriquePage::new(&call.frame, lieu, &found, &question, &state.masked());
            Ok(call.frame.respond(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(other) => Err(other.into()),
    }
}

/// What an address asks; a cursor that no page of ours wrote is refused.
fn question(params: &Params) -> Result<Question, PageError> {
    let given = |name: &str| params.get(name).map(str::trim).filter(|text| !text.is_empty());
    let filtres = FILTRES.into_iter().filter_map(|name| Some((name.to_owned(), vec![given(name)?.to_owned()])));
    let depart = match (curseur::read(params.get("apres"))?, curseur::read(params.get("avant"))?) {
        (Some(after), _) => Depart::Apres(after),
        (None, Some(before)) => Depart::Avant(before),
        (None, None) => Depart::Debut,
    };
    Ok(Question { filtres: Saisie(filtres.collect()), recherche: given("recherche").map(str::to_owned), depart })
}
