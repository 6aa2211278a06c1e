//! The sheets of a convention and their forms: facts, data protection officer, interlocuteurs.

use super::listes::{CHAMPS, typed};
use super::{CHANGEE, Cle, DEUX_COTES, REFERENT, number};
use crate::error::PageError;
use crate::extract::{Call, Form, Named, Params, ReceivedForm};
use crate::pages::partenaires::{Annonce, Modele, dpo, faits, fiche, interlocuteur, retrait};
use crate::pages::{FeuillePage, FormState};
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::routes::acte::refusal;
use crate::routes::see_other;
use crate::state::{WebState, spawned};
use app::partenaire::{self, Cible};
use app::{AppError, Outcome};
use axum::response::Response;
use domain::convention::{DpoSaisi, FaitsSaisis, PersonneSaisie, Role};

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    let one = |route: Route| route.objet(Objet::Convention);
    registry.add(one(Route::get("/conventions/{cle}/fiche", DEUX_COTES)), show)?;
    registry.add(one(Route::get("/conventions/{cle}/fiche/modifier", REFERENT)), facts)?;
    registry.add(one(Route::post("/conventions/{cle}/fiche/modifier", REFERENT)), write_facts)?;
    registry.add(one(Route::get("/conventions/{cle}/fiche/dpo", DEUX_COTES)), officer)?;
    registry.add(one(Route::post("/conventions/{cle}/fiche/dpo", DEUX_COTES)), write_officer)?;
    registry.add(one(Route::get("/conventions/{cle}/fiche/interlocuteur", DEUX_COTES)), person)?;
    registry.add(one(Route::post("/conventions/{cle}/fiche/interlocuteur", DEUX_COTES)), write_person)
}

async fn show(call: Call, Named(cle): Named<Cle>, params: Params) -> Result<Response, PageError> {
    let feuille = partenaire::sheet(&call.ctx, &call.requete, &cle.0).await?;
    Ok(call.frame.ok(&fiche(&call.frame, &feuille, params.get("fait").and_then(Annonce::of))))
}

/// Whose sheet, the structure’s unless the address says another; a word that is none is unknown.
fn role(text: Option<&str>) -> Result<Role, PageError> {
    Role::du_code(text.unwrap_or(Role::Partenaire.code())).ok_or_else(PageError::not_found)
}

fn cible(cle: &Cle, form: &Form) -> Result<Cible, PageError> {
    Ok(Cible { cle: cle.0.clone(), role: role(Some(form.text("partie")))?, version: form.version()? })
}

/// After a change: the sheets, or the form with what was refused.
async fn after(
    call: &Call,
    (cible, form): (&Cible, Form),
    outcome: Outcome<()>,
    page: impl FnOnce(&partenaire::Feuille, &FormState) -> FeuillePage,
) -> Result<Response, PageError> {
    match outcome {
        Ok(()) => Ok(see_other(&format!("/conventions/{}/fiche?fait=changee", cible.cle))),
        Err(error) => {
            let (status, form) = refusal(error, form.state, CHANGEE)?;
            let feuille = partenaire::sheet(&call.ctx, &call.requete, &cible.cle).await?;
            Ok(call.frame.respond(status, &page(&feuille, &form)))
        }
    }
}

async fn facts(call: Call, Named(cle): Named<Cle>, params: Params) -> Result<Response, PageError> {
    let feuille = partenaire::sheet(&call.ctx, &call.requete, &cle.0).await?;
    let role = role(params.get("partie"))?;
    let modele = Modele { role, faits: FaitsSaisis::from(feuille.dossier.stipulations.partie(role)) };
    Ok(call.frame.ok(&faits(&call.frame, &feuille, &modele, None)))
}

