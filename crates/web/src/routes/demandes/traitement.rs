//! Writing in the thread, taking in charge, closing.

use super::failed;
use crate::error::{Kind, PageError};
use crate::extract::{Call, Named, ReceivedFiles, ReceivedForm};
use crate::pages::demandes::{Avant, Fait, Refait};
use crate::pages::pieces::CHAMP;
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::routes::{DESK, READERS, see_other};
use crate::state::{WebState, spawned};
use app::demande::{self, Cloture, Ecrit};
use app::{AppError, Contexte, ErreurChamp, Requete};
use axum::response::Response;
use domain::compte::Profil;
use domain::demande::reference::Reference;
use std::future::Future;

/// Said at the files of a line that was not sent: a browser does not keep what was chosen.
const ENCORE: &str = "Aucun fichier n’a été envoyé : choisissez-les de nouveau.";

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    let messages = Route::post("/demandes/{reference}/messages", READERS).objet(Objet::Demande);
    registry.add(messages.files(CHAMP), write)?;
    registry.add(Route::post("/demandes/{reference}/prendre", DESK).objet(Objet::Demande), take)?;
    registry.add(Route::post("/demandes/{reference}/cloturer", DESK).objet(Objet::Demande), close)
}

/// A line of either side; files come from the partner's alone: what the desk sends has its route in the convention (PA-2).
async fn write(
    call: Call,
    Named(reference): Named<Reference>,
    received: ReceivedForm,
    ReceivedFiles(fichiers): ReceivedFiles,
) -> Result<Response, PageError> {
    let mut form = received.only(&["version", "texte", "suite"], &[])?;
    let sent = !fichiers.is_empty();
    if sent && call.frame.signed().is_none_or(|who| who.profil != Profil::Technicien) {
        return Err(PageError::new(Kind::UnknownField));
    }
    let (version, texte, suite) = (form.version()?, form.text("texte").to_owned(), !form.text("suite").is_empty());
    let reference = reference.to_string();
    let ((ctx, requete), id) = (call.owned(), reference.clone());
    let work = async move {
        let ecrit = Ecrit { version, texte: &texte, fichiers };
        let reply = demande::reply_with_files(&ctx, &requete, &id, ecrit);
        and_next(&ctx, &requete, (&id, suite), reply).await
    };
    match spawned(work).await {
        Ok(Fin::Ici) => Ok(see_other(&format!("/demandes/{reference}?fait={}", Fait::Message.code()))),
        Ok(Fin::Suite(next)) => Ok(onward(Avant::Repondue, &reference, next)),
        Err(AppError::Saisie(mut erreurs)) if sent => {
            erreurs.push(ErreurChamp::new(CHAMP, ENCORE));
            failed(&call, &reference, AppError::Saisie(erreurs), Refait::Message(form.state)).await
        }
        Err(error) => {
            if sent {
                form.state.refuse(CHAMP, ENCORE);
            }
            failed(&call, &reference, error, Refait::Message(form.state)).await
        }
    }
}

async fn take(call: Call, Named(reference): Named<Reference>, received: ReceivedForm) -> Result<Response, PageError> {
    let version = received.only(&["version"], &[])?.version()?;
    let reference = reference.to_string();
    let ((ctx, requete), id) = (call.owned(), reference.clone());
    match spawned(async move { demande::take(&ctx, &requete, &id, version).await }).await {
        Ok(()) => Ok(see_other(&format!("/demandes/{reference}?fait={}", Fait::Prise.code()))),
        Err(error) => failed(&call, &reference, error, Refait::Acte).await,
    }
}

async fn close(call: Call, Named(reference): Named<Reference>, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["version", "issue", "reponse_finale", "suite"], &[])?;
    let (version, suite) = (form.version()?, !form.text("suite").is_empty());
    let (issue, texte) = (form.text("issue").to_owned(), form.text("reponse_finale").to_owned());
    let reference = reference.to_string();
    let ((ctx, requete), id) = (call.owned(), reference.clone());
    let work = async move {
        let cloture = Cloture { version, issue: &issue, texte: &texte };
        and_next(&ctx, &requete, (&id, suite), demande::close(&ctx, &requete, &id, &cloture)).await
    };
    match spawned(work).await {
        Ok(Fin::Ici) => Ok(onward(Avant::Cloturee, &reference, None)),
        Ok(Fin::Suite(next)) => Ok(onward(Avant::Cloturee, &reference, next)),
        Err(error) => failed(&call, &reference, error, Refait::Cloture(form.state)).await,
    }
}

/// Where an act of the desk ends.
pub(super) enum Fin {
    /// On the demande itself.
    Ici,
    /// On the next of the queue, if there is one.
    Suite(Option<String>),
}

/// Performs an act on a demande and, when the agent asked for it, takes the next of the queue.
pub(super) async fn and_next(
    ctx: &Contexte,
    requete: &Requete,
    (reference, suite): (&str, bool),
    acte: impl Future<Output = Result<(), AppError>>,
) -> Result<Fin, AppError> {
    if suite {
        return demande::then_next(ctx, requete, reference, acte).await.map(Fin::Suite);
    }
    acte.await.map(|()| Fin::Ici)
}

/// The next demande, or the queue when it is empty; both say what was done.
pub(super) fn onward(avant: Avant, reference: &str, next: Option<String>) -> Response {
    let page = next.map_or_else(|| "/file".to_owned(), |next| format!("/demandes/{next}"));
    see_other(&format!("{page}?{}={reference}", avant.code()))
}
