//! One-time links: invitation, forgotten password.

use super::{advance, refuse, write};
use crate::error::PageError;
use crate::extract::{Call, Named, Params, ReceivedForm};
use crate::frame::Frame;
use crate::pages::FormState;
use crate::pages::compte::{Avis, ChoixPage, Essai, LienFermePage, OubliEnvoyePage, OubliPage, Titulaire, refused};
use crate::registry::{Access, Objet, Registry, RegistryError, Route};
use crate::state::WebState;
use app::AppError;
use app::compte::{Choisi, Choix, Lien, LienFerme, choose_password, forgot_password, open_link, renew_link};
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, StatusCode};

/// A link works whoever is signed in: it names its own compte.
const LIEN: Access = Access::Public;
const OUBLI_PATH: &str = "/mot-de-passe-oublie";

pub(super) fn declare(r: &mut Registry<WebState>) -> Result<(), RegistryError> {
    for path in ["/invitation/{jeton}", "/mot-de-passe/{jeton}"] {
        r.add(Route::get(path, LIEN).objet(Objet::Lien), show)?;
        r.add(Route::post(path, LIEN).objet(Objet::Lien), choose)?;
    }
    r.add(Route::post("/invitation/{jeton}/renouveler", LIEN).objet(Objet::Lien), renew)?;
    r.add(Route::get(OUBLI_PATH, LIEN), show_forgotten)?;
    r.add(Route::post(OUBLI_PATH, LIEN), forgotten)
}

async fn show(call: Call, Named(jeton): Named<String>) -> Result<Response, PageError> {
    page(&call, &jeton, StatusCode::OK, &FormState::new()).await
}

/// The form of a link that works, or why it does not.
async fn page(call: &Call, jeton: &str, status: StatusCode, form: &FormState) -> Result<Response, PageError> {
    match open_link(&call.ctx, jeton).await? {
        Lien::Utilisable { usage, nom_affiche, identifiant, profil, regles } => {
            let qui = Titulaire { usage, nom: nom_affiche, identifiant, profil, regles };
            Ok(call.frame.respond(status, &ChoixPage::new(&call.frame, form, qui)))
        }
        Lien::Ferme(ferme) => Ok(closed(&call.frame, ferme)),
    }
}

fn closed(frame: &Frame, ferme: LienFerme) -> Response {
    let status = if ferme == LienFerme::Inconnu { StatusCode::NOT_FOUND } else { StatusCode::GONE };
    frame.respond(status, &LienFermePage::new(frame, ferme, frame.path()))
}

async fn choose(
    call: Call,
    Named(jeton): Named<String>,
    headers: HeaderMap,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let form = received.only(&["mot_de_passe", "confirmation"], &[])?;
    let choix = Choix {
        jeton: jeton.clone(),
        mot_de_passe: form.raw("mot_de_passe").to_owned(),
        confirmation: form.raw("confirmation").to_owned(),
    };
    match write(&call, |ctx, requete| async move { choose_password(&ctx, &requete, choix).await }).await {
        Ok(Choisi::Invitation(ouverture)) => advance(&call, &headers, ouverture).await,
        Ok(Choisi::Reinitialise) => Ok(to_sign_in(Avis::MotDePasseChange)),
        Ok(Choisi::Ferme(ferme)) => Ok(closed(&call.frame, ferme)),
        Err(AppError::Saisie(erreurs)) => {
            let form = refused(form.state, erreurs);
            page(&call, &jeton, StatusCode::UNPROCESSABLE_ENTITY, &form).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn renew(call: Call, Named(jeton): Named<String>, received: ReceivedForm) -> Result<Response, PageError> {
    received.only(&[], &[])?;
    match write(&call, |ctx, requete| async move { renew_link(&ctx, &requete, &jeton).await }).await {
        Ok(()) => Ok(to_sign_in(Avis::InvitationEnvoyee)),
        Err(AppError::Introuvable) => Ok(closed(&call.frame, LienFerme::Inconnu)),
        Err(other) => Err(other.into()),
    }
}

fn to_sign_in(avis: Avis) -> Response {
    Redirect::to(&format!("/connexion?avis={}", avis.code())).into_response()
}

async fn show_forgotten(frame: Frame, params: Params) -> Response {
    if params.get("envoye").is_some() {
        return frame.ok(&OubliEnvoyePage::new(&frame));
    }
    frame.ok(&OubliPage::new(&frame, &FormState::new()))
}

async fn forgotten(call: Call, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["identifiant"], &[])?;
    let saisi = form.text("identifiant").to_owned();
    match write(&call, |ctx, requete| async move { forgot_password(&ctx, &requete, &saisi).await }).await {
        Ok(()) => Ok(Redirect::to(&format!("{OUBLI_PATH}?envoye=1")).into_response()),
        Err(error) => {
            refuse(&call.frame, error, (form.state, Essai::Connexion), |form| OubliPage::new(&call.frame, form))
        }
    }
}
