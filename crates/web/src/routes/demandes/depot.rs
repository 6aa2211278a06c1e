//! Filing: form, draft, check page, sending, receipt.

use super::refuse;
use crate::error::{Kind, PageError};
use crate::extract::{Call, Named, Params, ReceivedForm};
use crate::pages::FormState;
use crate::pages::demandes::{AccusePage, NouvelleDemandePage, VerificationPage};
use crate::pages::mots::FORM_PATH;
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::routes::{TECHNICIEN, see_other};
use crate::state::{WebState, spawned};
use app::AppError;
use app::demande::{self, Brouillon, Saisie};
use axum::response::Response;
use domain::demande::Sorte;
use domain::demande::reference::Reference;
use domain::ids::BrouillonId;
use http::StatusCode;

/// Fields that come once.
const FIELDS: [&str; 19] = [
    "brouillon",
    "civilite",
    "nom",
    "prenom",
    "naissance_jour",
    "naissance_mois",
    "naissance_annee",
    "departement",
    "caisse",
    "autre_document",
    "qualite",
    "information",
    "informee_jour",
    "informee_mois",
    "informee_annee",
    "accord",
    "urgent",
    "motif_urgence",
    "precisions",
];
/// Said when a draft can no longer be written.
const ELSEWHERE: &str = "Ce brouillon a été envoyé ou modifié dans une autre fenêtre. Votre saisie est gardée \
                         ci-dessous : continuez pour en faire une nouvelle demande.";
/// Fields that may come several times.
const LISTS: [&str; 1] = ["documents"];

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    let draft = |route: Route| route.objet(Objet::Brouillon);
    registry.add(Route::get(FORM_PATH, TECHNICIEN), show_form)?;
    registry.add(Route::post(FORM_PATH, TECHNICIEN), save)?;
    registry.add(draft(Route::get("/brouillons/{id}", TECHNICIEN)), check)?;
    registry.add(draft(Route::post("/brouillons/{id}/envoyer", TECHNICIEN)), send)?;
    registry.add(draft(Route::post("/brouillons/{id}/supprimer", TECHNICIEN)), discard)?;
    let receipt_route = Route::get("/demandes/{reference}/accuse", TECHNICIEN).objet(Objet::Demande);
    registry.add(receipt_route, receipt)
}

async fn show_form(call: Call, params: Params) -> Result<Response, PageError> {
    let modele = demande::form(&call.ctx, &call.requete, Sorte::Document, None).await?;
    let (id, form) = match params.get("brouillon") {
        Some(text) => {
            let id = text.parse().map_err(|_| PageError::not_found())?;
            (id, typed(&demande::load_draft(&call.ctx, &call.requete, id).await?))
        }
        None => (modele.brouillon, preset(modele.departement.as_deref())),
    };
    Ok(call.frame.ok(&NouvelleDemandePage::new(&call.frame, &modele, id, &form)))
}

fn preset(departement: Option<&str>) -> FormState {
    FormState::new().with("departement", departement.unwrap_or_default())
}

/// What a draft holds, for the form.
fn typed(brouillon: &Brouillon) -> FormState {
    let pairs = brouillon.saisie.0.iter().flat_map(|(name, values)| values.iter().map(|v| (name.clone(), v.clone())));
    FormState::of_values(pairs.collect())
}

/// What the form holds, for the draft.
fn saisie(form: &FormState) -> Saisie {
    let mut saisie = Saisie::default();
    for (name, value) in form.pairs().filter(|(name, _)| *name != "brouillon") {
        saisie.0.entry(name.to_owned()).or_default().push(value.to_owned());
    }
    saisie
}

