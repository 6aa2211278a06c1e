//! Asking the partner, waiting inside the caisse, going on, noting, reopening.

use super::failed;
use super::traitement::{Fin, and_next, onward};
use crate::error::PageError;
use crate::extract::{Call, Form, Named, ReceivedForm};
use crate::pages::demandes::{Avant, Fait, Refait};
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::routes::{DESK, see_other};
use crate::state::{WebState, spawned};
use app::AppError;
use app::demande::{self, DemandeDeComplement};
use axum::response::Response;
use domain::demande::reference::Reference;

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    registry.add(Route::post("/demandes/{reference}/complement", DESK).objet(Objet::Demande), ask)?;
    registry.add(Route::post("/demandes/{reference}/attente-interne", DESK).objet(Objet::Demande), hold)?;
    registry.add(Route::post("/demandes/{reference}/reprendre", DESK).objet(Objet::Demande), resume)?;
    registry.add(Route::post("/demandes/{reference}/notes", DESK).objet(Objet::Demande), annotate)?;
    registry.add(Route::post("/demandes/{reference}/rouvrir", DESK).objet(Objet::Demande), reopen)
}

/// The page after an act: the demande with what was done, or why it was not.
async fn answer(
    call: &Call,
    reference: &str,
    outcome: Result<(), AppError>,
    (fait, refait): (Fait, Refait),
) -> Result<Response, PageError> {
    match outcome {
        Ok(()) => Ok(see_other(&format!("/demandes/{reference}?fait={}", fait.code()))),
        Err(error) => failed(call, reference, error, refait).await,
    }
}

fn day(form: &Form) -> [String; 3] {
    form.date_parts("reponse_avant").map(str::to_owned)
}

async fn ask(call: Call, Named(reference): Named<Reference>, received: ReceivedForm) -> Result<Response, PageError> {
    let [d, m, y] = ["reponse_avant_jour", "reponse_avant_mois", "reponse_avant_annee"];
    let form = received.only(&["version", "motif", "complement", d, m, y, "suite"], &[])?;
    let (version, suite, day) = (form.version()?, !form.text("suite").is_empty(), day(&form));
    let (motif, texte) = (form.text("motif").to_owned(), form.text("complement").to_owned());
    let reference = reference.to_string();
    let ((ctx, requete), id) = (call.owned(), reference.clone());
    let work = async move {
        let reponse_avant = day.each_ref().map(String::as_str);
        let saisie = DemandeDeComplement { version, motif: &motif, texte: &texte, reponse_avant };
        and_next(&ctx, &requete, (&id, suite), demande::ask(&ctx, &requete, &id, &saisie)).await
    };
    match spawned(work).await {
        Ok(Fin::Suite(next)) => Ok(onward(Avant::Demandee, &reference, next)),
        outcome => {
            let done = (Fait::Complement, Refait::Complement(form.state));
            answer(&call, &reference, outcome.map(drop), done).await
        }
    }
}

async fn hold(call: Call, Named(reference): Named<Reference>, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["version", "note_attente"], &[])?;
    let (version, texte) = (form.version()?, form.text("note_attente").to_owned());
    let reference = reference.to_string();
    let ((ctx, requete), id) = (call.owned(), reference.clone());
    let outcome = spawned(async move { demande::hold(&ctx, &requete, &id, version, &texte).await }).await;
    answer(&call, &reference, outcome, (Fait::Attente, Refait::Attente(form.state))).await
}

async fn resume(call: Call, Named(reference): Named<Reference>, received: ReceivedForm) -> Result<Response, PageError> {
    let version = received.only(&["version"], &[])?.version()?;
    let reference = reference.to_string();
    let ((ctx, requete), id) = (call.owned(), reference.clone());
    let outcome = spawned(async move { demande::resume(&ctx, &requete, &id, version).await }).await;
    answer(&call, &reference, outcome, (Fait::Reprise, Refait::Acte)).await
}

async fn annotate(
    call: Call,
    Named(reference): Named<Reference>,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let form = received.only(&["note"], &[])?;
    let texte = form.text("note").to_owned();
    let reference = reference.to_string();
    let ((ctx, requete), id) = (call.owned(), reference.clone());
    let outcome = spawned(async move { demande::annotate(&ctx, &requete, &id, &texte).await }).await;
    answer(&call, &reference, outcome, (Fait::Note, Refait::Note(form.state))).await
}

async fn reopen(call: Call, Named(reference): Named<Reference>, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["version", "motif_reouverture"], &[])?;
    let (version, texte) = (form.version()?, form.text("motif_reouverture").to_owned());
    let reference = reference.to_string();
    let ((ctx, requete), id) = (call.owned(), reference.clone());
    let outcome = spawned(async move { demande::reopen(&ctx, &requete, &id, version, &texte).await }).await;
    answer(&call, &reference, outcome, (Fait::Rouverte, Refait::Reouverture(form.state))).await
}
