//! What both sides of a convention share: document, files, thread; and the news of a caisse.

use super::{Cle, DEUX_COTES, LECTEURS, PARTENAIRES, REFERENT, saisie};
use crate::error::{Kind, PageError};
use crate::extract::{Call, Named, NamedIn, Params, ReceivedFiles, ReceivedForm};
use crate::pages::FormState;
use crate::pages::partenaires::{ACTUALITES, actualites, document, echanges, pieces};
use crate::pages::pieces::CHAMP;
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::routes::acte::{refused, unprocessable};
use crate::routes::{download, pieces::served, see_other};
use crate::state::{WebState, spawned};
use app::partenaire::{self, ActualiteSaisie};
use axum::response::Response;
use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;
use domain::ids::{ActualiteId, EchangeId, PieceJointeId};
use uuid::Uuid;

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    let one = |route: Route| route.objet(Objet::Convention);
    registry.add(one(Route::get("/conventions/{cle}/document", DEUX_COTES)), show_document)?;
    registry.add(one(Route::get("/conventions/{cle}/document.pdf", DEUX_COTES)), pdf)?;
    registry.add(one(Route::get("/conventions/{cle}/pieces", DEUX_COTES)), files)?;
    registry.add(one(Route::post("/conventions/{cle}/pieces", REFERENT)).files(CHAMP), attach)?;
    let file = Route::get("/conventions/{cle}/pieces/{piece}", DEUX_COTES).objet(Objet::PieceConvention);
    registry.add(file, open_file)?;
    registry.add(one(Route::get("/conventions/{cle}/echanges", DEUX_COTES)), thread)?;
    registry.add(one(Route::post("/conventions/{cle}/echanges", DEUX_COTES)), write)?;
    registry.add(Route::get(ACTUALITES, LECTEURS), news)?;
    registry.add(Route::post(ACTUALITES, REFERENT), publish)?;
    registry.add(Route::post("/actualites/{id}/lue", PARTENAIRES).objet(Objet::Actualite), read)?;
    registry.add(Route::post("/actualites/{id}/retirer", REFERENT).objet(Objet::Actualite), withdraw)
}

async fn show_document(call: Call, Named(cle): Named<Cle>) -> Result<Response, PageError> {
    let imprime = partenaire::document(&call.ctx, &call.requete, &cle.0).await?;
    Ok(call.frame.ok(&document(&call.frame, &cle.0, &imprime)))
}

async fn pdf(call: Call, Named(cle): Named<Cle>) -> Result<Response, PageError> {
    let bytes = partenaire::document_pdf(&call.ctx, &call.requete, &cle.0).await?;
    Ok(download(&format!("conventions-{cle}.pdf"), "application/pdf", bytes))
}

async fn files(call: Call, Named(cle): Named<Cle>, params: Params) -> Result<Response, PageError> {
    let depose = partenaire::files(&call.ctx, &call.requete, &cle.0).await?;
    let fait = (params.get("fait") == Some("jointe"))
        .then_some("La pièce est jointe : elle s’ouvre dès que l’analyse est faite.");
    let shown = (fait, call.ctx.antivirus_branche());
    Ok(call.frame.ok(&pieces(&call.frame, &depose, shown, &FormState::new())))
}

async fn attach(
    call: Call,
    Named(cle): Named<Cle>,
    received: ReceivedForm,
    ReceivedFiles(recus): ReceivedFiles,
) -> Result<Response, PageError> {
    let form = received.only(&["sorte"], &[CHAMP])?;
    let ((ctx, requete), on, sorte) = (call.owned(), cle.0.clone(), form.text("sorte").to_owned());
    let work = async move { partenaire::attach(&ctx, &requete, &on, (&sorte, recus)).await };
    match spawned(work).await {
        Ok(()) => Ok(see_other(&format!("/conventions/{cle}/pieces?fait=jointe"))),
        Err(error) => {
            let form = refused(form.state, saisie(error)?);
            let depose = partenaire::files(&call.ctx, &call.requete, &cle.0).await?;
            let shown = (None, call.ctx.antivirus_branche());
            Ok(unprocessable(&call.frame, &pieces(&call.frame, &depose, shown, &form)))
        }
    }
}

async fn open_file(call: Call, NamedIn(cle, piece): NamedIn<Cle, PieceJointeId>) -> Result<Response, PageError> {
    Ok(served(partenaire::download(&call.ctx, &call.requete, &cle.0, piece).await?))
}

/// Where older lines begin, as an opaque text: instant and id.
fn place((le, id): (DateTime<Utc>, Uuid)) -> String {
    BASE64URL_NOPAD.encode(&[&le.timestamp_micros().to_be_bytes()[..], id.as_bytes()].concat())
}

