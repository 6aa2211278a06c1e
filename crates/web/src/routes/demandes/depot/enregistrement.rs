//! Drafts that the page saves by itself, a moment after the last change (DE-12). What is typed may be incomplete: it is
//! kept, not checked. The answer is JSON for `brouillon.mjs`; without that script « Continuer » saves.

use super::{Feuille, first_page, opened, second_page};
use crate::error::PageError;
use crate::extract::{Call, Named, ReceivedForm};
use crate::pages::mots::autosave_path;
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::routes::TECHNICIEN;
use crate::state::{WebState, spawned};
use app::AppError;
use app::demande::{self, Saisie};
use axum::response::{IntoResponse, Response};
use chrono::SecondsFormat;
use domain::demande::Sorte;
use domain::ids::BrouillonId;
use http::StatusCode;
use http::header::CONTENT_TYPE;

/// Said to the window that comes second.
const ELSEWHERE: &str = "Ce brouillon a été envoyé ou modifié dans une autre fenêtre. Ce que vous saisissez ici n’y est \
                         plus enregistré ; « Continuer » en fera une nouvelle demande.";

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    for sorte in Sorte::TOUTES {
        let save = move |call: Call, received: ReceivedForm| save_first(sorte, call, received);
        registry.add(Route::post(autosave_path(sorte), TECHNICIEN), save)?;
    }
    let situation = Route::post("/brouillons/{id}/situation/brouillon", TECHNICIEN).objet(Objet::Brouillon);
    registry.add(situation, save_second)
}

async fn save_first(sorte: Sorte, call: Call, received: ReceivedForm) -> Result<Response, PageError> {
    let feuille = Feuille::Premiere(sorte);
    let (id, kept) = first_page(sorte, &call, &opened(feuille, received)?).await?;
    save(&call, feuille, id, kept).await
}

async fn save_second(call: Call, Named(id): Named<BrouillonId>, received: ReceivedForm) -> Result<Response, PageError> {
    match second_page(&call, id, &opened(Feuille::Situation, received)?).await? {
        (Sorte::Difficulte, kept) => save(&call, Feuille::Situation, id, kept).await,
        _ => Err(PageError::not_found()),
    }
}

async fn save(call: &Call, feuille: Feuille, id: BrouillonId, kept: Saisie) -> Result<Response, PageError> {
    let (ctx, requete) = call.owned();
    let sorte = feuille.sorte();
    match spawned(async move { demande::save_draft(&ctx, &requete, sorte, id, &kept).await }).await {
        Ok(_) => {
            let le = call.ctx.now().to_rfc3339_opts(SecondsFormat::Secs, true);
            let secondes = call.frame.signed().map_or(0, |signed| signed.session_seconds);
            Ok(answer(StatusCode::OK, &serde_json::json!({ "le": le, "secondes": secondes })))
        }
        Err(AppError::Conflit) => Ok(answer(StatusCode::CONFLICT, &serde_json::json!({ "erreur": ELSEWHERE }))),
        Err(other) => Err(other.into()),
    }
}

fn answer(status: StatusCode, body: &serde_json::Value) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}
