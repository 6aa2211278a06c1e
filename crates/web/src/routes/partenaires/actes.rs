//! Acts that stop or end an access: cutting a structure, taking a cut back, leaving a union. Each asks for a fresh second
//! factor.

use super::{CHANGEE, Cle, REFERENT};
use crate::error::PageError;
use crate::extract::{Call, Form, Named, Params, ReceivedForm};
use crate::pages::FormState;
use crate::pages::partenaires::{adhesions, coupure};
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::routes::acte::{refusal, refused};
use crate::routes::renfort::renforced;
use crate::routes::see_other;
use crate::state::WebState;
use app::partenaire::{self, Coupe, CoupureSaisie, Reprise, SortieSaisie};
use app::{AppError, Contexte, ErreurChamp, Outcome, Requete};
use axum::response::Response;
use http::HeaderMap;

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    let one = |route: Route| route.objet(Objet::Convention);
    registry.add(one(Route::get("/conventions/{cle}/coupure", REFERENT)), show_cut)?;
    registry.add(one(Route::post("/conventions/{cle}/coupure", REFERENT)), cut)?;
    registry.add(one(Route::post("/conventions/{cle}/coupure/reception", REFERENT)), receipt)?;
    registry.add(one(Route::post("/conventions/{cle}/coupure/lever", REFERENT)), lift)?;
    registry.add(one(Route::post("/conventions/{cle}/coupure/rouvrir", REFERENT)), reopen)?;
    registry.add(one(Route::get("/conventions/{cle}/union", REFERENT)), show_union)?;
    registry.add(one(Route::post("/conventions/{cle}/union/sortie", REFERENT)), leave)?;
    registry.add(one(Route::post("/conventions/{cle}/union/maintien", REFERENT)), keep)
}

/// What was just done, by the word of the address.
fn done(params: &Params) -> Option<&'static str> {
    Some(match params.get("fait")? {
        "coupee" => "L’accès de la structure est coupé. Ses sessions sont fermées, les autres caisses sont prévenues.",
        "recue" => "La réception de la notification est notée.",
        "levee" => "La coupure est levée. Les deux côtés sont prévenus.",
        "rouverte" => "L’accès à votre caisse est rouvert. La structure est prévenue.",
        "sortie" => "La sortie de l’union est enregistrée. Tous les signataires sont prévenus.",
        "maintien" => "La sortie est annulée : l’union continue de couvrir la structure.",
        _ => return None,
    })
}

/// Which page an act comes from, the word of what it did, and the field of its code: each form of a page has its own.
#[derive(Clone, Copy)]
struct Retour {
    page: &'static str,
    fait: &'static str,
    code: &'static str,
}

impl Retour {
    const fn new(page: &'static str, fait: &'static str) -> Self {
        Self { page, fait, code: "code" }
    }
}

/// Shows the code, does the act under the renewed session, and goes back to its page.
async fn act<F>(
    call: Call,
    (headers, cle, form): (HeaderMap, Cle, Form),
    retour: Retour,
    work: impl FnOnce(Contexte, Requete, String) -> F,
) -> Result<Response, PageError>
where
    F: Future<Output = Outcome<()>> + Send + 'static,
{
    let code = form.text(retour.code).to_owned();
    let of = cle.0.clone();
    renforced(
        (&call, &headers),
        &code,
        |ctx, requete| work(ctx, requete, of),
        |call, outcome| async move {
            match outcome {
                Ok(()) => Ok(see_other(&format!("/conventions/{cle}/{}?fait={}", retour.page, retour.fait))),
                Err(error) => again(&call, &cle, retour, (error, form.state)).await,
            }
        },
    )
    .await
}

/// The page with what was refused, at the fields of the form that was sent.
async fn again(
    call: &Call,
    cle: &Cle,
    retour: Retour,
    (error, form): (AppError, FormState),
) -> Result<Response, PageError> {
    let own = |e: ErreurChamp| if e.champ == "code" { ErreurChamp::new(retour.code, e.message) } else { e };
    let error = match error {
        AppError::Saisie(erreurs) => AppError::Saisie(erreurs.into_iter().map(own).collect()),
        other => other,
    };
    let (status, mut form) = refusal(error, form, CHANGEE)?;
    form.forget(retour.code);
    if retour.page == "union" {
        let members = partenaire::members(&call.ctx, &call.requete, &cle.0).await?;
        return Ok(call.frame.respond(status, &adhesions(&call.frame, &members, None, &form)));
    }
    let apercu = partenaire::preview(&call.ctx, &call.requete, &cle.0).await?;
    if !fits(retour, &apercu.coupe) {
        // The form is no longer on the page: what was typed for it does not slip into another one.
        form = refused(FormState::new(), vec![ErreurChamp::new("", CHANGEE)]);
    }
    Ok(call.frame.respond(status, &coupure(&call.frame, &apercu, None, &form)))
}

