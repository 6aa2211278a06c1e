//! The list, one compte, and the acts that open and close it (HA-2, HA-5, HA-6, HA-9).

use super::{GESTIONNAIRE, LECTEURS};
use crate::error::{Kind, PageError};
use crate::extract::{Call, Named, Params, ReceivedForm};
use crate::pages::FormState;
use crate::pages::comptes::{
    ComptePage, ComptesPage, PreuvePage, StructuresPage, compte_path, creation, fermeture, invitation, reouverture,
};
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::routes::acte::act_renforced;
use crate::routes::download;
use crate::state::{WebState, spawned};
use app::compte::{self, Creation, Identite, Motif};
use axum::response::Response;
use domain::compte::Profil;
use domain::compte::attestations::Attestation;
use domain::ids::CompteId;
use http::HeaderMap;

const CREATE_PATH: &str = "/comptes/nouveau";

pub(super) fn declare(r: &mut Registry<WebState>) -> Result<(), RegistryError> {
    r.add(Route::get("/comptes", LECTEURS), list)?;
    r.add(Route::get(CREATE_PATH, GESTIONNAIRE), show_creation)?;
    r.add(Route::post(CREATE_PATH, GESTIONNAIRE), create)?;
    r.add(Route::get("/comptes/{id}", LECTEURS).objet(Objet::Compte), show)?;
    r.add(Route::get("/comptes/{id}/preuves", LECTEURS).objet(Objet::Compte), proofs)?;
    r.add(Route::get("/comptes/{id}/preuves.pdf", LECTEURS).objet(Objet::Compte), proofs_pdf)?;
    r.add(Route::get("/comptes/{id}/fermer", GESTIONNAIRE).objet(Objet::Compte), show_close)?;
    r.add(Route::post("/comptes/{id}/fermer", GESTIONNAIRE).objet(Objet::Compte), close)?;
    r.add(Route::get("/comptes/{id}/rouvrir", LECTEURS).objet(Objet::Compte), show_reopen)?;
    r.add(Route::post("/comptes/{id}/rouvrir", LECTEURS).objet(Objet::Compte), reopen)?;
    r.add(Route::get("/comptes/{id}/invitation", LECTEURS).objet(Objet::Compte), show_resend)?;
    r.add(Route::post("/comptes/{id}/invitation", LECTEURS).objet(Objet::Compte), resend)
}

async fn list(call: Call, params: Params) -> Result<Response, PageError> {
    let apres = params.get("apres");
    if call.frame.signed().is_some_and(|s| s.profil == Profil::Referent) {
        let (structures, suite) = compte::list_structures(&call.ctx, &call.requete, apres).await?;
        return Ok(call.frame.ok(&StructuresPage::new(&call.frame, &structures, suite.as_deref())));
    }
    let apres = apres.map(cursor).transpose()?;
    let comptes = compte::list_comptes(&call.ctx, &call.requete, apres).await?;
    let unread = app::partenaire::unread(&call.ctx, &call.requete).await?;
    let page = ComptesPage::new(&call.frame, &comptes, params.get("fait"));
    Ok(call.frame.ok(&page.with_news(crate::pages::partenaires::news_block(&call.frame, &unread))))
}

/// Where a list of comptes goes on: an id, never an identifiant, which names a person.
pub(super) fn cursor(apres: &str) -> Result<CompteId, PageError> {
    apres.parse().map_err(|_| PageError::new(Kind::NotFound))
}

async fn show_creation(call: Call) -> Result<Response, PageError> {
    Ok(call.frame.ok(&creation(&call.frame, &FormState::new())))
}

async fn create(call: Call, headers: HeaderMap, received: ReceivedForm) -> Result<Response, PageError> {
    let boxes = Attestation::TOUTES.map(Attestation::code);
    let fields = ["prenom", "nom", "fonction", "courriel", "annoncer", "code"];
    let form = received.only(&[fields.as_slice(), boxes.as_slice()].concat(), &[])?;
    let text = |name: &str| form.text(name).to_owned();
    let wanted = Creation {
        identite: Identite {
            nom: text("nom"),
            prenom: text("prenom"),
            courriel: text("courriel"),
            telephone: None,
            fonction: Some(text("fonction")).filter(|f| !f.is_empty()),
        },
        attestations: Attestation::TOUTES.into_iter().filter(|a| form.ticked(a.code(), "oui")).collect(),
        annoncer: form.ticked("annoncer", "oui"),
    };
    let work = move |ctx, requete| async move { compte::create_technicien(&ctx, &requete, &wanted).await };
    let again = |call: Call, form| async move { Ok(creation(&call.frame, &form)) };
    act_renforced((&call, &headers), form.state, work, |_| "/comptes?fait=cree".to_owned(), again).await
}

