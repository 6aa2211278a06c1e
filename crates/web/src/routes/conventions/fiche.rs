//! The référent's home, the page of a convention, its versions, the evaluation of its first year.

use super::{REFERENT, again, done, mend, told};
use crate::error::{Kind, PageError};
use crate::extract::{Call, Named, Params, ReceivedForm};
use crate::pages::FormState;
use crate::pages::composants::DateInput;
use crate::pages::conventions::{calendrier_page, comparaison_page, fiche_page, version_page};
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::state::{WebState, spawned};
use app::convention::{Pages, calendar, compare, evaluate, sheet, version_whole};
use axum::response::Response;

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    registry.add(Route::get("/conventions", REFERENT), list)?;
    registry.add(Route::get("/conventions/{cle}", REFERENT).objet(Objet::Convention), show)?;
    registry.add(Route::get("/conventions/{cle}/versions", REFERENT).objet(Objet::Convention), versions)?;
    registry.add(Route::get("/conventions/{cle}/version", REFERENT).objet(Objet::Convention), one_version)?;
    registry.add(Route::post("/conventions/{cle}/evaluation", REFERENT).objet(Objet::Convention), evaluation)
}

async fn list(call: Call, params: Params) -> Result<Response, PageError> {
    home(&call, &params).await
}

/// The calendar of the référent's caisse, at its own address and as his home.
pub(in crate::routes) async fn home(call: &Call, params: &Params) -> Result<Response, PageError> {
    let pages = Pages { jours: params.get("jours"), conventions: params.get("conventions") };
    let calendrier = calendar(&call.ctx, &call.requete, pages).await?;
    Ok(call.frame.ok(&calendrier_page(&call.frame, &calendrier)))
}

async fn show(call: Call, Named(cle): Named<String>, params: Params) -> Result<Response, PageError> {
    let avant = params.get("actes").map(str::parse).transpose().map_err(|_| PageError::new(Kind::Malformed))?;
    let fiche = sheet(&call.ctx, &call.requete, &cle, avant).await?;
    let page = fiche_page(&call.frame, &fiche, &FormState::new()).avis(told(params.get("fait")));
    Ok(call.frame.ok(&page))
}

fn number(params: &Params, name: &str) -> Result<Option<i64>, PageError> {
    params.get(name).map(str::parse).transpose().map_err(|_| PageError::new(Kind::Malformed))
}

async fn versions(call: Call, Named(cle): Named<String>, params: Params) -> Result<Response, PageError> {
    let deux = (number(&params, "de")?, number(&params, "a")?);
    let comparaison = compare(&call.ctx, &call.requete, &cle, deux).await?;
    Ok(call.frame.ok(&comparaison_page(&call.frame, &comparaison)))
}

async fn one_version(call: Call, Named(cle): Named<String>, params: Params) -> Result<Response, PageError> {
    let numero = number(&params, "version")?.unwrap_or(1);
    let (version, dossier) = version_whole(&call.ctx, &call.requete, &cle, numero).await?;
    Ok(call.frame.ok(&version_page(&call.frame, &version, &dossier)))
}

async fn evaluation(call: Call, Named(cle): Named<String>, received: ReceivedForm) -> Result<Response, PageError> {
    let [jour, mois, annee] = DateInput::names("evaluee_le");
    let mut form = received.only(&["version", "note", &jour, &mois, &annee], &[])?;
    let version = form.version()?;
    let note = form.text("note").to_owned();
    let page = |f: &_, form: &_| fiche_page(&call.frame, f, form);
    let Some(le) = form.date("evaluee_le", Some("Saisissez la date de l’évaluation.")) else {
        return mend(&call, &cle, form.state, page).await;
    };
    let ((ctx, requete), id) = (call.owned(), cle.clone());
    match spawned(async move { evaluate(&ctx, &requete, (&id, version), (le, &note)).await }).await {
        Ok(()) => Ok(done(&cle, "evaluation")),
        Err(error) => again(&call, &cle, (error, form.state), page).await,
    }
}
