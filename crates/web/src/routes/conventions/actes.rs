//! Activating, switching a function, completing.

use super::{REFERENT, again, done, mend};
use crate::error::PageError;
use crate::extract::{Call, Form, Named, ReceivedForm};
use crate::frame::Frame;
use crate::pages::composants::DateInput;
use crate::pages::conventions::{activation_page, completer_page, fonctions_page, names_of};
use crate::pages::{FeuillePage, FormState};
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::state::{WebState, spawned};
use app::AppError;
use app::convention::{
    Bascule, Champ, FicheConvention, Saisi, SorteChamp, activate_by, complete, offered, sheet, switch_by,
};
use axum::response::Response;

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    let page = |path| Route::get(path, REFERENT).objet(Objet::Convention);
    let act = |path| Route::post(path, REFERENT).objet(Objet::Convention);
    registry.add(page("/conventions/{cle}/activation"), |c: Call, n: Named<String>| show(c, n, activation_page))?;
    registry.add(act("/conventions/{cle}/activation"), activate)?;
    registry.add(page("/conventions/{cle}/fonctions"), |c: Call, n: Named<String>| show(c, n, fonctions_page))?;
    registry.add(act("/conventions/{cle}/fonctions"), switch)?;
    registry.add(page("/conventions/{cle}/completer"), |c: Call, n: Named<String>| show(c, n, completer_page))?;
    registry.add(act("/conventions/{cle}/completer"), fill)
}

/// The empty form of an act.
pub(super) async fn show(
    call: Call,
    Named(cle): Named<String>,
    page: fn(&Frame, &FicheConvention, &FormState) -> FeuillePage,
) -> Result<Response, PageError> {
    let fiche = sheet(&call.ctx, &call.requete, &cle, None).await?;
    Ok(call.frame.ok(&page(&call.frame, &fiche, &FormState::new())))
}

async fn activate(call: Call, Named(cle): Named<String>, received: ReceivedForm) -> Result<Response, PageError> {
    let [jour, mois, annee] = DateInput::names("le");
    let mut form = received.only(&["version", &jour, &mois, &annee], &[])?;
    let version = form.version()?;
    let page = |f: &_, form: &_| activation_page(&call.frame, f, form);
    let Some(le) = form.date("le", Some("Saisissez le premier jour.")) else {
        return mend(&call, &cle, form.state, page).await;
    };
    let ((ctx, requete), id) = (call.owned(), cle.clone());
    match spawned(async move { activate_by(&ctx, &requete, (&id, version), le).await }).await {
        Ok(()) => Ok(done(&cle, "activee")),
        Err(error) => again(&call, &cle, (error, form.state), page).await,
    }
}

async fn switch(call: Call, Named(cle): Named<String>, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["version", "fonction", "motif"], &[])?;
    let version = form.version()?;
    let (fonction, motif) = (form.text("fonction").to_owned(), form.text("motif").to_owned());
    let page = |f: &_, form: &_| fonctions_page(&call.frame, f, form);
    // The page says what each choice does: it turns the function over.
    let fiche = sheet(&call.ctx, &call.requete, &cle, None).await?;
    let ouverte = fiche.fonctions.iter().find(|v| v.fonction.code() == fonction).is_none_or(|v| !v.ouverte);
    let ((ctx, requete), id) = (call.owned(), cle.clone());
    let work = async move {
        let bascule = Bascule { fonction: &fonction, ouverte, motif: &motif };
        switch_by(&ctx, &requete, (&id, version), &bascule).await
    };
    match spawned(work).await {
        Ok(()) => Ok(done(&cle, "fonction")),
        Err(error) => again(&call, &cle, (error, form.state), page).await,
    }
}

async fn fill(call: Call, Named(cle): Named<String>, received: ReceivedForm) -> Result<Response, PageError> {
    let fiche = sheet(&call.ctx, &call.requete, &cle, None).await?;
    let champs = offered(&fiche.row);
    let mut names: Vec<String> = champs.iter().flat_map(names_of).collect();
    names.push("version".to_owned());
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut form = received.only(&names, &[])?;
    let version = form.version()?;
    let page = |f: &_, form: &_| completer_page(&call.frame, f, form);
    let saisis: Vec<(String, Saisi)> =
        champs.iter().filter_map(|c| read(&mut form, c).map(|s| (c.nom.clone(), s))).collect();
    if form.state.has_errors() {
        return mend(&call, &cle, form.state, page).await;
    }
    let ((ctx, requete), id) = (call.owned(), cle.clone());
    match spawned(async move { complete(&ctx, &requete, (&id, version), &saisis).await }).await {
        Ok(()) => Ok(done(&cle, "complete")),
        Err(error) => again(&call, &cle, (placed(error, &champs), form.state), page).await,
    }
}

/// What was typed in a field; nothing when it was left empty.
fn read(form: &mut Form, c: &Champ) -> Option<Saisi> {
    let nom = c.nom.as_str();
    let number = |form: &mut Form, nom: &str| {
        let texte = form.text(nom).to_owned();
        let lu = texte.parse::<u32>().ok();
        if !texte.is_empty() && lu.is_none() {
            form.state.refuse(nom, "Saisissez un nombre entier.");
        }
        lu
    };
    match c.sorte {
        SorteChamp::Date => form.date(nom, None).map(Saisi::Date),
        SorteChamp::Nombre => number(form, nom).map(Saisi::Nombre),
        SorteChamp::NombreDate => {
            let nombre = number(form, &format!("{nom}_nombre"))?;
            let au = form.date(&format!("{nom}_au"), Some("Saisissez la date à laquelle les membres sont comptés."))?;
            Some(Saisi::NombreDate(nombre, au))
        }
        SorteChamp::Personne => {
            let [a, b, t] = ["nom", "courriel", "telephone"].map(|p| form.text(&format!("{nom}_{p}")).to_owned());
            (!(a.is_empty() && b.is_empty() && t.is_empty())).then_some(Saisi::Personne(a, b, t))
        }
        SorteChamp::Texte | SorteChamp::Courriel | SorteChamp::Depart => {
            let texte = form.text(nom).to_owned();
            (!texte.is_empty()).then_some(Saisi::Texte(texte))
        }
    }
}

/// An error of a field of several inputs stands at the first of them.
fn placed(error: AppError, champs: &[Champ]) -> AppError {
    let AppError::Saisie(mut erreurs) = error else { return error };
    for e in &mut erreurs {
        if let Some(c) = champs.iter().find(|c| c.nom == e.champ) {
            match c.sorte {
                SorteChamp::Personne => e.champ = format!("{}_nom", c.nom),
                SorteChamp::NombreDate => e.champ = format!("{}_nombre", c.nom),
                _ => {}
            }
        }
    }
    AppError::Saisie(erreurs)
}
