//! Filing: the forms of the five kinds and their drafts; check page, sending and receipt in `envoi`, saving without a
//! click in `enregistrement`.

mod enregistrement;
mod envoi;
mod feuille;
mod fichiers;

use super::refuse;
use crate::error::{Kind, PageError};
use crate::extract::{Call, Form, Named, Params, ReceivedFiles, ReceivedForm};
use crate::pages::FormState;
use crate::pages::demandes::{NouvelleDemandePage, SituationPage};
use crate::pages::mots::{draft_path, form_path, situation_path};
use crate::pages::pieces::{CHAMP, RETIRER};
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::routes::{TECHNICIEN, see_other};
use crate::state::{WebState, spawned};
use app::AppError;
use app::demande::{self, Formulaire, Origine, Saisie, VERSION};
use app::piece_jointe;
use axum::response::Response;
use domain::demande::Sorte;
use domain::ids::BrouillonId;
use feuille::{Feuille, IDENTITE};
use fichiers::Envoi;
use http::StatusCode;

/// Said when a draft can no longer be written.
const ELSEWHERE: &str = "Ce brouillon a été envoyé ou modifié dans une autre fenêtre. Votre saisie est gardée \
                         ci-dessous : continuez pour en faire une nouvelle demande. Les fichiers sont à choisir de \
                         nouveau.";
/// Said when the demande that a draft took its person from is gone.
const GONE: &str = "La demande de cette personne n’est plus accessible : indiquez la personne.";

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    for sorte in Sorte::TOUTES {
        let show = move |call: Call, params: Params| show_form(sorte, call, params);
        let save =
            move |call: Call, received: ReceivedForm, files: ReceivedFiles| save_form(sorte, call, received, files);
        registry.add(Route::get(form_path(sorte), TECHNICIEN), show)?;
        let target = Route::post(form_path(sorte), TECHNICIEN);
        let takes_files = Feuille::Premiere(sorte).takes_files();
        registry.add(if takes_files { target.files(CHAMP) } else { target }, save)?;
    }
    let situation = "/brouillons/{id}/situation";
    registry.add(Route::get(situation, TECHNICIEN).objet(Objet::Brouillon), show_situation)?;
    registry.add(Route::post(situation, TECHNICIEN).objet(Objet::Brouillon).files(CHAMP), save_situation)?;
    enregistrement::declare(registry)?;
    envoi::declare(registry)
}

async fn show_form(sorte: Sorte, call: Call, params: Params) -> Result<Response, PageError> {
    let ((drafted, version), mut form) = match params.get("brouillon") {
        Some(text) => {
            let id: BrouillonId = text.parse().map_err(|_| PageError::not_found())?;
            let draft = demande::load_draft(&call.ctx, &call.requete, id).await?;
            if draft.sorte != sorte {
                return Ok(see_other(&draft_path(draft.sorte, id)));
            }
            ((Some(id), draft.version), held(&draft.saisie, id))
        }
        None => ((None, 0), FormState::new()),
    };
    let modele = match params.get("assure") {
        Some(reference) => {
            IDENTITE.iter().for_each(|champ| form.forget(champ));
            form.replace("assure", reference);
            model(&call, sorte, &form).await?
        }
        None => model_of_draft(&call, sorte, &mut form).await?,
    };
    if form.value("departement").is_empty() {
        form.replace("departement", modele.departement.as_deref().unwrap_or_default());
    }
    made_from(&mut form, version, &modele);
    let kept = match drafted {
        Some(id) => piece_jointe::list_of_draft(&call.ctx, &call.requete, id).await?,
        None => Vec::new(),
    };
    let page = NouvelleDemandePage::new(&call.frame, &modele, drafted.unwrap_or(modele.brouillon), &form);
    Ok(call.frame.ok(&page.with_pieces(&kept, call.ctx.antivirus_branche())))
}

/// Says in the form what it is made from; the id given for a new draft is the page's own.
fn made_from(form: &mut FormState, version: i64, modele: &Formulaire) {
    form.replace(VERSION, Origine { version, page: modele.brouillon }.to_string());
}