/// Whether the page still shows the form of an act.
const fn fits(retour: Retour, coupe: &Coupe) -> bool {
    match coupe {
        Coupe::Ouverte => matches!(retour.fait.as_bytes(), b"coupee"),
        Coupe::Coupee(_) => matches!(retour.fait.as_bytes(), b"recue" | b"levee"),
        Coupe::Gelee(_) => matches!(retour.fait.as_bytes(), b"rouverte"),
    }
}

async fn show_cut(call: Call, Named(cle): Named<Cle>, params: Params) -> Result<Response, PageError> {
    let apercu = partenaire::preview(&call.ctx, &call.requete, &cle.0).await?;
    Ok(call.frame.ok(&coupure(&call.frame, &apercu, done(&params), &FormState::new())))
}

async fn cut(
    call: Call,
    headers: HeaderMap,
    Named(cle): Named<Cle>,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let dates = ["le_jour", "le_mois", "le_annee", "envoyee_le_jour", "envoyee_le_mois", "envoyee_le_annee"];
    let mut form = received.only(&[&["motif", "par", "moyen", "numero", "code"][..], &dates].concat(), &[])?;
    let (le, envoyee_le) = (form.date("le", None), form.date("envoyee_le", None));
    let saisie = CoupureSaisie {
        motif: form.text("motif").to_owned(),
        par: form.text("par").to_owned(),
        le,
        moyen: form.text("moyen").to_owned(),
        numero: form.text("numero").to_owned(),
        envoyee_le,
    };
    let retour = Retour::new("coupure", "coupee");
    let work = |ctx, requete, cle: String| async move { partenaire::cut(&ctx, &requete, &cle, &saisie).await };
    act(call, (headers, cle, form), retour, work).await
}

async fn receipt(
    call: Call,
    headers: HeaderMap,
    Named(cle): Named<Cle>,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let mut form = received.only(&["code_reception", "recue_le_jour", "recue_le_mois", "recue_le_annee"], &[])?;
    let retour = Retour { code: "code_reception", ..Retour::new("coupure", "recue") };
    let Some(recue_le) = form.date("recue_le", Some("Donnez la date de réception.")) else {
        return again(&call, &cle, retour, (AppError::Saisie(Vec::new()), form.state)).await;
    };
    let work =
        move |ctx, requete, cle: String| async move { partenaire::note_receipt(&ctx, &requete, &cle, recue_le).await };
    act(call, (headers, cle, form), retour, work).await
}

/// Why an access is opened again.
fn reprise(received: ReceivedForm) -> Result<(Form, Reprise), PageError> {
    let form = received.only(&["motif", "code"], &[])?;
    let reprise = Reprise { motif: form.text("motif").to_owned() };
    Ok((form, reprise))
}

async fn lift(
    call: Call,
    headers: HeaderMap,
    Named(cle): Named<Cle>,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let (form, reprise) = reprise(received)?;
    let work = |ctx, requete, cle: String| async move { partenaire::lift(&ctx, &requete, &cle, &reprise).await };
    act(call, (headers, cle, form), Retour::new("coupure", "levee"), work).await
}

async fn reopen(
    call: Call,
    headers: HeaderMap,
    Named(cle): Named<Cle>,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let (form, reprise) = reprise(received)?;
    let work = |ctx, requete, cle: String| async move { partenaire::reopen(&ctx, &requete, &cle, &reprise).await };
    act(call, (headers, cle, form), Retour::new("coupure", "rouverte"), work).await
}

async fn show_union(call: Call, Named(cle): Named<Cle>, params: Params) -> Result<Response, PageError> {
    let members = partenaire::members(&call.ctx, &call.requete, &cle.0).await?;
    Ok(call.frame.ok(&adhesions(&call.frame, &members, done(&params), &FormState::new())))
}

async fn leave(
    call: Call,
    headers: HeaderMap,
    Named(cle): Named<Cle>,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let dates =
        ["avertie_le_jour", "avertie_le_mois", "avertie_le_annee", "effet_le_jour", "effet_le_mois", "effet_le_annee"];
    let mut form = received.only(&[&["moyen", "numero", "code"][..], &dates].concat(), &[])?;
    let (avertie_le, effet_le) = (form.date("avertie_le", None), form.date("effet_le", None));
    let (moyen, numero) = (form.text("moyen").to_owned(), form.text("numero").to_owned());
    let saisie = SortieSaisie { avertie_le, moyen, numero, effet_le };
    let work = |ctx, requete, cle: String| async move { partenaire::leave(&ctx, &requete, &cle, &saisie).await };
    act(call, (headers, cle, form), Retour::new("union", "sortie"), work).await
}

async fn keep(
    call: Call,
    headers: HeaderMap,
    Named(cle): Named<Cle>,
    received: ReceivedForm,
) -> Result<Response, PageError> {
    let form = received.only(&["code"], &[])?;
    let work = |ctx, requete, cle: String| async move { partenaire::keep(&ctx, &requete, &cle).await };
    act(call, (headers, cle, form), Retour::new("union", "maintien"), work).await
}