fn placed(text: &str) -> Result<(DateTime<Utc>, Uuid), PageError> {
    let read = || {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        let (instant, id) = bytes.split_at_checked(8)?;
        let le = DateTime::from_timestamp_micros(i64::from_be_bytes(instant.try_into().ok()?))?;
        Some((le, Uuid::from_slice(id).ok()?))
    };
    read().ok_or_else(|| PageError::new(Kind::Malformed))
}

async fn show_thread(call: &Call, cle: &Cle, params: &Params, form: &FormState) -> Result<Response, PageError> {
    let avant = params.get("avant").map(placed).transpose()?.map(|(le, id)| (le, EchangeId::new(id)));
    let fil = partenaire::thread(&call.ctx, &call.requete, &cle.0, avant.as_ref()).await?;
    let suite = fil.suite.map(|(le, id)| format!("/conventions/{cle}/echanges?avant={}", place((le, id.get()))));
    let page = echanges(&call.frame, &fil, suite, form);
    Ok(if form.has_errors() { unprocessable(&call.frame, &page) } else { call.frame.ok(&page) })
}

async fn thread(call: Call, Named(cle): Named<Cle>, params: Params) -> Result<Response, PageError> {
    show_thread(&call, &cle, &params, &FormState::new()).await
}

async fn write(call: Call, Named(cle): Named<Cle>, received: ReceivedForm) -> Result<Response, PageError> {
    let form = received.only(&["texte"], &[])?;
    let ((ctx, requete), on, texte) = (call.owned(), cle.0.clone(), form.text("texte").to_owned());
    match spawned(async move { partenaire::write(&ctx, &requete, &on, &texte).await }).await {
        Ok(()) => Ok(see_other(&format!("/conventions/{cle}/echanges"))),
        Err(error) => show_thread(&call, &cle, &Params::default(), &refused(form.state, saisie(error)?)).await,
    }
}

async fn show_news(call: &Call, params: &Params, form: &FormState) -> Result<Response, PageError> {
    let avant = params.get("avant").map(placed).transpose()?.map(|(le, id)| (le, ActualiteId::new(id)));
    let nouvelles = partenaire::archive(&call.ctx, &call.requete, avant.as_ref()).await?;
    let suite = nouvelles.suite.map(|(le, id)| format!("{ACTUALITES}?avant={}", place((le, id.get()))));
    let fait = match params.get("fait") {
        Some("publiee") => Some("L’actualité est publiée, et envoyée à l’adresse de contact de chaque structure."),
        Some("retiree") => Some("L’actualité est retirée : plus personne ne la voit."),
        _ => None,
    };
    let page = actualites(&call.frame, &nouvelles, suite, (fait, form));
    Ok(if form.has_errors() { unprocessable(&call.frame, &page) } else { call.frame.ok(&page) })
}

async fn news(call: Call, params: Params) -> Result<Response, PageError> {
    show_news(&call, &params, &FormState::new()).await
}

async fn publish(call: Call, received: ReceivedForm) -> Result<Response, PageError> {
    let mut form = received.only(&["titre", "texte", "jusqu_au_jour", "jusqu_au_mois", "jusqu_au_annee"], &[])?;
    let jusqu_au = form.date("jusqu_au", None);
    if form.state.has_errors() {
        return show_news(&call, &Params::default(), &form.state.masked()).await;
    }
    let (titre, texte) = (form.text("titre").to_owned(), form.text("texte").to_owned());
    let typed = ActualiteSaisie { titre, texte, jusqu_au };
    let (ctx, requete) = call.owned();
    match spawned(async move { partenaire::publish(&ctx, &requete, &typed).await }).await {
        Ok(()) => Ok(see_other(&format!("{ACTUALITES}?fait=publiee"))),
        Err(error) => show_news(&call, &Params::default(), &refused(form.state, saisie(error)?)).await,
    }
}

async fn read(call: Call, Named(id): Named<ActualiteId>, received: ReceivedForm) -> Result<Response, PageError> {
    received.only(&[], &[])?;
    let (ctx, requete) = call.owned();
    spawned(async move { partenaire::mark_read(&ctx, &requete, id).await }).await?;
    Ok(see_other("/"))
}

async fn withdraw(call: Call, Named(id): Named<ActualiteId>, received: ReceivedForm) -> Result<Response, PageError> {
    received.only(&[], &[])?;
    let (ctx, requete) = call.owned();
    spawned(async move { partenaire::withdraw(&ctx, &requete, id).await }).await?;
    Ok(see_other(&format!("{ACTUALITES}?fait=retiree")))
}
