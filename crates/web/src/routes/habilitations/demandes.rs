//! The forms of a gestionnaire, and the one for paper.

use super::{GESTIONNAIRE, REFERENT};
use crate::error::{Kind, PageError};
use crate::extract::{Call, Form, Params, ReceivedForm};
use crate::pages::composants::DateInput;
use crate::pages::habilitations::demarches::{PATH, change_form, change_page, leave_page, paper_page, request_page};
use crate::pages::habilitations::saisies::{CHAMPS, person};
use crate::pages::{FeuillePage, FormState};
use crate::registry::{Registry, RegistryError, Route};
use crate::routes::acte::{act, unprocessable};
use crate::state::WebState;
use app::habilitation::{Changement, Depart, Habilitation, Papier, change, enter, home, leave, request, structures};
use axum::response::Response;
use domain::ids::DemarcheId;

const CHANGEMENT: &str = "/habilitations/changement";

pub(super) fn declare(r: &mut Registry<WebState>) -> Result<(), RegistryError> {
    r.add(Route::get("/habilitations/nouvelle", GESTIONNAIRE), request_form)?;
    r.add(Route::post("/habilitations/nouvelle", GESTIONNAIRE), send_request)?;
    r.add(Route::get("/habilitations/depart", GESTIONNAIRE), leave_form)?;
    r.add(Route::post("/habilitations/depart", GESTIONNAIRE), send_leave)?;
    r.add(Route::get(CHANGEMENT, GESTIONNAIRE), change_first)?;
    r.add(Route::post(CHANGEMENT, GESTIONNAIRE), send_change)?;
    r.add(Route::get("/habilitations/papier", REFERENT), paper_form)?;
    r.add(Route::post("/habilitations/papier", REFERENT), send_paper)
}

/// A form with a new id: sent twice, it is one.
fn fresh(call: &Call) -> FormState {
    FormState::new().with("cle", call.ctx.new_id().to_string())
}

/// The id that the form was given.
fn key(form: &Form) -> Result<DemarcheId, PageError> {
    form.text("cle").parse().map_err(|_| PageError::new(Kind::Malformed))
}

/// Where a form that was sent leads.
fn sent(id: DemarcheId) -> String {
    format!("{PATH}/{id}?fait=envoyee")
}

async fn request_again(call: Call, form: FormState) -> Result<FeuillePage, PageError> {
    Ok(request_page(&call.frame, &home(&call.ctx, &call.requete).await?, &form))
}

async fn request_form(call: Call) -> Result<Response, PageError> {
    let form = fresh(&call);
    Ok(call.frame.ok(&request_again(call.clone(), form).await?))
}

async fn send_request(call: Call, received: ReceivedForm) -> Result<Response, PageError> {
    let mut fields = CHAMPS.to_vec();
    fields.extend(["cle", "convention"]);
    let form = received.only(&fields, &[])?;
    let convention = form.text("convention").to_owned();
    let saisie = Habilitation { id: key(&form)?, convention, personne: person(&form.state, "") };
    act(&call, form.state, |ctx, requete| async move { request(&ctx, &requete, &saisie).await }, sent, request_again)
        .await
}

async fn leave_again(call: Call, form: FormState) -> Result<FeuillePage, PageError> {
    Ok(leave_page(&call.frame, &home(&call.ctx, &call.requete).await?, &form))
}

async fn leave_form(call: Call, params: Params) -> Result<Response, PageError> {
    let form = fresh(&call).with("compte", params.get("compte").unwrap_or_default());
    Ok(call.frame.ok(&leave_again(call.clone(), form).await?))
}

async fn send_leave(call: Call, received: ReceivedForm) -> Result<Response, PageError> {
    let names: Vec<String> =
        CHAMPS.iter().map(|c| format!("successeur_{c}")).chain(DateInput::names("souhaite")).collect();
    let mut fields: Vec<&str> = names.iter().map(String::as_str).collect();
    fields.extend(["cle", "convention", "compte"]);
    let mut form = received.only(&fields, &[])?;
    let id = key(&form)?;
    let souhaite = form.date("souhaite", Some("Saisissez le jour souhaité du départ."));
    let compte =
        form.parsed("compte", |text| text.parse().map_err(|_| "Choisissez le gestionnaire concerné.".to_owned()));
    let (Some(souhaite_le), Some(compte)) = (souhaite, compte) else {
        let accueil = home(&call.ctx, &call.requete).await?;
        if accueil.conventions.len() > 1 && form.text("convention").is_empty() {
            form.state.refuse("convention", "Choisissez la caisse concernée.");
        }
        return Ok(unprocessable(&call.frame, &leave_page(&call.frame, &accueil, &form.state)));
    };
    let typed = form.state.pairs().any(|(name, value)| name.starts_with("successeur_") && !value.trim().is_empty());
    let successeur = typed.then(|| person(&form.state, "successeur_"));
    let saisie = Depart { id, convention: form.text("convention").to_owned(), compte, souhaite_le, successeur };
    act(&call, form.state, |ctx, requete| async move { leave(&ctx, &requete, &saisie).await }, sent, leave_again).await
}

async fn change_again(call: Call, form: FormState) -> Result<FeuillePage, PageError> {
    Ok(change_page(&call.frame, &home(&call.ctx, &call.requete).await?, &form))
}

async fn change_first(call: Call, params: Params) -> Result<Response, PageError> {
    let accueil = home(&call.ctx, &call.requete).await?;
    let form = change_form(&accueil, params.get("compte").unwrap_or_default(), &call.ctx.new_id().to_string());
    Ok(call.frame.ok(&change_page(&call.frame, &accueil, &form)))
}

async fn send_change(call: Call, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["cle", "convention", "compte", "nom", "fonction", "telephone", "courriel"], &[])?;
    let text = |name: &str| form.text(name).to_owned();
    let saisie = Changement {
        id: key(&form)?,
        convention: text("convention"),
        compte: form.text("compte").parse().map_err(|_| PageError::not_found())?,
        nom: text("nom"),
        fonction: text("fonction"),
        telephone: text("telephone"),
        courriel: text("courriel"),
    };
    act(&call, form.state, |ctx, requete| async move { change(&ctx, &requete, &saisie).await }, sent, change_again)
        .await
}

async fn paper_again(call: Call, form: FormState) -> Result<FeuillePage, PageError> {
    Ok(paper_page(&call.frame, &structures(&call.ctx, &call.requete).await?, &form))
}

async fn paper_form(call: Call) -> Result<Response, PageError> {
    let form = fresh(&call);
    Ok(call.frame.ok(&paper_again(call.clone(), form).await?))
}

async fn send_paper(call: Call, received: ReceivedForm) -> Result<Response, PageError> {
    let dates = DateInput::names("recue");
    let mut fields = CHAMPS.to_vec();
    fields.extend(dates.iter().map(String::as_str));
    fields.extend(["cle", "convention"]);
    let mut form = received.only(&fields, &[])?;
    let id = key(&form)?;
    let recue = form.date("recue", Some("Saisissez le jour de réception."));
    let convention = form.parsed("convention", |text| text.parse().map_err(|_| "Choisissez la structure.".to_owned()));
    let (Some(recue_le), Some(convention)) = (recue, convention) else {
        let page = paper_again(call.clone(), form.state).await?;
        return Ok(unprocessable(&call.frame, &page));
    };
    let papier = Papier { id, convention, recue_le, personne: person(&form.state, "") };
    act(&call, form.state, |ctx, requete| async move { enter(&ctx, &requete, &papier).await }, sent, paper_again).await
}