/// What the form asks, with the person it takes again.
async fn model(call: &Call, sorte: Sorte, form: &FormState) -> Result<Formulaire, AppError> {
    let assure = Some(form.value("assure")).filter(|reference| !reference.is_empty());
    demande::form(&call.ctx, &call.requete, sorte, assure).await
}

/// The same for what a draft holds: its person may have been deleted since, which does not close the draft.
async fn model_of_draft(call: &Call, sorte: Sorte, form: &mut FormState) -> Result<Formulaire, AppError> {
    match model(call, sorte, form).await {
        Err(AppError::Introuvable) if !form.value("assure").is_empty() => {
            form.forget("assure");
            form.refuse("assure", GONE);
            model(call, sorte, form).await
        }
        other => other,
    }
}

async fn show_situation(call: Call, Named(id): Named<BrouillonId>) -> Result<Response, PageError> {
    let draft = demande::load_draft(&call.ctx, &call.requete, id).await?;
    if draft.sorte != Sorte::Difficulte {
        return Ok(see_other(&draft_path(draft.sorte, id)));
    }
    let modele = demande::form(&call.ctx, &call.requete, draft.sorte, None).await?;
    let mut form = held(&draft.saisie, id);
    made_from(&mut form, draft.version, &modele);
    let kept = piece_jointe::list_of_draft(&call.ctx, &call.requete, id).await?;
    let page = SituationPage::new(&call.frame, &modele, id, &form);
    Ok(call.frame.ok(&page.with_pieces(&kept, call.ctx.antivirus_branche())))
}

/// What a draft holds, for its form.
fn held(saisie: &Saisie, id: BrouillonId) -> FormState {
    let pairs = saisie.0.iter().flat_map(|(name, values)| values.iter().map(|v| (name.clone(), v.clone())));
    FormState::of_values(pairs.collect()).with("brouillon", id.to_string())
}

/// What the form holds, for the draft.
fn saisie(form: &FormState) -> Saisie {
    let mut saisie = Saisie::default();
    for (name, value) in form.pairs().filter(|(name, _)| !["brouillon", RETIRER].contains(name)) {
        saisie.0.entry(name.to_owned()).or_default().push(value.to_owned());
    }
    saisie
}

async fn save_form(
    sorte: Sorte,
    call: Call,
    received: ReceivedForm,
    ReceivedFiles(files): ReceivedFiles,
) -> Result<Response, PageError> {
    let feuille = Feuille::Premiere(sorte);
    let mut form = opened(feuille, received)?;
    let envoi = Envoi::take(&mut form, files)?;
    let (id, kept) = first_page(sorte, &call, &form).await?;
    save(call, feuille, id, (kept, envoi)).await
}

