//! Reviews of comptes (HA-12).

use super::acte::{act, act_renforced, unprocessable};
use super::habilitations::REFERENT;
use super::{download, see_other};
use crate::error::{Kind, PageError};
use crate::extract::{Call, Named, Params, ReceivedForm};
use crate::pages::composants::DateInput;
use crate::pages::revues::{Autour, PATH, all_kept, decision_field, list_page, page};
use crate::pages::{FeuillePage, FormState};
use crate::registry::{Access, Objet, Registry, RegistryError, Route};
use crate::state::{WebState, spawned};
use app::AppError;
use app::revue::{Reponse, Vue, answer, begin, csv, demand, imprime, list, rhythm, set_rhythm, show};
use axum::response::Response;
use domain::compte::Profil;
use domain::compte::attestations::Attestation;
use domain::habilitation::Decision;
use domain::ids::{CompteId, RevueId};
use http::HeaderMap;
use std::collections::HashMap;

const LECTEURS: Access = Access::Connecte(&[Profil::Gestionnaire, Profil::Referent, Profil::AdministrateurLocal]);
const REPONDENT: Access = Access::Connecte(&[Profil::Gestionnaire, Profil::AdministrateurLocal]);
const REGLENT: Access = Access::Connecte(&[Profil::Referent, Profil::AdministrateurLocal]);

pub(super) fn declare(r: &mut Registry<WebState>) -> Result<(), RegistryError> {
    r.add(Route::get(PATH, LECTEURS), index)?;
    r.add(Route::post(PATH, REFERENT), ask)?;
    r.add(Route::post("/revues/commencer", REPONDENT), start)?;
    r.add(Route::post("/revues/rythme", REGLENT), set)?;
    r.add(Route::get("/revues/{id}", LECTEURS).objet(Objet::Revue), one)?;
    r.add(Route::post("/revues/{id}", REPONDENT).objet(Objet::Revue), submit)?;
    r.add(Route::get("/revues/{id}/attestation.pdf", LECTEURS).objet(Objet::Revue), pdf)?;
    r.add(Route::get("/revues/{id}/tableau.csv", LECTEURS).objet(Objet::Revue), table)
}

async fn listed(
    call: Call,
    (vue, apres, fait): (Vue, Option<RevueId>, Option<String>),
    form: FormState,
) -> Result<FeuillePage, PageError> {
    let liste = list(&call.ctx, &call.requete, vue, apres).await?;
    let profil = call.frame.signed().map(|s| s.profil).ok_or_else(|| PageError::new(Kind::SessionEnded))?;
    let rythmes = if profil == Profil::Gestionnaire { Vec::new() } else { rhythm(&call.ctx, &call.requete).await? };
    let autour = Autour { rythmes: &rythmes, profil, form: &form };
    Ok(list_page(&call.frame, &liste, vue, &autour, fait.as_deref()))
}

async fn index(call: Call, params: Params) -> Result<Response, PageError> {
    let vue = if params.get("vue") == Some("attestees") { Vue::Attestees } else { Vue::Ouvertes };
    let apres = params.get("apres").and_then(|id| id.parse().ok());
    let fait = params.get("fait").map(str::to_owned);
    let page = listed(call.clone(), (vue, apres, fait), FormState::new()).await?;
    Ok(call.frame.ok(&page))
}

async fn again(call: Call, form: FormState) -> Result<FeuillePage, PageError> {
    listed(call, (Vue::Ouvertes, None, None), form).await
}

async fn ask(call: Call, received: ReceivedForm) -> Result<Response, PageError> {
    let dates = DateInput::names("echeance");
    let mut fields: Vec<&str> = dates.iter().map(String::as_str).collect();
    fields.push("convention");
    let mut form = received.only(&fields, &[])?;
    let echeance = form.date("echeance", Some("Saisissez l’échéance."));
    let convention = form.parsed("convention", |text| text.parse().map_err(|_| "Choisissez la structure.".to_owned()));
    let (Some(echeance), Some(convention)) = (echeance, convention) else {
        let page = again(call.clone(), form.state).await?;
        return Ok(unprocessable(&call.frame, &page));
    };
    act(
        &call,
        form.state,
        |ctx, requete| async move { demand(&ctx, &requete, convention, echeance).await },
        |_| format!("{PATH}?fait=demandee"),
        again,
    )
    .await
}

async fn start(call: Call, received: ReceivedForm) -> Result<Response, PageError> {
    received.only(&[], &[])?;
    let (ctx, requete) = call.owned();
    let id = spawned(async move { begin(&ctx, &requete).await }).await?;
    Ok(see_other(&format!("{PATH}/{id}")))
}

