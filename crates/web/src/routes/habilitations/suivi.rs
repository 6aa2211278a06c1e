//! The list, one form, and the decisions on it.

use super::{DEUX, GESTIONNAIRE, REFERENT};
use crate::error::PageError;
use crate::extract::{Call, Named, Params, ReceivedForm};
use crate::pages::habilitations::demarches::{PATH, list_page, view_of};
use crate::pages::habilitations::fiche;
use crate::pages::habilitations::saisies::{CHAMPS, person};
use crate::pages::{FeuillePage, FormState};
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::routes::acte::{act, act_renforced};
use crate::state::WebState;
use app::habilitation::{Successeur, accept, give_successor, list, refuse, show, withdraw};
use axum::response::Response;
use domain::compte::Profil;
use domain::ids::DemarcheId;
use http::HeaderMap;

pub(super) fn declare(r: &mut Registry<WebState>) -> Result<(), RegistryError> {
    r.add(Route::get(PATH, DEUX), index)?;
    r.add(Route::get("/habilitations/{id}", DEUX).objet(Objet::Demarche), one)?;
    r.add(Route::post("/habilitations/{id}/accepter", REFERENT).objet(Objet::Demarche), accept_it)?;
    r.add(Route::post("/habilitations/{id}/refuser", REFERENT).objet(Objet::Demarche), refuse_it)?;
    r.add(Route::post("/habilitations/{id}/retirer", GESTIONNAIRE).objet(Objet::Demarche), withdraw_it)?;
    r.add(Route::post("/habilitations/{id}/successeur", GESTIONNAIRE).objet(Objet::Demarche), successor)
}

async fn index(call: Call, params: Params) -> Result<Response, PageError> {
    let bureau = call.frame.signed().is_some_and(|s| s.profil == Profil::Referent);
    let vue = view_of(params.get("vue"), bureau);
    let apres = params.get("apres").and_then(|id| id.parse().ok());
    let registre = list(&call.ctx, &call.requete, vue, apres).await?;
    Ok(call.frame.ok(&list_page(&call.frame, &registre, (vue, bureau), params.get("fait"))))
}

async fn page(call: Call, id: DemarcheId, form: FormState, fait: Option<String>) -> Result<FeuillePage, PageError> {
    let found = show(&call.ctx, &call.requete, id).await?;
    Ok(fiche::page(&call.frame, &found, &form, fait.as_deref()))
}

async fn one(call: Call, Named(id): Named<DemarcheId>, params: Params) -> Result<Response, PageError> {
    let fait = params.get("fait").map(str::to_owned);
    let page = page(call.clone(), id, FormState::new(), fait).await?;
    Ok(call.frame.ok(&page))
}

async fn accept_it(
    call: Call,
    Named(id): Named<DemarcheId>,
    headers: HeaderMap,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let form = received.only(&["version", "code"], &[])?;
    let version = form.version()?;
    act_renforced(
        (&call, &headers),
        form.state,
        |ctx, requete| async move { accept(&ctx, &requete, (id, version)).await },
        |()| format!("{PATH}/{id}?fait=acceptee"),
        |call, form| page(call, id, form, None),
    )
    .await
}

async fn refuse_it(call: Call, Named(id): Named<DemarcheId>, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["version", "motif"], &[])?;
    let (version, motif) = (form.version()?, form.text("motif").to_owned());
    act(
        &call,
        form.state,
        |ctx, requete| async move { refuse(&ctx, &requete, (id, version), &motif).await },
        |()| format!("{PATH}/{id}?fait=refusee"),
        |call, form| page(call, id, form, None),
    )
    .await
}

async fn withdraw_it(call: Call, Named(id): Named<DemarcheId>, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["version"], &[])?;
    let version = form.version()?;
    act(
        &call,
        form.state,
        |ctx, requete| async move { withdraw(&ctx, &requete, (id, version)).await },
        |()| format!("{PATH}/{id}?fait=retiree"),
        |call, form| page(call, id, form, None),
    )
    .await
}

async fn successor(
    call: Call,
    Named(id): Named<DemarcheId>,
    headers: HeaderMap,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let names: Vec<String> = CHAMPS.iter().map(|c| format!("successeur_{c}")).collect();
    let mut fields: Vec<&str> = names.iter().map(String::as_str).collect();
    fields.extend(["version", "code"]);
    let form = received.only(&fields, &[])?;
    let saisie = Successeur { id, version: form.version()?, personne: person(&form.state, "successeur_") };
    act_renforced(
        (&call, &headers),
        form.state,
        |ctx, requete| async move { give_successor(&ctx, &requete, &saisie).await },
        |()| format!("{PATH}/{id}?fait=successeur"),
        |call, form| page(call, id, form, None),
    )
    .await
}