/// Keeps the draft first, then reads it: nothing typed is lost, whatever is wrong with it.
async fn save(call: Call, received: ReceivedForm) -> Result<Response, PageError> {
    let received = received.only(&FIELDS, &LISTS)?;
    let id: BrouillonId = received.text("brouillon").parse().map_err(|_| PageError::new(Kind::Malformed))?;
    let mut form = received.state;
    let kept = saisie(&form);
    refuse(&mut form, demande::refused(&kept));
    let (ctx, requete) = call.owned();
    let save = async move { demande::save_draft(&ctx, &requete, Sorte::Document, id, &kept).await };
    match spawned(save).await {
        Err(AppError::Conflit) => return another_draft(&call, form).await,
        saved => saved?,
    }
    match demande::review(&call.ctx, &call.requete, id).await {
        Ok(_) if !form.has_errors() => return Ok(see_other(&format!("/brouillons/{id}"))),
        Ok(_) => {}
        Err(AppError::Saisie(erreurs)) => refuse(&mut form, erreurs),
        Err(other) => return Err(other.into()),
    }
    refused_form(&call, id, form).await
}

/// The form again (422), with its errors and without any NIR.
async fn refused_form(call: &Call, id: BrouillonId, form: FormState) -> Result<Response, PageError> {
    let modele = demande::form(&call.ctx, &call.requete, Sorte::Document, None).await?;
    let page = NouvelleDemandePage::new(&call.frame, &modele, id, &form.masked());
    Ok(call.frame.respond(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// The form with what was typed, as a draft of its own (409): the one it came from was sent or changed elsewhere.
async fn another_draft(call: &Call, mut form: FormState) -> Result<Response, PageError> {
    form.refuse("", ELSEWHERE);
    let modele = demande::form(&call.ctx, &call.requete, Sorte::Document, None).await?;
    let page = NouvelleDemandePage::new(&call.frame, &modele, modele.brouillon, &form.masked());
    Ok(call.frame.respond(StatusCode::CONFLICT, &page))
}

async fn check(call: Call, Named(id): Named<BrouillonId>) -> Result<Response, PageError> {
    match demande::review(&call.ctx, &call.requete, id).await {
        Ok(recap) => Ok(call.frame.ok(&VerificationPage::new(&call.frame, &recap))),
        // A draft that is not complete yet goes on in its form.
        Err(AppError::Saisie(_)) => Ok(see_other(&format!("{FORM_PATH}?brouillon={id}"))),
        Err(other) => Err(other.into()),
    }
}

async fn send(call: Call, Named(id): Named<BrouillonId>, form: ReceivedForm) -> Result<Response, PageError> {
    form.only(&[], &[])?;
    let (ctx, requete) = call.owned();
    match spawned(async move { demande::submit(&ctx, &requete, id).await }).await {
        Ok(reference) => Ok(see_other(&format!("/demandes/{reference}/accuse"))),
        Err(AppError::Saisie(erreurs)) => {
            let mut form = typed(&demande::load_draft(&call.ctx, &call.requete, id).await?);
            refuse(&mut form, erreurs);
            refused_form(&call, id, form).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn discard(call: Call, Named(id): Named<BrouillonId>, form: ReceivedForm) -> Result<Response, PageError> {
    form.only(&[], &[])?;
    let (ctx, requete) = call.owned();
    spawned(async move { demande::discard(&ctx, &requete, id).await }).await?;
    Ok(see_other("/?fait=brouillon"))
}

async fn receipt(call: Call, Named(reference): Named<Reference>) -> Result<Response, PageError> {
    let recu = demande::receipt(&call.ctx, &call.requete, &reference.to_string()).await?;
    Ok(call.frame.ok(&AccusePage::new(&call.frame, &recu)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::ErreurChamp;

    #[test]
    fn a_draft_holds_what_the_form_holds_and_not_its_own_id() {
        let form =
            FormState::new().with("brouillon", "x").with("documents", "a").with("documents", "b").with("nom", "");
        let kept = saisie(&form);
        assert_eq!(kept.0["documents"], ["a", "b"]);
        assert!(!kept.0.contains_key("brouillon"));
    }

    #[test]
    fn an_error_of_a_date_stands_at_the_date() {
        let mut form = FormState::new();
        refuse(&mut form, vec![ErreurChamp::new("naissance_jour", "Cette date n’existe pas.")]);
        assert_eq!(form.error("naissance"), Some("Cette date n’existe pas."));
    }
}