async fn show(call: Call, Named(id): Named<CompteId>, params: Params) -> Result<Response, PageError> {
    let vu = compte::show_compte(&call.ctx, &call.requete, id).await?;
    Ok(call.frame.ok(&ComptePage::new(&call.frame, &vu, params.get("fait"))))
}

async fn proofs(call: Call, Named(id): Named<CompteId>) -> Result<Response, PageError> {
    let imprime = compte::print_proofs(&call.ctx, &call.requete, id).await?;
    Ok(call.frame.ok(&PreuvePage::new(&call.frame, id, &imprime)))
}

async fn proofs_pdf(call: Call, Named(id): Named<CompteId>) -> Result<Response, PageError> {
    let (ctx, requete) = call.owned();
    let pdf = spawned(async move { compte::print_proofs_pdf(&ctx, &requete, id).await }).await?;
    Ok(download("preuves.pdf", "application/pdf", pdf))
}

/// Where an act done on a compte leads.
pub(super) fn after(id: CompteId, fait: &str) -> String {
    format!("{}?fait={fait}", compte_path(id, ""))
}

/// Refuses the page of an act that is not open to the reader.
pub(super) fn offered(offered: bool) -> Result<(), PageError> {
    if offered { Ok(()) } else { Err(PageError::new(Kind::Forbidden)) }
}

async fn show_close(call: Call, Named(id): Named<CompteId>) -> Result<Response, PageError> {
    let vu = compte::show_compte(&call.ctx, &call.requete, id).await?;
    offered(vu.actes.inactiver)?;
    Ok(call.frame.ok(&fermeture(&call.frame, &vu, &FormState::new())))
}

async fn close(
    call: Call,
    headers: HeaderMap,
    Named(id): Named<CompteId>,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let form = received.only(&["motif", "code"], &[])?;
    let motif = Motif::from_code(form.text("motif"));
    let vu = compte::show_compte(&call.ctx, &call.requete, id).await?;
    let work = move |ctx, requete| async move { compte::close(&ctx, &requete, id, motif).await };
    let again = |call: Call, form| async move { Ok(fermeture(&call.frame, &vu, &form)) };
    act_renforced((&call, &headers), form.state, work, |()| after(id, "ferme"), again).await
}

async fn show_reopen(call: Call, Named(id): Named<CompteId>) -> Result<Response, PageError> {
    let vu = compte::show_compte(&call.ctx, &call.requete, id).await?;
    offered(vu.actes.reactiver)?;
    Ok(call.frame.ok(&reouverture(&call.frame, &vu, &FormState::new())))
}

async fn reopen(
    call: Call,
    headers: HeaderMap,
    Named(id): Named<CompteId>,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let form = received.only(&["motif", "code"], &[])?;
    let motif = form.text("motif").to_owned();
    let vu = compte::show_compte(&call.ctx, &call.requete, id).await?;
    let work = move |ctx, requete| async move { compte::reopen(&ctx, &requete, id, &motif).await };
    let again = |call: Call, form| async move { Ok(reouverture(&call.frame, &vu, &form)) };
    act_renforced((&call, &headers), form.state, work, |()| after(id, "rouvert"), again).await
}

async fn show_resend(call: Call, Named(id): Named<CompteId>) -> Result<Response, PageError> {
    let vu = compte::show_compte(&call.ctx, &call.requete, id).await?;
    offered(vu.actes.relancer)?;
    Ok(call.frame.ok(&invitation(&call.frame, &vu, &FormState::new())))
}

async fn resend(
    call: Call,
    headers: HeaderMap,
    Named(id): Named<CompteId>,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let form = received.only(&["code"], &[])?;
    let vu = compte::show_compte(&call.ctx, &call.requete, id).await?;
    let work = move |ctx, requete| async move { compte::resend_invitation(&ctx, &requete, id).await };
    let again = |call: Call, form| async move { Ok(invitation(&call.frame, &vu, &form)) };
    act_renforced((&call, &headers), form.state, work, |()| after(id, "invite"), again).await
}
