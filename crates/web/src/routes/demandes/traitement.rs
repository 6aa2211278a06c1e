//! Writing in the thread, taking in charge, closing.

use super::{failed, version};
use crate::error::PageError;
use crate::extract::{Call, Named, ReceivedForm};
use crate::pages::demandes::{Fait, Refait};
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::routes::{DESK, READERS, see_other};
use crate::state::{WebState, spawned};
use app::demande::{self, Cloture};
use axum::response::Response;
use domain::demande::reference::Reference;

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    registry.add(Route::post("/demandes/{reference}/messages", READERS).objet(Objet::Demande), write)?;
    registry.add(Route::post("/demandes/{reference}/prendre", DESK).objet(Objet::Demande), take)?;
    registry.add(Route::post("/demandes/{reference}/cloturer", DESK).objet(Objet::Demande), close)
}

async fn write(call: Call, Named(reference): Named<Reference>, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["version", "texte"], &[])?;
    let (version, texte) = (version(&form)?, form.text("texte").to_owned());
    let reference = reference.to_string();
    let ((ctx, requete), id) = (call.owned(), reference.clone());
    match spawned(async move { demande::reply(&ctx, &requete, &id, version, &texte).await }).await {
        Ok(()) => Ok(see_other(&format!("/demandes/{reference}?fait={}", Fait::Message.code()))),
        Err(error) => failed(&call, &reference, error, Refait::Message(form.state)).await,
    }
}

async fn take(call: Call, Named(reference): Named<Reference>, received: ReceivedForm) -> Result<Response, PageError> {
    let version = version(&received.only(&["version"], &[])?)?;
    let reference = reference.to_string();
    let ((ctx, requete), id) = (call.owned(), reference.clone());
    match spawned(async move { demande::take(&ctx, &requete, &id, version).await }).await {
        Ok(()) => Ok(see_other(&format!("/demandes/{reference}?fait={}", Fait::Prise.code()))),
        Err(error) => failed(&call, &reference, error, Refait::Acte).await,
    }
}

async fn close(call: Call, Named(reference): Named<Reference>, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["version", "issue", "reponse_finale"], &[])?;
    let version = version(&form)?;
    let (issue, texte) = (form.text("issue").to_owned(), form.text("reponse_finale").to_owned());
    let reference = reference.to_string();
    let ((ctx, requete), id) = (call.owned(), reference.clone());
    let work = async move {
        let cloture = Cloture { version, issue: &issue, texte: &texte };
        demande::close(&ctx, &requete, &id, &cloture).await
    };
    match spawned(work).await {
        Ok(()) => Ok(see_other(&format!("/file?cloturee={reference}"))),
        Err(error) => failed(&call, &reference, error, Refait::Cloture(form.state)).await,
    }
}