async fn set(call: Call, received: ReceivedForm) -> Result<Response, PageError> {
    let mut form = received.only(&["structure", "mois"], &[])?;
    let desk = call.frame.signed().is_some_and(|s| s.profil == Profil::AdministrateurLocal);
    let convention = if desk {
        None
    } else {
        let chosen = form.parsed("structure", |text| text.parse().map_err(|_| "Choisissez la structure.".to_owned()));
        if chosen.is_none() {
            let page = again(call.clone(), form.state).await?;
            return Ok(unprocessable(&call.frame, &page));
        }
        chosen
    };
    let mois = form.text("mois").to_owned();
    act(
        &call,
        form.state,
        |ctx, requete| async move { set_rhythm(&ctx, &requete, convention, &mois).await },
        |()| format!("{PATH}?fait=rythme"),
        again,
    )
    .await
}

async fn shown(call: Call, id: RevueId, form: FormState) -> Result<FeuillePage, PageError> {
    let fiche = show(&call.ctx, &call.requete, id).await?;
    Ok(page(&call.frame, &fiche, &form, None))
}

async fn one(call: Call, Named(id): Named<RevueId>, params: Params) -> Result<Response, PageError> {
    let fiche = show(&call.ctx, &call.requete, id).await?;
    Ok(call.frame.ok(&page(&call.frame, &fiche, &FormState::new(), params.get("fait"))))
}

/// Said when comptes of the table were closed while the page was open.
const PARTIS: &str =
    "Un compte de cette revue a été fermé entre-temps : il n’est plus à revoir. Vérifiez, puis attestez.";

/// Whether a field decides on a compte that the review does not hold any more.
fn is_gone(fiche: &app::revue::Fiche, name: &str) -> bool {
    let compte: Option<CompteId> = name.strip_prefix("decision_").and_then(|id| id.parse().ok());
    compte.is_some_and(|id| fiche.lignes.iter().all(|l| l.compte != id))
}

async fn submit(
    call: Call,
    Named(id): Named<RevueId>,
    headers: HeaderMap,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let fiche = show(&call.ctx, &call.requete, id).await?;
    let gone: Vec<String> = received.names().filter(|name| is_gone(&fiche, name)).map(str::to_owned).collect();
    let mut names: Vec<String> = fiche.lignes.iter().map(|l| decision_field(l.compte)).collect();
    names.extend(gone.iter().cloned());
    let mut fields: Vec<&str> = names.iter().map(String::as_str).collect();
    fields.extend(["version", "code", "tout"]);
    let mut form = received.only(&fields, &["attestations"])?;
    gone.iter().for_each(|name| form.state.forget(name));
    if !gone.is_empty() && fiche.repond {
        form.state.forget("code");
        form.state.refuse("tout", PARTIS);
        return Ok(unprocessable(&call.frame, &page(&call.frame, &fiche, &form.state, None)));
    }
    if !form.text("tout").is_empty() {
        return Ok(call.frame.ok(&page(&call.frame, &fiche, &all_kept(&fiche, &form.state), None)));
    }
    let decision =
        |l: &app::revue::LigneDeRevue| Some((l.compte, Decision::from_code(form.text(&decision_field(l.compte)))?));
    let decisions: HashMap<_, _> = fiche.lignes.iter().filter_map(decision).collect();
    let attestations = form.list("attestations").into_iter().filter_map(Attestation::from_code).collect();
    let reponse = Reponse { version: form.version()?, decisions, attestations };
    act_renforced(
        (&call, &headers),
        form.state,
        |ctx, requete| async move { answer(&ctx, &requete, id, &reponse).await },
        |()| format!("{PATH}/{id}?fait=attestee"),
        |call, form| shown(call, id, form),
    )
    .await
}

async fn pdf(call: Call, Named(id): Named<RevueId>) -> Result<Response, PageError> {
    let fiche = show(&call.ctx, &call.requete, id).await?;
    let document = imprime(&fiche).ok_or_else(PageError::not_found)?;
    let bytes = call.ctx.imprimeur.print(document).await.map_err(|e| AppError::Interne(e.to_string()))?;
    Ok(download("revue-habilitation.pdf", "application/pdf", bytes))
}

async fn table(call: Call, Named(id): Named<RevueId>) -> Result<Response, PageError> {
    let fiche = show(&call.ctx, &call.requete, id).await?;
    let fichier = csv(&fiche).ok_or_else(PageError::not_found)?;
    Ok(download("revue-habilitation.csv", "text/csv; charset=utf-8", fichier.into_bytes()))
}