/// What the first page of a kind sent, for its draft.
async fn first_page(sorte: Sorte, call: &Call, received: &Form) -> Result<(BrouillonId, Saisie), PageError> {
    let feuille = Feuille::Premiere(sorte);
    let id: BrouillonId = received.text("brouillon").parse().map_err(|_| PageError::new(Kind::Malformed))?;
    let mut kept = saisie(&received.state);
    if sorte == Sorte::Difficulte {
        match demande::load_draft(&call.ctx, &call.requete, id).await {
            Ok(draft) => kept = feuille.beside(draft.saisie, kept),
            Err(AppError::Introuvable) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Ok((id, kept))
}

async fn save_situation(
    call: Call,
    Named(id): Named<BrouillonId>,
    received: ReceivedForm,
    ReceivedFiles(files): ReceivedFiles,
) -> Result<Response, PageError> {
    let feuille = Feuille::Situation;
    let mut form = opened(feuille, received)?;
    let envoi = Envoi::take(&mut form, files)?;
    match second_page(&call, id, &form).await? {
        (Sorte::Difficulte, kept) => save(call, feuille, id, (kept, envoi)).await,
        (other, _) => Ok(see_other(&draft_path(other, id))),
    }
}

/// What the second page sent, for its draft, and the kind of that draft: only one has such a page.
async fn second_page(call: &Call, id: BrouillonId, received: &Form) -> Result<(Sorte, Saisie), PageError> {
    let draft = demande::load_draft(&call.ctx, &call.requete, id).await?;
    Ok((draft.sorte, Feuille::Situation.beside(draft.saisie, saisie(&received.state))))
}

/// The form of a page, with what it was made from.
fn opened(feuille: Feuille, received: ReceivedForm) -> Result<Form, PageError> {
    received.only(&[&feuille.fields()[..], &[VERSION]].concat(), &feuille.repeated())
}

/// Keeps the draft first, then its files, then reads it: nothing typed is lost, whatever is wrong with it.
async fn save(
    mut call: Call,
    feuille: Feuille,
    id: BrouillonId,
    (kept, envoi): (Saisie, Envoi),
) -> Result<Response, PageError> {
    let sorte = feuille.sorte();
    let mut form = held(&kept, id);
    feuille.refuse(&mut form, demande::refused(&kept));
    let (ctx, requete) = call.owned();
    let save = async move { demande::save_draft(&ctx, &requete, sorte, id, &kept).await };
    match spawned(save).await {
        Err(AppError::Conflit) => return another_draft(&call, sorte, form).await,
        saved => call.requete.vu = Some(saved?),
    }
    let refusees = envoi.keep(&call, id).await?;
    let erreurs = match demande::review(&call.ctx, &call.requete, id).await {
        Ok(_) => Vec::new(),
        Err(AppError::Saisie(erreurs)) => erreurs,
        Err(other) => return Err(other.into()),
    };
    let next = Feuille::at_fault(sorte, &erreurs);
    if !form.has_errors() && refusees.is_empty() {
        if erreurs.is_empty() {
            return Ok(see_other(&format!("/brouillons/{id}")));
        }
        if next == Feuille::Situation && feuille != next {
            return Ok(see_other(&situation_path(id)));
        }
    }
    let shown = if form.has_errors() || !refusees.is_empty() { feuille } else { next };
    shown.refuse(&mut form, erreurs);
    refuse(&mut form, refusees);
    refused_form(&call, shown, id, form).await
}

/// The form again (422), with its errors and without any NIR.
async fn refused_form(call: &Call, feuille: Feuille, id: BrouillonId, form: FormState) -> Result<Response, PageError> {
    let (status, frame, form) = (StatusCode::UNPROCESSABLE_ENTITY, &call.frame, form.masked());
    let modele = model(call, feuille.sorte(), &form).await?;
    let kept = piece_jointe::list_of_draft(&call.ctx, &call.requete, id).await?;
    let branche = call.ctx.antivirus_branche();
    Ok(match feuille {
        Feuille::Premiere(_) => {
            frame.respond(status, &NouvelleDemandePage::new(frame, &modele, id, &form).with_pieces(&kept, branche))
        }
        Feuille::Situation => {
            frame.respond(status, &SituationPage::new(frame, &modele, id, &form).with_pieces(&kept, branche))
        }
    })
}

/// The form with what was typed, as a draft of its own (409): the one it came from was sent or changed elsewhere.
async fn another_draft(call: &Call, sorte: Sorte, mut form: FormState) -> Result<Response, PageError> {
    form.forget("brouillon");
    form.refuse("", ELSEWHERE);
    let modele = model(call, sorte, &form).await?;
    made_from(&mut form, 0, &modele);
    let page = NouvelleDemandePage::new(&call.frame, &modele, modele.brouillon, &form.masked());
    Ok(call.frame.respond(StatusCode::CONFLICT, &page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_holds_what_the_form_holds_and_not_its_own_id() {
        let form =
            FormState::new().with("brouillon", "x").with("documents", "a").with("documents", "b").with("nom", "");
        let kept = saisie(&form);
        assert_eq!(kept.0["documents"], ["a", "b"]);
        assert!(!kept.0.contains_key("brouillon"));
    }
}
