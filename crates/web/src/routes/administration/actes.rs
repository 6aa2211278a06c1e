//! What is done with one compte of the desk: its services, closing, opening again, another invitation.

use crate::error::PageError;
use crate::extract::{Call, Form, Named, ReceivedForm};
use crate::frame::Frame;
use crate::pages::administration::{PATH, confirm_page, page};
use crate::pages::{FeuillePage, FormState};
use crate::registry::{Access, Objet, Registry, RegistryError, Route};
use crate::routes::acte::act_renforced;
use crate::state::WebState;
use app::administration::{Fiche, change_services, reopen, resend, show};
use app::compte::deactivate;
use app::{Contexte, Outcome, Requete};
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

/// Which page an act comes from, and the word of what it did.
struct Retour {
    page: fn(&Frame, &Fiche, &FormState) -> Result<FeuillePage, PageError>,
    fait: &'static str,
}

impl Retour {
    /// From the page of the compte, which has the form of each act but closing.
    const fn to(fait: &'static str) -> Self {
        Self { page: |frame, fiche, form| Ok(page(frame, fiche, form, None)), fait }
    }
}

/// Does an act on a compte and goes back to its page; refused, it shows the page that it comes from.
async fn act<F>(
    call: Call,
    (id, headers, form): (CompteId, HeaderMap, Form),
    retour: Retour,
    work: impl FnOnce(Contexte, Requete) -> F,
) -> Result<Response, PageError>
where
    F: Future<Output = Outcome<()>> + Send + 'static,
{
    let done = |()| format!("{PATH}/{id}?fait={}", retour.fait);
    let again = |call: Call, form| async move {
        let fiche = show(&call.ctx, &call.requete, id).await?;
        (retour.page)(&call.frame, &fiche, &form)
    };
    act_renforced((&call, &headers), form.state, work, done, again).await
}

/// What closing does, for a compte that its reader may close.
fn confirm(frame: &Frame, fiche: &Fiche, form: &FormState) -> Result<FeuillePage, PageError> {
    if fiche.agit { Ok(confirm_page(frame, fiche, form)) } else { Err(PageError::forbidden()) }
}

async fn confirm_first(call: Call, Named(id): Named<CompteId>) -> Result<Response, PageError> {
    let fiche = show(&call.ctx, &call.requete, id).await?;
    Ok(call.frame.ok(&confirm(&call.frame, &fiche, &FormState::new())?))
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
    let work = move |ctx, requete| async move { deactivate(&ctx, &requete, id).await };
    act(call, (id, headers, form), Retour { page: confirm, fait: "inactive" }, work).await
}

async fn open(
    call: Call,
    Named(id): Named<CompteId>,
    headers: HeaderMap,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let form = received.only(&["version", "code"], &[])?;
    let version = form.version()?;
    let work = move |ctx, requete| async move { reopen(&ctx, &requete, (id, version)).await };
    act(call, (id, headers, form), Retour::to("rouvert"), work).await
}

async fn invite_again(
    call: Call,
    Named(id): Named<CompteId>,
    headers: HeaderMap,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let form = received.only(&["code"], &[])?;
    let work = move |ctx, requete| async move { resend(&ctx, &requete, id).await };
    act(call, (id, headers, form), Retour::to("invite"), work).await
}

async fn set_services(
    call: Call,
    Named(id): Named<CompteId>,
    headers: HeaderMap,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let form = received.only(&["version", "code"], &["services"])?;
    let version = form.version()?;
    let services: Vec<_> = form.list("services").into_iter().filter_map(|s| s.parse().ok()).collect();
    let work = move |ctx, requete| async move { change_services(&ctx, &requete, (id, version), &services).await };
    act(call, (id, headers, form), Retour::to("services"), work).await
}
