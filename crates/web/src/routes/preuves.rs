//! Proofs (JO-2): list, one, print, export.

use super::acte::unprocessable;
use super::download;
use crate::error::PageError;
use crate::extract::{Call, Named, Params};
use crate::pages::FormState;
use crate::pages::composants::DateInput;
use crate::pages::compte::refused;
use crate::pages::preuves::{PATH, list_page, page};
use crate::registry::{Access, Objet, Registry, RegistryError, Route};
use crate::state::WebState;
use app::registre::{Filtres, export, imprime, list, show};
use app::{AppError, ErreurChamp};
use axum::response::Response;
use chrono::NaiveDate;
use domain::compte::Profil;
use uuid::Uuid;

const LECTEURS: Access =
    Access::Connecte(&[Profil::Gestionnaire, Profil::Referent, Profil::Dpo, Profil::AdministrateurLocal]);

pub(super) fn declare(r: &mut Registry<WebState>) -> Result<(), RegistryError> {
    r.add(Route::get(PATH, LECTEURS), index)?;
    r.add(Route::get("/preuves/export.csv", LECTEURS), file)?;
    r.add(Route::get("/preuves/{id}", LECTEURS).objet(Objet::Preuve), one)?;
    r.add(Route::get("/preuves/{id}/preuve.pdf", LECTEURS).objet(Objet::Preuve), pdf)
}

/// What the address asks for, as the form shows it again, and as the text of an address.
fn asked(params: &Params) -> (Filtres, FormState, String) {
    let mut names = vec!["nature".to_owned(), "partenaire".to_owned()];
    names.extend(DateInput::names("du"));
    names.extend(DateInput::names("au"));
    let (mut form, mut question) = (FormState::new(), form_urlencoded::Serializer::new(String::new()));
    for name in &names {
        let value = params.get(name).unwrap_or_default().trim();
        if !value.is_empty() {
            form = form.with(name.as_str(), value);
            question.append_pair(name, value);
        }
    }
    let du = day(&mut form, "du");
    let au = day(&mut form, "au");
    let filtres =
        Filtres { nature: form.value("nature").to_owned(), du, au, partenaire: form.value("partenaire").to_owned() };
    (filtres, form, question.finish())
}

fn day(form: &mut FormState, name: &str) -> Option<NaiveDate> {
    let [day, month, year] = DateInput::names(name).map(|n| form.value(&n).to_owned());
    if [&day, &month, &year].iter().all(|part| part.is_empty()) {
        return None;
    }
    let date = match (year.parse(), month.parse(), day.parse()) {
        (Ok(y @ 1000..=9999), Ok(m), Ok(d)) => NaiveDate::from_ymd_opt(y, m, d),
        _ => None,
    };
    if date.is_none() {
        form.refuse(name, "Saisissez une date qui existe, par exemple 31 3 2026.");
    }
    date
}

async fn index(call: Call, params: Params) -> Result<Response, PageError> {
    let (filtres, form, question) = asked(&params);
    if form.has_errors() {
        return Ok(unprocessable(&call.frame, &list_page(&call.frame, None, &form, "")));
    }
    let apres = params.get("apres").and_then(|id| id.parse().ok());
    match list(&call.ctx, &call.requete, &filtres, apres).await {
        Ok(liste) => Ok(call.frame.ok(&list_page(&call.frame, Some(&liste), &form, &question))),
        Err(AppError::Saisie(erreurs)) => Ok(again(&call, form, erreurs)),
        Err(other) => Err(other.into()),
    }
}

fn again(call: &Call, form: FormState, erreurs: Vec<ErreurChamp>) -> Response {
    unprocessable(&call.frame, &list_page(&call.frame, None, &refused(form, erreurs), ""))
}

async fn file(call: Call, params: Params) -> Result<Response, PageError> {
    let (filtres, form, _) = asked(&params);
    if form.has_errors() {
        return Ok(unprocessable(&call.frame, &list_page(&call.frame, None, &form, "")));
    }
    match export(&call.ctx, &call.requete, &filtres).await {
        Ok(fichier) => Ok(download("preuves.csv", "text/csv; charset=utf-8", fichier.into_bytes())),
        Err(AppError::Saisie(erreurs)) => Ok(again(&call, form, erreurs)),
        Err(other) => Err(other.into()),
    }
}

async fn one(call: Call, Named(id): Named<Uuid>) -> Result<Response, PageError> {
    let fiche = show(&call.ctx, &call.requete, id).await?;
    Ok(call.frame.ok(&page(&call.frame, &fiche)))
}

async fn pdf(call: Call, Named(id): Named<Uuid>) -> Result<Response, PageError> {
    let fiche = show(&call.ctx, &call.requete, id).await?;
    let bytes = call.ctx.imprimeur.print(imprime(&fiche)).await.map_err(|e| AppError::Interne(e.to_string()))?;
    Ok(download("preuve.pdf", "application/pdf", bytes))
}
