//! The comptes of structures: the gestionnaire's pages, and what the caisse sees and does of them.

mod annonces;
mod caisse;
mod gestion;
mod incidents;
mod membres;
mod reglages;

use super::compte::{refuse, write};
use super::renfort::step_up;
use super::see_other;
use crate::error::PageError;
use crate::extract::{Call, Form};
use crate::frame::Frame;
use crate::pages::FormState;
use crate::pages::compte::Essai;
use crate::registry::{Access, Registry, RegistryError};
use crate::state::WebState;
use app::{Contexte, Outcome, Requete};
use askama::Template;
use axum::response::Response;
use domain::compte::Profil;
use http::HeaderMap;

/// Gestionnaires.
const GESTIONNAIRE: Access = Access::Connecte(&[Profil::Gestionnaire]);
/// Référents.
const REFERENT: Access = Access::Connecte(&[Profil::Referent]);
/// Both.
const LECTEURS: Access = Access::Connecte(&[Profil::Gestionnaire, Profil::Referent]);

/// Declares the routes of the comptes of structures.
pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    gestion::declare(registry)?;
    incidents::declare(registry)?;
    annonces::declare(registry)?;
    membres::declare(registry)?;
    caisse::declare(registry)?;
    reglages::declare(registry)
}

/// Shows the code if one was typed, then does the act; a refused form comes back as it was.
async fn act<T, P, F>(
    (call, headers): (&Call, &HeaderMap),
    form: Form,
    work: impl FnOnce(Contexte, Requete) -> F,
    page: impl Fn(&Frame, &FormState) -> P,
    done: impl FnOnce(T) -> String,
) -> Result<Response, PageError>
where
    T: Send + 'static,
    P: Template,
    F: Future<Output = Outcome<T>> + Send + 'static,
{
    let renforce = match step_up(call, form.text("code")).await {
        Ok(renforce) => renforce,
        Err(error) => return refuse(&call.frame, error, (form.state, Essai::Code), |f| page(&call.frame, f)),
    };
    let frame = renforce.call.frame.clone();
    let response = match write(&renforce.call, work).await {
        Ok(what) => see_other(&done(what)),
        Err(error) => refuse(&frame, error, (form.state, Essai::Code), |f| page(&frame, f))?,
    };
    renforce.answer(headers, response).await
}
