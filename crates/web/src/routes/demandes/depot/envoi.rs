//! From a complete draft to the receipt: check page, sending, throwing away.

use super::feuille::Feuille;
use super::{held, refused_form};
use crate::error::PageError;
use crate::extract::{Call, Named, ReceivedForm};
use crate::pages::demandes::{AccusePage, VerificationPage};
use crate::pages::mots::{draft_path, situation_path};
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::routes::{READERS, TECHNICIEN, download, see_other};
use crate::state::{WebState, spawned};
use app::AppError;
use app::demande;
use axum::response::Response;
use domain::demande::reference::Reference;
use domain::ids::BrouillonId;

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    let draft = |route: Route| route.objet(Objet::Brouillon);
    registry.add(draft(Route::get("/brouillons/{id}", TECHNICIEN)), check)?;
    registry.add(draft(Route::post("/brouillons/{id}/envoyer", TECHNICIEN)), send)?;
    registry.add(draft(Route::post("/brouillons/{id}/supprimer", TECHNICIEN)), discard)?;
    let receipt_route = Route::get("/demandes/{reference}/accuse", TECHNICIEN).objet(Objet::Demande);
    registry.add(receipt_route, receipt)?;
    let pdf_route = Route::get("/demandes/{reference}/accuse.pdf", READERS).objet(Objet::Demande);
    registry.add(pdf_route, receipt_pdf)
}

async fn check(call: Call, Named(id): Named<BrouillonId>) -> Result<Response, PageError> {
    match demande::review(&call.ctx, &call.requete, id).await {
        Ok(recap) => Ok(call.frame.ok(&VerificationPage::new(&call.frame, &recap))),
        // A draft that is not complete yet goes on in its form.
        Err(AppError::Saisie(erreurs)) => {
            let sorte = demande::load_draft(&call.ctx, &call.requete, id).await?.sorte;
            Ok(see_other(&match Feuille::at_fault(sorte, &erreurs) {
                Feuille::Premiere(sorte) => draft_path(sorte, id),
                Feuille::Situation => situation_path(id),
            }))
        }
        Err(other) => Err(other.into()),
    }
}

async fn send(call: Call, Named(id): Named<BrouillonId>, form: ReceivedForm) -> Result<Response, PageError> {
    form.only(&[], &[])?;
    let (ctx, requete) = call.owned();
    match spawned(async move { demande::submit(&ctx, &requete, id).await }).await {
        Ok(reference) => Ok(see_other(&format!("/demandes/{reference}/accuse"))),
        Err(AppError::Saisie(erreurs)) => {
            let draft = demande::load_draft(&call.ctx, &call.requete, id).await?;
            let mut form = held(&draft.saisie, id);
            let feuille = Feuille::at_fault(draft.sorte, &erreurs);
            feuille.refuse(&mut form, erreurs);
            refused_form(&call, feuille, id, form).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn discard(call: Call, Named(id): Named<BrouillonId>, form: ReceivedForm) -> Result<Response, PageError> {
    form.only(&[], &[])?;
    let (ctx, requete) = call.owned();
    spawned(async move { demande::discard(&ctx, &requete, id).await }).await?;
    Ok(see_other("/?fait=brouillon"))
}

async fn receipt(call: Call, Named(reference): Named<Reference>) -> Result<Response, PageError> {
    let recu = demande::receipt(&call.ctx, &call.requete, &reference.to_string()).await?;
    Ok(call.frame.ok(&AccusePage::new(&call.frame, &recu)))
}

async fn receipt_pdf(call: Call, Named(reference): Named<Reference>) -> Result<Response, PageError> {
    let reference = reference.to_string();
    let ((ctx, requete), id) = (call.owned(), reference.clone());
    let pdf = spawned(async move { demande::print_receipt(&ctx, &requete, &id).await }).await?;
    Ok(download(&format!("accuse-{reference}.pdf"), "application/pdf", pdf))
}
