//! Conventions: the référent's home and the page of one (`fiche`), acts (`actes`), letters (`lettres`), avenants, ends
//! (`fin`), the good end (`bonne_fin`).

mod actes;
mod avenants;
mod bonne_fin;
mod fiche;
mod fin;
mod lettres;

use crate::error::PageError;
use crate::extract::Call;
use crate::pages::conventions::convention_path;
use crate::pages::{FeuillePage, FormState};
use crate::registry::{Access, Registry, RegistryError};
use crate::routes::acte::refusal;
use crate::routes::see_other;
use crate::state::WebState;
use app::AppError;
use app::convention::{FicheConvention, sheet};
use axum::response::Response;
use domain::compte::Profil;

/// Those who conduct conventions.
const REFERENT: Access = Access::Connecte(&[Profil::Referent]);
/// Those who follow the good end.
const SIDES: Access = Access::Connecte(&[Profil::Referent, Profil::Gestionnaire]);

/// Said at the top when somebody else changed the convention meanwhile: what was typed stays on the page.
const CHANGEE: &str =
    "La convention a changé pendant que vous remplissiez cette page. Relisez, puis envoyez de nouveau.";

pub(super) use fiche::home;

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    fiche::declare(registry)?;
    actes::declare(registry)?;
    avenants::declare(registry)?;
    lettres::declare(registry)?;
    fin::declare(registry)?;
    bonne_fin::declare(registry)
}

/// What was just done, for the banner of the page of the convention.
fn told(fait: Option<&str>) -> Option<&'static str> {
    Some(match fait? {
        "activee" => "La convention est activée. Les deux parties sont prévenues.",
        "fonction" => "La fonction est changée. Les deux parties sont prévenues.",
        "complete" => "Les informations sont enregistrées.",
        "avenant" => "L’avenant est enregistré. Les deux parties sont prévenues.",
        "lettre" => "La lettre est enregistrée. Les deux parties sont prévenues.",
        "recue" => "La réception est enregistrée.",
        "reparee" => "La mise en demeure est close : la convention continue.",
        "fin" => "La fin est enregistrée. Les deux parties sont prévenues ; l’accès ferme de lui-même ce jour-là.",
        "evaluation" => "L’évaluation est enregistrée.",
        _ => return None,
    })
}

/// After an act: the page of the convention, which says what it did.
fn done(cle: &str, fait: &str) -> Response {
    see_other(&format!("{}?fait={fait}", convention_path(cle)))
}

/// The page of an act that did not succeed, with what was typed and what was refused.
async fn again(
    call: &Call,
    cle: &str,
    (error, form): (AppError, FormState),
    page: impl FnOnce(&FicheConvention, &FormState) -> FeuillePage,
) -> Result<Response, PageError> {
    let (status, form) = refusal(error, form, CHANGEE)?;
    let fiche = sheet(&call.ctx, &call.requete, cle, None).await?;
    Ok(call.frame.respond(status, &page(&fiche, &form)))
}

/// As [`again`], for a form whose fields were refused before any use case.
async fn mend(
    call: &Call,
    cle: &str,
    form: FormState,
    page: impl FnOnce(&FicheConvention, &FormState) -> FeuillePage,
) -> Result<Response, PageError> {
    again(call, cle, (AppError::Saisie(Vec::new()), form), page).await
}
