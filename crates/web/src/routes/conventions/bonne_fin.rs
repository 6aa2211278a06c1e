//! The good end: the list, how each demande goes on, the list for both sides.

use super::{CHANGEE, REFERENT, SIDES};
use crate::error::PageError;
use crate::extract::{Call, Named, Params, ReceivedForm};
use crate::pages::FormState;
use crate::pages::conventions::bonne_fin_page;
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::routes::acte::refusal;
use crate::routes::{download, see_other};
use crate::state::{WebState, spawned};
use app::AppError;
use app::convention::{good_end, hand_over, print_good_end, settle};
use axum::response::Response;

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    let page = |path| Route::get(path, SIDES).objet(Objet::Convention);
    registry.add(page("/conventions/{cle}/bonne-fin"), show)?;
    registry.add(page("/conventions/{cle}/bonne-fin.pdf"), print)?;
    let act = |path| Route::post(path, REFERENT).objet(Objet::Convention);
    registry.add(act("/conventions/{cle}/bonne-fin"), decide)?;
    registry.add(act("/conventions/{cle}/bonne-fin/remettre"), give)
}

fn path(cle: &str, fait: &str) -> String {
    format!("/conventions/{cle}/bonne-fin?fait={fait}")
}

async fn show(call: Call, Named(cle): Named<String>, params: Params) -> Result<Response, PageError> {
    let fin = good_end(&call.ctx, &call.requete, &cle).await?;
    let told = match params.get("fait") {
        Some("suite") => Some("La suite est enregistrée."),
        Some("remise") => Some("La liste est donnée aux deux parties."),
        _ => None,
    };
    Ok(call.frame.ok(&bonne_fin_page(&call.frame, &fin, &FormState::new()).avis(told)))
}

async fn print(call: Call, Named(cle): Named<String>) -> Result<Response, PageError> {
    let pdf = print_good_end(&call.ctx, &call.requete, &cle).await?;
    Ok(download("suites-de-la-convention.pdf", "application/pdf", pdf))
}

async fn decide(call: Call, Named(cle): Named<String>, received: ReceivedForm) -> Result<Response, PageError> {
    let reference = received.peek("reference").unwrap_or_default().to_owned();
    let (suite, note) = (format!("suite_{reference}"), format!("note_{reference}"));
    let form = received.only(&["version", "reference", &suite, &note], &[])?;
    let version = form.version()?;
    let (choix, texte) = (form.text(&suite).to_owned(), form.text(&note).to_owned());
    let ((ctx, requete), id, number) = (call.owned(), cle.clone(), reference.clone());
    let work = async move { settle(&ctx, &requete, (&id, version), (&number, &choix, &texte)).await };
    let error = match spawned(work).await {
        Ok(()) => return Ok(see_other(&path(&cle, "suite"))),
        // Each demande has its own fields on the page.
        Err(AppError::Saisie(mut erreurs)) => {
            erreurs.iter_mut().for_each(|e| e.champ = format!("{}_{reference}", e.champ));
            AppError::Saisie(erreurs)
        }
        Err(other) => other,
    };
    let (status, form) = refusal(error, form.state, CHANGEE)?;
    let fin = good_end(&call.ctx, &call.requete, &cle).await?;
    Ok(call.frame.respond(status, &bonne_fin_page(&call.frame, &fin, &form)))
}

async fn give(call: Call, Named(cle): Named<String>, received: ReceivedForm) -> Result<Response, PageError> {
    let version = received.only(&["version"], &[])?.version()?;
    let ((ctx, requete), id) = (call.owned(), cle.clone());
    spawned(async move { hand_over(&ctx, &requete, (&id, version)).await }).await?;
    Ok(see_other(&path(&cle, "remise")))
}
