//! What is done with one compte of the desk: its services, closing, opening again, another invitation.

use super::super::habilitations::{act_renforced, version};
use crate::error::PageError;
use crate::extract::{Call, Named, ReceivedForm};
use crate::pages::FormState;
use crate::pages::feuilles::FeuillePage;
use crate::pages::feuilles::administration::{PATH, confirm_page, page};
use crate::registry::{Access, Objet, Registry, RegistryError, Route};
use crate::state::WebState;
use app::administration::{change_services, reopen, resend, show};
use app::compte::deactivate;
use axum::response::Response;
use domain::ids::CompteId;
use http::HeaderMap;

pub(super) fn declare(r: &mut Registry<WebState>, access: Access) -> Result<(), RegistryError> {
    let of = |path| Route::post(path, access).objet(Objet::CompteDeCaisse);
    let confirm = Route::get("/administration/comptes/{id}/inactiver", access).objet(Objet::CompteDeCaisse);
    r.add(confirm, confirm_first)?;
    r.add(of("/administration/comptes/{id}/inactiver"), close)?;
    r.add(of("/administration/comptes/{id}/rouvrir"), open)?;
    r.add(of("/administration/comptes/{id}/inviter"), invite_again)?;
    r.add(of("/administration/comptes/{id}/services"), set_services)
}

async fn again(call: Call, id: CompteId, form: FormState) -> Result<FeuillePage, PageError> {
    Ok(page(&call.frame, &show(&call.ctx, &call.requete, id).await?, &form, None))
}

async fn confirm_again(call: Call, id: CompteId, form: FormState) -> Result<FeuillePage, PageError> {
    let fiche = show(&call.ctx, &call.requete, id).await?;
    if fiche.agit { Ok(confirm_page(&call.frame, &fiche, &form)) } else { Err(PageError::forbidden()) }
}

async fn confirm_first(call: Call, Named(id): Named<CompteId>) -> Result<Response, PageError> {
    let page = confirm_again(call.clone(), id, FormState::new()).await?;
    Ok(call.frame.ok(&page))
}

async fn close(
    call: Call,
    Named(id): Named<CompteId>,
    headers: HeaderMap,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let form = received.only(&["code"], &[])?;
    // Known to this administrateur at all, and one of those that he manages.
    show(&call.ctx, &call.requete, id).await?;
    act_renforced(
        (&call, &headers),
        form.state,
        |ctx, requete| async move { deactivate(&ctx, &requete, id).await },
        |()| format!("{PATH}/{id}?fait=inactive"),
        |call, form| confirm_again(call, id, form),
    )
    .await
}

async fn open(
    call: Call,
    Named(id): Named<CompteId>,
    headers: HeaderMap,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let form = received.only(&["version", "code"], &[])?;
    let version = version(&form)?;
    act_renforced(
        (&call, &headers),
        form.state,
        |ctx, requete| async move { reopen(&ctx, &requete, (id, version)).await },
        |()| format!("{PATH}/{id}?fait=rouvert"),
        |call, form| again(call, id, form),
    )
    .await
}

async fn invite_again(
    call: Call,
    Named(id): Named<CompteId>,
    headers: HeaderMap,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let form = received.only(&["code"], &[])?;
    act_renforced(
        (&call, &headers),
        form.state,
        |ctx, requete| async move { resend(&ctx, &requete, id).await },
        |()| format!("{PATH}/{id}?fait=invite"),
        |call, form| again(call, id, form),
    )
    .await
}

async fn set_services(
    call: Call,
    Named(id): Named<CompteId>,
    headers: HeaderMap,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let form = received.only(&["version", "code"], &["services"])?;
    let version = version(&form)?;
    let services: Vec<_> = form.list("services").into_iter().filter_map(|s| s.parse().ok()).collect();
    act_renforced(
        (&call, &headers),
        form.state,
        |ctx, requete| async move { change_services(&ctx, &requete, (id, version), &services).await },
        |()| format!("{PATH}/{id}?fait=services"),
        |call, form| again(call, id, form),
    )
    .await
}
