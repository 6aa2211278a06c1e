//! Ending a convention: what allows it, what it closes, the confirmation.

use super::actes::show;
use super::{REFERENT, again, done, mend};
use crate::error::{Kind, PageError};
use crate::extract::{Call, Form, Named, ReceivedForm};
use crate::pages::FormState;
use crate::pages::composants::DateInput;
use crate::pages::conventions::{confirmation_page, fin_page};
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::routes::acte::{refused, unprocessable};
use crate::routes::renfort::renforced;
use crate::state::WebState;
use app::convention::{FinDemandee, end, preview_end};
use app::{AppError, ErreurChamp};
use axum::response::Response;
use chrono::NaiveDate;
use http::HeaderMap;

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    let page = Route::get("/conventions/{cle}/fin", REFERENT).objet(Objet::Convention);
    registry.add(page, |c: Call, n: Named<String>| show(c, n, fin_page))?;
    let act = |path| Route::post(path, REFERENT).objet(Objet::Convention);
    registry.add(act("/conventions/{cle}/fin"), preview)?;
    registry.add(act("/conventions/{cle}/fin/confirmer"), confirm)
}

/// What was typed: the way, split into paper and cause, the day, the reason.
#[derive(Clone)]
struct Saisie {
    papier: String,
    cause: String,
    le: NaiveDate,
    motif: String,
}

impl Saisie {
    fn read(form: &mut Form) -> Option<Self> {
        let voie = form.text("voie").to_owned();
        let (papier, cause) = voie.split_once('.').unwrap_or_default();
        let le = form.date("le", Some("Saisissez le premier jour sans accès."))?;
        Some(Self { papier: papier.to_owned(), cause: cause.to_owned(), le, motif: form.text("motif").to_owned() })
    }

    fn asked(&self) -> FinDemandee<'_> {
        FinDemandee { papier: &self.papier, cause: &self.cause, le: self.le, motif: &self.motif }
    }
}

fn open(received: ReceivedForm, more: &[&str]) -> Result<Form, PageError> {
    let dates = DateInput::names("le");
    let mut names = vec!["version", "voie", "motif"];
    names.extend(more);
    names.extend(dates.iter().map(String::as_str));
    received.only(&names, &[])
}

async fn preview(call: Call, Named(cle): Named<String>, received: ReceivedForm) -> Result<Response, PageError> {
    let mut form = open(received, &[])?;
    let page = |f: &_, form: &_| fin_page(&call.frame, f, form);
    let Some(saisie) = Saisie::read(&mut form) else { return mend(&call, &cle, form.state, page).await };
    match preview_end(&call.ctx, &call.requete, &cle, &saisie.asked()).await {
        Ok(prevue) => Ok(call.frame.ok(&confirmation_page(&call.frame, &prevue, &FormState::new()))),
        Err(error) => again(&call, &cle, (error, form.state), page).await,
    }
}

async fn confirm(
    call: Call,
    Named(cle): Named<String>,
    headers: HeaderMap,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let mut form = open(received, &["code"])?;
    let version = form.version()?;
    let code = form.text("code").to_owned();
    let saisie = Saisie::read(&mut form).ok_or_else(|| PageError::new(Kind::Malformed))?;
    let (asked, id) = (saisie.clone(), cle.clone());
    let work = move |ctx, requete| async move { end(&ctx, &requete, (id.as_str(), version), &asked.asked()).await };
    renforced((&call, &headers), &code, work, |call, outcome| async move {
        match outcome {
            Ok(()) => Ok(done(&cle, "fin")),
            Err(AppError::Saisie(erreurs)) if erreurs.iter().any(|e| e.champ == "code") => {
                code_again(&call, &cle, &saisie, erreurs).await
            }
            Err(error) => again(&call, &cle, (error, form.state), |f, form| fin_page(&call.frame, f, form)).await,
        }
    })
    .await
}

/// The confirmation once more, with the field of the code.
async fn code_again(call: &Call, cle: &str, saisie: &Saisie, erreurs: Vec<ErreurChamp>) -> Result<Response, PageError> {
    let prevue = preview_end(&call.ctx, &call.requete, cle, &saisie.asked()).await?;
    let form = refused(FormState::new(), erreurs);
    Ok(unprocessable(&call.frame, &confirmation_page(&call.frame, &prevue, &form)))
}
