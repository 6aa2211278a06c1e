//! What a référent sees and allows of the comptes of a structure (HA-5).

use super::REFERENT;
use super::gestion::cursor;
use crate::error::PageError;
use crate::extract::{Call, Named, Params, ReceivedForm};
use crate::pages::FormState;
use crate::pages::comptes::{AdressesPage, ComptesPage, retrait};
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::routes::acte::act_renforced;
use crate::state::WebState;
use app::compte::{self, Admises, Demandee, DerogationVue};
use axum::response::Response;
use http::HeaderMap;
use uuid::Uuid;

const ADRESSES_PATH: &str = "/partenaires/{slug}/adresses";
const WITHDRAW_PATH: &str = "/partenaires/{slug}/adresses/retirer";

pub(super) fn declare(r: &mut Registry<WebState>) -> Result<(), RegistryError> {
    r.add(Route::get("/partenaires/{slug}/comptes", REFERENT).objet(Objet::Partenaire), list)?;
    r.add(Route::get(ADRESSES_PATH, REFERENT).objet(Objet::Partenaire), addresses)?;
    r.add(Route::post(ADRESSES_PATH, REFERENT).objet(Objet::Partenaire), allow)?;
    r.add(Route::get(WITHDRAW_PATH, REFERENT).objet(Objet::Partenaire), show_withdraw)?;
    r.add(Route::post(WITHDRAW_PATH, REFERENT).objet(Objet::Partenaire), withdraw)
}

async fn list(call: Call, Named(slug): Named<String>, params: Params) -> Result<Response, PageError> {
    let apres = params.get("apres").map(cursor).transpose()?;
    let comptes = compte::list_comptes_of(&call.ctx, &call.requete, &slug, apres).await?;
    Ok(call.frame.ok(&ComptesPage::new(&call.frame, &comptes, params.get("fait"))))
}

async fn addresses(call: Call, Named(slug): Named<String>, params: Params) -> Result<Response, PageError> {
    let admises = compte::list_derogations(&call.ctx, &call.requete, &slug).await?;
    Ok(call.frame.ok(&AdressesPage::new(&call.frame, &slug, &admises, &FormState::new(), params.get("fait"))))
}

async fn allow(
    call: Call,
    headers: HeaderMap,
    Named(slug): Named<String>,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let form = received.only(&["objet", "motif", "code"], &[])?;
    let saisi = Demandee { objet: form.text("objet").to_owned(), motif: form.text("motif").to_owned() };
    let admises = compte::list_derogations(&call.ctx, &call.requete, &slug).await?;
    let (of, done) = (slug.clone(), format!("/partenaires/{slug}/adresses?fait=admise"));
    let work = move |ctx, requete| async move { compte::allow_address(&ctx, &requete, &of, &saisi).await };
    let again = |call: Call, form| async move { Ok(AdressesPage::new(&call.frame, &slug, &admises, &form, None)) };
    act_renforced((&call, &headers), form.state, work, |()| done, again).await
}

async fn show_withdraw(call: Call, Named(slug): Named<String>, params: Params) -> Result<Response, PageError> {
    let admises = compte::list_derogations(&call.ctx, &call.requete, &slug).await?;
    let id = params.get("derogation").and_then(|id| Uuid::try_parse(id).ok()).ok_or_else(PageError::not_found)?;
    Ok(call.frame.ok(&retrait(&call.frame, &slug, own(&admises, id)?, &FormState::new())))
}

/// One that the reader's caisse has allowed itself.
fn own(admises: &Admises, id: Uuid) -> Result<&DerogationVue, PageError> {
    admises.vues.iter().find(|v| v.derogation.id == id && v.sienne).ok_or_else(PageError::not_found)
}

async fn withdraw(
    call: Call,
    headers: HeaderMap,
    Named(slug): Named<String>,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let form = received.only(&["derogation", "code"], &[])?;
    let id = Uuid::try_parse(form.text("derogation")).map_err(|_| PageError::not_found())?;
    let admises = compte::list_derogations(&call.ctx, &call.requete, &slug).await?;
    let vue = own(&admises, id)?;
    let (of, done) = (slug.clone(), format!("/partenaires/{slug}/adresses?fait=retiree"));
    let work = move |ctx, requete| async move { compte::withdraw_address(&ctx, &requete, &of, id).await };
    let again = |call: Call, form| async move { Ok(retrait(&call.frame, &slug, vue, &form)) };
    act_renforced((&call, &headers), form.state, work, |()| done, again).await
}
