//! The desk's queue, and « la suivante ».

use super::{DESK, see_other};
use crate::error::{Kind, PageError};
use crate::extract::{Call, Params, ReceivedForm, curseur};
use crate::pages::demandes::{Avant, Fait};
use crate::pages::file::{Annonce, FilePage, view_of};
use crate::registry::{Registry, RegistryError, Route};
use crate::state::{WebState, spawned};
use app::demande;
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::calendrier::jour_civil;
use domain::demande::reference::Reference;

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    registry.add(Route::get("/file", DESK), queue)?;
    registry.add(Route::post("/file/suivante", DESK), next)
}

async fn queue(call: Call, params: Params) -> Result<Response, PageError> {
    let (vue, apres) = (view_of(params.get("vue")), curseur::read(params.get("apres"))?);
    let file = demande::queue(&call.ctx, &call.requete, vue, apres).await?;
    let today = jour_civil(file.zone, call.ctx.now());
    Ok(call.frame.ok(&FilePage::new(&call.frame, &file, vue, announcement(&params), today)))
}

/// What was done to which demande before this page, if the address says so.
pub(super) fn done(params: &Params) -> Option<(Avant, Reference)> {
    Avant::TOUS.into_iter().find_map(|avant| Some((avant, params.get(avant.code())?.parse().ok()?)))
}

fn announcement(params: &Params) -> Option<Annonce> {
    done(params)
        .map(|(avant, reference)| Annonce::Faite(avant, reference))
        .or_else(|| params.get("vide").map(|_| Annonce::Vide))
}

/// When the page of the button was read, in microseconds of the era; none when its name did not come along.
fn instant(micros: &str) -> Result<Option<DateTime<Utc>>, PageError> {
    let read = || micros.parse().ok().and_then(DateTime::from_timestamp_micros);
    if micros.is_empty() { Ok(None) } else { read().map(Some).ok_or_else(|| PageError::new(Kind::Malformed)) }
}

async fn next(call: Call, form: ReceivedForm) -> Result<Response, PageError> {
    let lue_le = instant(form.only(&["lue_le"], &[])?.text("lue_le"))?;
    let (ctx, requete) = call.owned();
    let taken = spawned(async move {
        match lue_le {
            Some(lue_le) => demande::take_next_once(&ctx, &requete, lue_le).await,
            None => demande::take_next(&ctx, &requete).await,
        }
    })
    .await?;
    Ok(match taken {
        Some(reference) => see_other(&format!("/demandes/{reference}?fait={}", Fait::Prise.code())),
        None => see_other("/file?vide=1"),
    })
}
