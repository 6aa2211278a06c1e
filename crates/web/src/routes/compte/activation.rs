//! The steps of a first sign-in after the password: second factor, then conditions and engagements.

use super::{advance, elsewhere, next_path, refuse, with_session, write};
use crate::error::PageError;
use crate::extract::{Call, ReceivedForm};
use crate::pages::FormState;
use crate::pages::compte::{CodesPage, EngagementsPage, EnrolementPage, Essai};
use crate::registry::{Access, Registry, RegistryError, Route};
use crate::state::WebState;
use app::compte::{Accord, accept, begin_enrolment, confirm_enrolment, to_accept};
use axum::response::Response;
use domain::compte::engagements::Nature;
use http::HeaderMap;

const FACTEUR_PATH: &str = "/activation/second-facteur";
const ENGAGEMENTS_PATH: &str = "/activation/engagements";

pub(super) fn declare(r: &mut Registry<WebState>) -> Result<(), RegistryError> {
    r.add(Route::get(FACTEUR_PATH, Access::EnCours), show_factor)?;
    r.add(Route::post(FACTEUR_PATH, Access::EnCours), confirm_factor)?;
    r.add(Route::get(ENGAGEMENTS_PATH, Access::EnCours), show_engagements)?;
    r.add(Route::post(ENGAGEMENTS_PATH, Access::EnCours), accept_engagements)
}

async fn show_factor(call: Call) -> Result<Response, PageError> {
    if let Some(away) = elsewhere(&call.frame, FACTEUR_PATH) {
        return Ok(away);
    }
    let enrolement = write(&call, |ctx, requete| async move { begin_enrolment(&ctx, &requete).await }).await?;
    Ok(call.frame.ok(&EnrolementPage::new(&call.frame, &FormState::new(), enrolement)))
}

async fn confirm_factor(call: Call, headers: HeaderMap, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["code"], &[])?;
    let code = form.text("code").to_owned();
    let confirmed = write(&call, |ctx, requete| async move { confirm_enrolment(&ctx, &requete, &code).await }).await;
    match confirmed {
        Ok(confirme) => {
            // The page is shown under the new session: its forms must be accepted there.
            let frame = call.frame.renewed(&confirme.ouverture.jeton);
            let page = CodesPage::new(&frame, confirme.codes, &next_path(&confirme.ouverture));
            with_session(&call, &headers, confirme.ouverture, frame.ok(&page)).await
        }
        Err(error) => {
            let again = write(&call, |ctx, requete| async move { begin_enrolment(&ctx, &requete).await }).await?;
            refuse(&call.frame, error, (form.state, Essai::Code), |form| EnrolementPage::new(&call.frame, form, again))
        }
    }
}

async fn show_engagements(call: Call) -> Result<Response, PageError> {
    if let Some(away) = elsewhere(&call.frame, ENGAGEMENTS_PATH) {
        return Ok(away);
    }
    let textes = to_accept(&call.ctx, &call.requete).await?;
    Ok(call.frame.ok(&EngagementsPage::new(&call.frame, &FormState::new(), textes)))
}

async fn accept_engagements(call: Call, headers: HeaderMap, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&Nature::TOUTES.map(Nature::code), &[])?;
    let ticked = |nature: Nature| {
        let version = form.text(nature.code()).to_owned();
        (!version.is_empty()).then_some(Accord { nature, version })
    };
    let accords: Vec<Accord> = Nature::TOUTES.into_iter().filter_map(ticked).collect();
    match write(&call, |ctx, requete| async move { accept(&ctx, &requete, &accords).await }).await {
        Ok(ouverture) => advance(&call, &headers, ouverture).await,
        Err(error) => {
            let textes = to_accept(&call.ctx, &call.requete).await?;
            refuse(&call.frame, error, (form.state, Essai::Connexion), |form| {
                EngagementsPage::new(&call.frame, form, textes)
            })
        }
    }
}