async fn write_facts(call: Call, Named(cle): Named<Cle>, received: ReceivedForm) -> Result<Response, PageError> {
    let mut form = received.only(&CHAMPS, &["qualites"])?;
    let (cible, typed) = (cible(&cle, &form)?, typed(&mut form));
    let modele = Modele { role: cible.role, faits: typed.clone() };
    let ((ctx, requete), on) = (call.owned(), cible.clone());
    let outcome = spawned(async move { partenaire::edit_faits(&ctx, &requete, &on, &typed).await }).await;
    let page = |feuille: &_, form: &_| faits(&call.frame, feuille, &modele, Some(form));
    after(&call, (&cible, form), outcome, page).await
}

async fn officer(call: Call, Named(cle): Named<Cle>, params: Params) -> Result<Response, PageError> {
    let feuille = partenaire::sheet(&call.ctx, &call.requete, &cle.0).await?;
    Ok(call.frame.ok(&dpo(&call.frame, &feuille, role(params.get("partie"))?, None)))
}

async fn write_officer(call: Call, Named(cle): Named<Cle>, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["dpo_courriel", "dpo_adresse", "partie", "version"], &[])?;
    let cible = cible(&cle, &form)?;
    let saisi =
        DpoSaisi { courriel: form.text("dpo_courriel").to_owned(), adresse: form.text("dpo_adresse").to_owned() };
    let ((ctx, requete), on) = (call.owned(), cible.clone());
    let outcome = spawned(async move { partenaire::edit_dpo(&ctx, &requete, &on, &saisi).await }).await;
    let page = |feuille: &_, form: &_| dpo(&call.frame, feuille, cible.role, Some(form));
    after(&call, (&cible, form), outcome, page).await
}

/// The place of a person on the sheet; none for a new one.
fn place(text: &str) -> Result<Option<usize>, PageError> {
    if text.is_empty() { Ok(None) } else { number(text).map(Some) }
}

async fn person(call: Call, Named(cle): Named<Cle>, params: Params) -> Result<Response, PageError> {
    let feuille = partenaire::sheet(&call.ctx, &call.requete, &cle.0).await?;
    let (role, rang) = (role(params.get("partie"))?, place(params.get("rang").unwrap_or_default())?);
    let page = match (rang, params.get("retirer")) {
        (Some(rang), Some(_)) => {
            retrait(&call.frame, &feuille, (role, rang), &FormState::new()).ok_or_else(PageError::not_found)?
        }
        _ => interlocuteur(&call.frame, &feuille, (role, rang), None),
    };
    Ok(call.frame.ok(&page))
}

async fn write_person(call: Call, Named(cle): Named<Cle>, received: ReceivedForm) -> Result<Response, PageError> {
    let fields = ["nom_personne", "role", "courriel_personne", "telephone", "partie", "version", "rang", "retirer"];
    let form = received.only(&fields, &["themes"])?;
    let (cible, rang) = (cible(&cle, &form)?, place(form.text("rang"))?);
    let saisie = (!form.ticked("retirer", "oui")).then(|| PersonneSaisie {
        themes: form.list("themes").into_iter().map(str::to_owned).collect(),
        nom: form.text("nom_personne").to_owned(),
        role: form.text("role").to_owned(),
        courriel: form.text("courriel_personne").to_owned(),
        telephone: form.text("telephone").to_owned(),
    });
    if saisie.is_none() && rang.is_none() {
        return Err(AppError::Introuvable.into());
    }
    let leaving = rang.filter(|_| saisie.is_none());
    let ((ctx, requete), on) = (call.owned(), cible.clone());
    let outcome =
        spawned(async move { partenaire::edit_personne(&ctx, &requete, &on, rang, saisie.as_ref()).await }).await;
    let page = |feuille: &_, form: &_| {
        leaving
            .and_then(|rang| retrait(&call.frame, feuille, (cible.role, rang), form))
            .unwrap_or_else(|| interlocuteur(&call.frame, feuille, (cible.role, rang), Some(form)))
    };
    after(&call, (&cible, form), outcome, page).await
}
