//! Loss, theft, fraud: one click for either side and for the person himself; exclusion by the caisse (HA-11).

use super::gestion::{after, offered};
use super::{LECTEURS, REFERENT};
use crate::error::PageError;
use crate::extract::{Call, Form, Named, ReceivedForm};
use crate::pages::FormState;
use crate::pages::comptes::{exclusion, signalement, signalement_du_mien};
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::routes::acte::{act, act_renforced};
use crate::routes::compte::TOUS;
use crate::routes::download;
use crate::state::WebState;
use app::compte::{self, Decision, Incident};
use app::{AppError, ErreurChamp, Outcome};
use axum::response::Response;
use domain::ids::CompteId;
use http::HeaderMap;

const OWN_PATH: &str = "/mon-compte/signalement";

pub(super) fn declare(r: &mut Registry<WebState>) -> Result<(), RegistryError> {
    r.add(Route::get("/comptes/{id}/signaler", LECTEURS).objet(Objet::Compte), show_signal)?;
    r.add(Route::post("/comptes/{id}/signaler", LECTEURS).objet(Objet::Compte), signal)?;
    r.add(Route::get("/comptes/{id}/exclure", REFERENT).objet(Objet::Compte), show_exclusion)?;
    r.add(Route::post("/comptes/{id}/exclure", REFERENT).objet(Objet::Compte), exclude)?;
    r.add(Route::get(OWN_PATH, TOUS), show_own)?;
    r.add(Route::post(OWN_PATH, TOUS), signal_own)?;
    r.add(Route::get("/mon-compte/acceptations.csv", TOUS), acceptances)
}

/// What happened, as chosen on the page.
fn incident(form: &Form) -> Outcome<Incident> {
    let missing = || AppError::Saisie(vec![ErreurChamp::new("incident", "Choisissez ce qui s’est passé.")]);
    Incident::from_code(form.text("incident")).ok_or_else(missing)
}

async fn show_signal(call: Call, Named(id): Named<CompteId>) -> Result<Response, PageError> {
    let vu = compte::show_compte(&call.ctx, &call.requete, id).await?;
    offered(vu.actes.signaler)?;
    Ok(call.frame.ok(&signalement(&call.frame, &vu, &FormState::new())))
}

async fn signal(
    call: Call,
    headers: HeaderMap,
    Named(id): Named<CompteId>,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let form = received.only(&["incident", "code"], &[])?;
    let incident = incident(&form);
    let vu = compte::show_compte(&call.ctx, &call.requete, id).await?;
    let work = move |ctx, requete| async move { compte::signal(&ctx, &requete, id, incident?).await };
    let mien = vu.mien;
    let done = move |_| if mien { "/connexion".to_owned() } else { after(id, "signale") };
    let again = |call: Call, form| async move { Ok(signalement(&call.frame, &vu, &form)) };
    act_renforced((&call, &headers), form.state, work, done, again).await
}

async fn show_exclusion(call: Call, Named(id): Named<CompteId>) -> Result<Response, PageError> {
    let vu = compte::show_compte(&call.ctx, &call.requete, id).await?;
    offered(vu.actes.exclure)?;
    Ok(call.frame.ok(&exclusion(&call.frame, &vu, &FormState::new())))
}

async fn exclude(
    call: Call,
    headers: HeaderMap,
    Named(id): Named<CompteId>,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let mut form = received.only(&["decision_jour", "decision_mois", "decision_annee", "motif", "code"], &[])?;
    let le = form.date("decision", None);
    let decision = Decision { le, motif: form.text("motif").to_owned() };
    let vu = compte::show_compte(&call.ctx, &call.requete, id).await?;
    let work = move |ctx, requete| async move { compte::exclude(&ctx, &requete, id, &decision).await };
    let again = |call: Call, form| async move { Ok(exclusion(&call.frame, &vu, &form)) };
    act_renforced((&call, &headers), form.state, work, |_| after(id, "exclu"), again).await
}

async fn show_own(call: Call) -> Result<Response, PageError> {
    Ok(call.frame.ok(&signalement_du_mien(&call.frame, &FormState::new())))
}

async fn signal_own(call: Call, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["incident"], &[])?;
    let incident = incident(&form);
    let work = move |ctx, requete| async move { compte::signal_own(&ctx, &requete, incident?).await };
    let again = |call: Call, form| async move { Ok(signalement_du_mien(&call.frame, &form)) };
    act(&call, form.state, work, |_| "/connexion".to_owned(), again).await
}

async fn acceptances(call: Call) -> Result<Response, PageError> {
    let csv = compte::export_acceptances(&call.ctx, &call.requete).await?;
    Ok(download("acceptations.csv", "text/csv; charset=utf-8", csv.into_bytes()))
}
