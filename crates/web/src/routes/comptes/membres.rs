//! The number of members, declared by a gestionnaire or a référent (HA-2).

use super::{GESTIONNAIRE, REFERENT};
use crate::error::PageError;
use crate::extract::{Call, Form, Named, ReceivedForm};
use crate::pages::FormState;
use crate::pages::comptes::membres;
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::routes::acte::act_renforced;
use crate::state::WebState;
use app::compte::{self, Declaration};
use axum::response::Response;
use http::HeaderMap;

const OWN_PATH: &str = "/comptes/membres";
const PATH: &str = "/partenaires/{slug}/membres";
const FIELDS: [&str; 5] = ["nombre", "au_jour", "au_mois", "au_annee", "code"];

pub(super) fn declare(r: &mut Registry<WebState>) -> Result<(), RegistryError> {
    r.add(Route::get(OWN_PATH, GESTIONNAIRE), show_own)?;
    r.add(Route::post(OWN_PATH, GESTIONNAIRE), declare_own)?;
    r.add(Route::get(PATH, REFERENT).objet(Objet::Partenaire), show_of)?;
    r.add(Route::post(PATH, REFERENT).objet(Objet::Partenaire), declare_of)
}

fn read(form: &mut Form) -> Declaration {
    let au = form.date("au", None);
    let nombre = form.text("nombre").replace([' ', '\u{a0}', '\u{202f}'], "").parse().ok();
    Declaration { nombre, au }
}

async fn show_own(call: Call) -> Result<Response, PageError> {
    Ok(call.frame.ok(&membres(&call.frame, None, &FormState::new())))
}

async fn declare_own(call: Call, headers: HeaderMap, received: ReceivedForm) -> Result<Response, PageError> {
    let mut form = received.only(&FIELDS, &[])?;
    let d = read(&mut form);
    let work = move |ctx, requete| async move { compte::declare_members(&ctx, &requete, None, d).await };
    let again = |call: Call, form| async move { Ok(membres(&call.frame, None, &form)) };
    act_renforced((&call, &headers), form.state, work, |()| "/comptes?fait=membres".to_owned(), again).await
}

async fn show_of(call: Call, Named(slug): Named<String>) -> Result<Response, PageError> {
    let vus = compte::list_comptes_of(&call.ctx, &call.requete, &slug, None).await?;
    Ok(call.frame.ok(&membres(&call.frame, Some((&vus.structure, &slug)), &FormState::new())))
}

async fn declare_of(
    call: Call,
    headers: HeaderMap,
    Named(slug): Named<String>,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let mut form = received.only(&FIELDS, &[])?;
    let d = read(&mut form);
    let vus = compte::list_comptes_of(&call.ctx, &call.requete, &slug, None).await?;
    let (of, done) = (slug.clone(), format!("/partenaires/{slug}/comptes?fait=membres"));
    let work = move |ctx, requete| async move { compte::declare_members(&ctx, &requete, Some(&of), d).await };
    let again = |call: Call, form| async move { Ok(membres(&call.frame, Some((&vus.structure, &slug)), &form)) };
    act_renforced((&call, &headers), form.state, work, |()| done, again).await
}
