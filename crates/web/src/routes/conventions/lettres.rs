//! Registered letters: recording, receipt, repair.

use super::actes::show;
use super::{REFERENT, again, done, mend};
use crate::error::{Kind, PageError};
use crate::extract::{Call, Form, Named, ReceivedForm};
use crate::pages::composants::DateInput;
use crate::pages::conventions::lettres_page;
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::state::{WebState, spawned};
use app::AppError;
use app::convention::{NouvelleLettre, receive_letter, record_letter, repair};
use axum::response::Response;
use uuid::Uuid;

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    let page = Route::get("/conventions/{cle}/lettres", REFERENT).objet(Objet::Convention);
    registry.add(page, |c: Call, n: Named<String>| show(c, n, lettres_page))?;
    let act = |path| Route::post(path, REFERENT).objet(Objet::Convention);
    registry.add(act("/conventions/{cle}/lettres"), record)?;
    registry.add(act("/conventions/{cle}/lettres/recue"), receive)?;
    registry.add(act("/conventions/{cle}/lettres/reparee"), repaired)
}

async fn record(call: Call, Named(cle): Named<String>, received: ReceivedForm) -> Result<Response, PageError> {
    let dates: Vec<String> = ["envoyee_le", "recue_le"].iter().flat_map(|n| DateInput::names(n)).collect();
    let mut names = vec!["version", "papier", "nature", "par", "numero", "motif"];
    names.extend(dates.iter().map(String::as_str));
    let mut form = received.only(&names, &[])?;
    let version = form.version()?;
    let page = |f: &_, form: &_| lettres_page(&call.frame, f, form);
    let recue_le = form.date("recue_le", None);
    let Some(envoyee_le) = form.date("envoyee_le", Some("Saisissez la date d’envoi.")) else {
        return mend(&call, &cle, form.state, page).await;
    };
    if form.state.has_errors() {
        return mend(&call, &cle, form.state, page).await;
    }
    let texts = ["papier", "nature", "par", "numero", "motif"].map(|n| form.text(n).to_owned());
    let ((ctx, requete), id) = (call.owned(), cle.clone());
    let work = async move {
        let [papier, nature, par, numero, motif] = &texts;
        let lettre = NouvelleLettre { papier, nature, par, envoyee_le, recue_le, numero, motif };
        record_letter(&ctx, &requete, (&id, version), &lettre).await
    };
    match spawned(work).await {
        Ok(_) => Ok(done(&cle, "lettre")),
        Err(error) => again(&call, &cle, (error, form.state), page).await,
    }
}

/// The letter that a form is about.
fn letter(form: &Form) -> Result<Uuid, PageError> {
    form.text("lettre").parse().map_err(|_| PageError::new(Kind::Malformed))
}

/// Each letter has its own fields on the page: an error stands at those of its letter.
fn at(error: AppError, id: Uuid) -> AppError {
    let AppError::Saisie(mut erreurs) = error else { return error };
    for e in &mut erreurs {
        e.champ = format!("{}_{id}", e.champ);
    }
    AppError::Saisie(erreurs)
}

/// The names that the form of one letter has; the letter itself stands in it.
fn names(received: &ReceivedForm, champs: &[&str], dates: &[&str]) -> (Vec<String>, Option<Uuid>) {
    let id = received.peek("lettre").and_then(|texte| texte.parse::<Uuid>().ok());
    let mut names = vec!["version".to_owned(), "lettre".to_owned()];
    if let Some(id) = id {
        names.extend(champs.iter().map(|c| format!("{c}_{id}")));
        names.extend(dates.iter().flat_map(|d| DateInput::names(&format!("{d}_{id}"))));
    }
    (names, id)
}

async fn receive(call: Call, Named(cle): Named<String>, received: ReceivedForm) -> Result<Response, PageError> {
    let (names, _) = names(&received, &[], &["recue_le"]);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut form = received.only(&names, &[])?;
    let (version, lettre) = (form.version()?, letter(&form)?);
    let page = |f: &_, form: &_| lettres_page(&call.frame, f, form);
    let Some(le) = form.date(&format!("recue_le_{lettre}"), Some("Saisissez la date de réception.")) else {
        return mend(&call, &cle, form.state, page).await;
    };
    let ((ctx, requete), id) = (call.owned(), cle.clone());
    match spawned(async move { receive_letter(&ctx, &requete, (&id, version), (lettre, le)).await }).await {
        Ok(()) => Ok(done(&cle, "recue")),
        Err(error) => again(&call, &cle, (at(error, lettre), form.state), page).await,
    }
}

async fn repaired(call: Call, Named(cle): Named<String>, received: ReceivedForm) -> Result<Response, PageError> {
    let (names, _) = names(&received, &["reparation"], &["reparee_le"]);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut form = received.only(&names, &[])?;
    let (version, lettre) = (form.version()?, letter(&form)?);
    let page = |f: &_, form: &_| lettres_page(&call.frame, f, form);
    let Some(le) = form.date(&format!("reparee_le_{lettre}"), Some("Saisissez la date de la réparation.")) else {
        return mend(&call, &cle, form.state, page).await;
    };
    let texte = form.text(&format!("reparation_{lettre}")).to_owned();
    let ((ctx, requete), id) = (call.owned(), cle.clone());
    match spawned(async move { repair(&ctx, &requete, (&id, version), (lettre, le, &texte)).await }).await {
        Ok(()) => Ok(done(&cle, "reparee")),
        Err(error) => again(&call, &cle, (at(error, lettre), form.state), page).await,
    }
}
