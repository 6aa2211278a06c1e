//! Following: the page of a demande for either side, withdrawing.

use super::failed;
use crate::echecs::impossible;
use crate::error::PageError;
use crate::extract::{Call, Named, Params, ReceivedForm};
use crate::pages::FormState;
use crate::pages::demandes::{AnnulationPage, Fait, FichePage, ImpossiblePage, Refait};
use crate::pages::mots::draft_path;
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::routes::{READERS, TECHNICIEN, see_other};
use crate::state::{WebState, spawned};
use app::demande;
use axum::response::Response;
use domain::demande::reference::Reference;
use domain::demande::{NomActe, RefusTransition};
use domain::ids::BrouillonId;
use http::StatusCode;

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    registry.add(Route::get("/demandes/{reference}", READERS).objet(Objet::Demande), show)?;
    let cancel_path = "/demandes/{reference}/annuler";
    registry.add(Route::get(cancel_path, TECHNICIEN).objet(Objet::Demande), confirm)?;
    registry.add(Route::post(cancel_path, TECHNICIEN).objet(Objet::Demande), cancel)
}

async fn show(call: Call, Named(reference): Named<Reference>, params: Params) -> Result<Response, PageError> {
    let fiche = demande::show(&call.ctx, &call.requete, &reference.to_string()).await?;
    let next = crate::routes::file::done(&params).map(|(avant, done)| Fait::Suivante(avant, done));
    let fait = next.or_else(|| params.get("fait").and_then(Fait::from_code));
    Ok(call.frame.ok(&FichePage::new(&call.frame, &fiche, fait, &FormState::new())))
}

async fn confirm(call: Call, Named(reference): Named<Reference>) -> Result<Response, PageError> {
    let reference = reference.to_string();
    let fiche = demande::show(&call.ctx, &call.requete, &reference).await?;
    if fiche.actes.contains(&NomActe::Annuler) {
        return Ok(call.frame.ok(&AnnulationPage::new(&call.frame, &fiche)));
    }
    let refus = RefusTransition::Impossible { etat: fiche.demande.etat.etat(), acte: NomActe::Annuler };
    let page = ImpossiblePage::new(&call.frame, &reference, impossible(refus));
    Ok(call.frame.respond(StatusCode::CONFLICT, &page))
}

async fn cancel(call: Call, Named(reference): Named<Reference>, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["version", "refaire"], &[])?;
    let (version, reference) = (form.version()?, reference.to_string());
    let ((ctx, requete), id) = (call.owned(), reference.clone());
    if form.ticked("refaire", "oui") {
        let work = async move { demande::cancel_and_redo(&ctx, &requete, &id, version).await };
        return match spawned(work).await {
            Ok(brouillon) => redo(&call, brouillon).await,
            Err(error) => failed(&call, &reference, error, Refait::Acte).await,
        };
    }
    match spawned(async move { demande::cancel(&ctx, &requete, &id, version).await }).await {
        Ok(()) => Ok(see_other(&format!("/demandes/{reference}?fait={}", Fait::Annulee.code()))),
        Err(error) => failed(&call, &reference, error, Refait::Acte).await,
    }
}

/// To the form of the draft that holds what was withdrawn.
async fn redo(call: &Call, brouillon: BrouillonId) -> Result<Response, PageError> {
    let draft = demande::load_draft(&call.ctx, &call.requete, brouillon).await?;
    Ok(see_other(&draft_path(draft.sorte, brouillon)))
}
