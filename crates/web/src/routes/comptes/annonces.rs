//! New agents: told by a gestionnaire, listed for the référent (HA-13).

use super::{GESTIONNAIRE, REFERENT};
use crate::error::{Kind, PageError};
use crate::extract::{Call, Params, ReceivedForm};
use crate::pages::FormState;
use crate::pages::comptes::{AnnoncesPage, annonce};
use crate::registry::{Registry, RegistryError, Route};
use crate::routes::acte::act;
use crate::routes::compte::write;
use crate::routes::see_other;
use crate::state::WebState;
use app::compte::{self, Agent};
use axum::response::Response;
use chrono::{DateTime, Utc};
use uuid::Uuid;

const AGENTS_PATH: &str = "/comptes/agents";
const ANNONCES_PATH: &str = "/comptes/annonces";

pub(super) fn declare(r: &mut Registry<WebState>) -> Result<(), RegistryError> {
    r.add(Route::get(AGENTS_PATH, GESTIONNAIRE), show)?;
    r.add(Route::post(AGENTS_PATH, GESTIONNAIRE), announce)?;
    r.add(Route::get(ANNONCES_PATH, REFERENT), list)?;
    r.add(Route::post(ANNONCES_PATH, REFERENT), settle)
}

async fn show(call: Call) -> Result<Response, PageError> {
    Ok(call.frame.ok(&annonce(&call.frame, &FormState::new())))
}

async fn announce(call: Call, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["prenom", "nom", "fonction", "courriel"], &[])?;
    let text = |name: &str| form.text(name).to_owned();
    let agent = Agent {
        nom: text("nom"),
        prenom: text("prenom"),
        fonction: text("fonction"),
        courriel: text("courriel"),
        technicien: false,
    };
    let work = move |ctx, requete| async move { compte::announce(&ctx, &requete, &agent).await };
    let again = |call: Call, form| async move { Ok(annonce(&call.frame, &form)) };
    act(&call, form.state, work, |()| "/comptes?fait=annonce".to_owned(), again).await
}

async fn list(call: Call, params: Params) -> Result<Response, PageError> {
    let apres = match params.get("apres") {
        Some(text) => Some(cursor(text).ok_or_else(|| PageError::new(Kind::Malformed))?),
        None => None,
    };
    let annonces = compte::list_announcements(&call.ctx, &call.requete, apres).await?;
    Ok(call.frame.ok(&AnnoncesPage::new(&call.frame, &annonces, params.get("fait"))))
}

fn cursor(text: &str) -> Option<(DateTime<Utc>, Uuid)> {
    let (le, id) = text.split_once('_')?;
    Some((DateTime::from_timestamp_micros(le.parse().ok()?)?, Uuid::try_parse(id).ok()?))
}

async fn settle(call: Call, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["annonce"], &[])?;
    let id = Uuid::try_parse(form.text("annonce")).map_err(|_| PageError::not_found())?;
    write(&call, |ctx, requete| async move { compte::settle_announcement(&ctx, &requete, id).await }).await?;
    Ok(see_other("/comptes/annonces?fait=traitee"))
}
