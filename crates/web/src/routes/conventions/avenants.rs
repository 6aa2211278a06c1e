//! Recording an avenant: by values, or by the whole convention in a file.

use super::{REFERENT, again, done, mend};
use crate::error::PageError;
use crate::extract::{Call, Form, Named, ReceivedFiles, ReceivedForm};
use crate::frame::Frame;
use crate::pages::composants::DateInput;
use crate::pages::conventions::{avenant_page, signatories};
use crate::pages::{FeuillePage, FormState};
use crate::registry::{FORM_LIMIT, Objet, Registry, RegistryError, Route};
use crate::state::{WebState, spawned};
use app::convention::{Apport, AvenantError, FicheConvention, NouvelAvenant, Signature, Valeurs, amend, sheet};
use axum::response::Response;
use domain::convention::{Fonctionnalite, Membres, Qualite, Quota};
use http::StatusCode;

/// Field of the file.
const FICHIER: &str = crate::pages::pieces::CHAMP;
/// Greatest file, in bytes: a convention has some ten thousand.
const FICHIER_MAX: usize = 256 * 1024;

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    let page = Route::get("/conventions/{cle}/avenants", REFERENT).objet(Objet::Convention);
    registry.add(page, |c: Call, n: Named<String>| super::actes::show(c, n, empty))?;
    let act = Route::post("/conventions/{cle}/avenants", REFERENT).objet(Objet::Convention).files(FICHIER);
    registry.add(act.body_limit(FICHIER_MAX + 2 * FORM_LIMIT), record)
}

fn empty(frame: &Frame, f: &FicheConvention, form: &FormState) -> FeuillePage {
    avenant_page(frame, f, (form, &[]))
}

async fn record(
    call: Call,
    Named(cle): Named<String>,
    received: ReceivedForm,
    ReceivedFiles(mut fichiers): ReceivedFiles,
) -> Result<Response, PageError> {
    let fiche = sheet(&call.ctx, &call.requete, &cle, None).await?;
    let mut form = open(received, &fiche)?;
    let version = form.version()?;
    let signatures = signatures(&mut form, &fiche);
    let effet_le = form.date("effet_le", Some("Saisissez le jour où l’avenant prend effet."));
    let apport = match fichiers.pop() {
        Some(f) => file(&mut form, f.nom, f.octets),
        None => Some(Apport::Valeurs(Box::new(values(&mut form)))),
    };
    let (Some(effet_le), Some(apport), false) = (effet_le, apport, form.state.has_errors()) else {
        return mend(&call, &cle, form.state, |f, form| empty(&call.frame, f, form)).await;
    };
    let (papier, objet) = (form.text("papier").to_owned(), form.text("objet").to_owned());
    let ((ctx, requete), id) = (call.owned(), cle.clone());
    let work = async move {
        let nouvel = NouvelAvenant { papier: &papier, objet: &objet, signatures, effet_le, apport };
        Ok(amend(&ctx, &requete, (&id, version), &nouvel).await)
    };
    match spawned(work).await? {
        Ok(_) => Ok(done(&cle, "avenant")),
        Err(AvenantError::App(error)) => {
            again(&call, &cle, (error, form.state), |f, form| empty(&call.frame, f, form)).await
        }
        Err(AvenantError::Fichier(fautes)) => {
            let lines: Vec<String> = fautes.iter().map(ToString::to_string).collect();
            form.state.refuse(FICHIER, "Ce fichier ne peut pas être lu : corrigez les lignes indiquées.");
            let page = avenant_page(&call.frame, &fiche, (&form.state.masked(), &lines));
            Ok(call.frame.respond(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
    }
}

fn open(received: ReceivedForm, fiche: &FicheConvention) -> Result<Form, PageError> {
    let mut dates = vec!["effet_le".to_owned(), "membres_au".to_owned()];
    dates.extend(signatories(fiche).iter().map(|r| format!("signature_{}", r.code())));
    let dates: Vec<String> = dates.iter().flat_map(|d| DateInput::names(d)).collect();
    let numbers = ["gestionnaires", "techniciens", "membres", "delai_habilitation", "delai_depart"];
    let mut names = vec!["version", "papier", "objet"];
    names.extend(numbers);
    names.extend(dates.iter().map(String::as_str));
    received.only(&names, &["fonctions", "qualites"])
}

fn signatures(form: &mut Form, fiche: &FicheConvention) -> Vec<Signature> {
    let dated = |form: &mut Form, partie: domain::convention::Role| {
        form.date(&format!("signature_{}", partie.code()), None).map(|le| Signature { partie, le })
    };
    signatories(fiche).into_iter().filter_map(|partie| dated(form, partie)).collect()
}

fn file(form: &mut Form, nom: String, octets: Vec<u8>) -> Option<Apport> {
    if octets.len() > FICHIER_MAX {
        form.state.refuse(FICHIER, "Ce fichier est trop gros pour une convention.");
        return None;
    }
    let texte = String::from_utf8(octets).ok();
    if texte.is_none() {
        form.state.refuse(FICHIER, "Ce fichier n’est pas un texte en UTF-8.");
    }
    texte.map(|texte| Apport::Fichier(nom, texte))
}

/// A number; nothing when the field was left empty.
fn number(form: &mut Form, nom: &str) -> Option<u32> {
    let texte = form.text(nom).to_owned();
    let lu = texte.parse::<u32>().ok().filter(|n| *n <= 100_000);
    if !texte.is_empty() && lu.is_none() {
        form.state.refuse(nom, "Saisissez un nombre entier.");
    }
    lu
}

fn values(form: &mut Form) -> Valeurs {
    let (gestionnaires, techniciens) = (number(form, "gestionnaires"), number(form, "techniciens"));
    let quotas = match (gestionnaires, techniciens) {
        (Some(gestionnaires), Some(techniciens)) => Some(Quota { gestionnaires, techniciens }),
        (None, None) => None,
        (None, Some(_)) => refused(form, "gestionnaires", "Saisissez aussi le nombre de gestionnaires."),
        (Some(_), None) => refused(form, "techniciens", "Saisissez aussi le nombre de techniciens."),
    };
    let membres = number(form, "membres").and_then(|nombre| {
        let au = form.date("membres_au", Some("Saisissez la date à laquelle les membres sont comptés."))?;
        Some(Membres { nombre, au })
    });
    let fonctions: Vec<Fonctionnalite> =
        form.list("fonctions").into_iter().filter_map(Fonctionnalite::du_code).collect();
    let qualites = form.list("qualites");
    let portail: Vec<Qualite> = qualites.iter().copied().filter_map(Qualite::du_code).collect();
    let route = (!qualites.is_empty()).then_some(portail);
    Valeurs {
        quotas,
        membres,
        delai_habilitation: number(form, "delai_habilitation"),
        delai_depart: number(form, "delai_depart"),
        fonctions: (!fonctions.is_empty()).then_some(fonctions),
        qualites: route,
    }
}

fn refused<T>(form: &mut Form, champ: &str, message: &str) -> Option<T> {
    form.state.refuse(champ, message);
    None
}
