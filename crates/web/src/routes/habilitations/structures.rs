//! The structures of a caisse: sending the link of the first gestionnaire, closing a gestionnaire.

use super::REFERENT;
use crate::error::PageError;
use crate::extract::{Call, Named, Params, ReceivedForm};
use crate::pages::habilitations::structures::{PATH, list_page, team_page};
use crate::pages::{FeuillePage, FormState};
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::routes::acte::{act, act_renforced, unprocessable};
use crate::state::WebState;
use app::habilitation::{close, send_link, structures, team};
use axum::response::Response;
use domain::ids::ConventionId;
use http::HeaderMap;

const TEAM: &str = "/habilitations/structures/{convention}";

pub(super) fn declare(r: &mut Registry<WebState>) -> Result<(), RegistryError> {
    r.add(Route::get(PATH, REFERENT), index)?;
    r.add(Route::post("/habilitations/lien", REFERENT), send)?;
    r.add(Route::get(TEAM, REFERENT).objet(Objet::Equipe), show)?;
    r.add(Route::post(TEAM, REFERENT).objet(Objet::Equipe), close_one)
}

async fn page(call: Call, form: FormState) -> Result<FeuillePage, PageError> {
    Ok(list_page(&call.frame, &structures(&call.ctx, &call.requete).await?, &form, None))
}

async fn index(call: Call, params: Params) -> Result<Response, PageError> {
    let found = structures(&call.ctx, &call.requete).await?;
    Ok(call.frame.ok(&list_page(&call.frame, &found, &FormState::new(), params.get("fait"))))
}

async fn send(call: Call, received: ReceivedForm) -> Result<Response, PageError> {
    let mut form = received.only(&["convention"], &[])?;
    let convention = form.parsed("convention", |text| text.parse().map_err(|_| "Choisissez la structure.".to_owned()));
    let Some(convention) = convention else {
        let page = page(call.clone(), form.state).await?;
        return Ok(unprocessable(&call.frame, &page));
    };
    act(
        &call,
        form.state,
        |ctx, requete| async move { send_link(&ctx, &requete, convention).await },
        |()| format!("{PATH}?fait=lien"),
        page,
    )
    .await
}

async fn team_again(call: Call, id: ConventionId, form: FormState) -> Result<FeuillePage, PageError> {
    Ok(team_page(&call.frame, &team(&call.ctx, &call.requete, id).await?, &form, None))
}

async fn show(call: Call, Named(id): Named<ConventionId>, params: Params) -> Result<Response, PageError> {
    let equipe = team(&call.ctx, &call.requete, id).await?;
    Ok(call.frame.ok(&team_page(&call.frame, &equipe, &FormState::new(), params.get("fait"))))
}

async fn close_one(
    call: Call,
    Named(id): Named<ConventionId>,
    headers: HeaderMap,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let mut form = received.only(&["convention", "compte", "motif", "code"], &[])?;
    let compte = form.parsed("compte", |text| text.parse().map_err(|_| "Choisissez un compte.".to_owned()));
    let Some(compte) = compte else {
        let page = team_again(call.clone(), id, form.state).await?;
        return Ok(unprocessable(&call.frame, &page));
    };
    let motif = form.text("motif").to_owned();
    act_renforced(
        (&call, &headers),
        form.state,
        |ctx, requete| async move { close(&ctx, &requete, (id, compte), &motif).await },
        |()| format!("{PATH}/{id}?fait=ferme"),
        |call, form| team_again(call, id, form),
    )
    .await
}
