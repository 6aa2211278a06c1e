//! The référent's list, a new structure, the sheets of one structure.

use super::{Cle, GESTIONNAIRE, REFERENT, saisie};
use crate::error::{Kind, PageError};
use crate::extract::{Call, Form, Named, Params, ReceivedForm};
use crate::pages::FormState;
use crate::pages::partenaires::{Annonce, LISTE, MA_STRUCTURE, creation, fiche, liste, ma_structure};
use crate::registry::{Objet, Registry, RegistryError, Route};
use crate::routes::acte::{refused, unprocessable};
use crate::routes::see_other;
use crate::state::{WebState, spawned};
use app::partenaire::{self, Apres};
use axum::response::Response;
use data_encoding::BASE64URL_NOPAD;
use domain::convention::{FaitsSaisis, Role};

/// Fields of a sheet that come once.
pub(super) const CHAMPS: [&str; 14] = [
    "nom",
    "nom_court",
    "categorie",
    "forme_juridique",
    "siret",
    "rna",
    "finess",
    "adresse",
    "standard",
    "site",
    "courriel",
    "domaines",
    "partie",
    "version",
];

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    registry.add(Route::get(LISTE, REFERENT), list)?;
    registry.add(Route::get("/partenaires/nouveau", REFERENT), blank)?;
    registry.add(Route::post("/partenaires/nouveau", REFERENT), create)?;
    registry.add(Route::get("/partenaires/{slug}", REFERENT).objet(Objet::Partenaire), show)?;
    registry.add(Route::get(MA_STRUCTURE, GESTIONNAIRE), mine)
}

async fn list(call: Call, params: Params) -> Result<Response, PageError> {
    let recherche: String = params.get("recherche").unwrap_or_default().trim().chars().take(100).collect();
    let apres = params.get("apres").map(cursor).transpose()?;
    let page = partenaire::list(&call.ctx, &call.requete, &recherche, apres.as_ref()).await?;
    let suite = page.suite.as_ref().map(|(nom, cle)| {
        let place = BASE64URL_NOPAD.encode(format!("{nom}\n{cle}").as_bytes());
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("recherche", &recherche)
            .append_pair("apres", &place)
            .finish();
        format!("{LISTE}?{query}")
    });
    Ok(call.frame.ok(&liste(&call.frame, &page, &recherche, suite)))
}

fn cursor(text: &str) -> Result<Apres, PageError> {
    let wrong = || PageError::new(Kind::Malformed);
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| wrong())?;
    let text = String::from_utf8(bytes).ok().filter(|t| !t.contains('\0')).ok_or_else(wrong)?;
    let (nom, cle) = text.split_once('\n').ok_or_else(wrong)?;
    Ok((nom.to_owned(), cle.to_owned()))
}

async fn blank(call: Call) -> Response {
    call.frame.ok(&creation(&call.frame, &FormState::new()))
}

/// The facts typed in a form; a date that does not exist is marked at its field.
pub(super) fn typed(form: &mut Form) -> FaitsSaisis {
    let membres_au = form.date("membres_au", None);
    let text = |nom: &str| form.text(nom).to_owned();
    FaitsSaisis {
        nom: text("nom"),
        nom_court: text("nom_court"),
        categorie: text("categorie"),
        forme_juridique: text("forme_juridique"),
        siret: text("siret"),
        rna: text("rna"),
        finess: text("finess"),
        adresse: text("adresse"),
        standard: text("standard"),
        site: text("site"),
        membres: text("membres"),
        membres_au,
        courriel: text("courriel"),
        domaines: text("domaines"),
        qualites: form.list("qualites").into_iter().map(str::to_owned).collect(),
    }
}

/// Every other fault of a form whose date is none: all are told at once.
fn and_the_rest(form: &mut FormState, faits: &FaitsSaisis, (role, call): (Role, &Call)) {
    let today = domain::calendrier::jour_civil(domain::calendrier::Zone::Metropole, call.ctx.now());
    for refus in faits.lis(role, today).err().unwrap_or_default() {
        form.refuse(refus.champ, refus.message);
    }
}

/// Number of members of a new structure, and the day of the count.
const MEMBRES: [&str; 4] = ["membres", "membres_au_jour", "membres_au_mois", "membres_au_annee"];

async fn create(call: Call, received: ReceivedForm) -> Result<Response, PageError> {
    let mut form = received.only(&[&CHAMPS[..], &MEMBRES[..]].concat(), &["qualites"])?;
    let faits = typed(&mut form);
    if form.state.has_errors() {
        and_the_rest(&mut form.state, &faits, (Role::Partenaire, &call));
        return Ok(unprocessable(&call.frame, &creation(&call.frame, &form.state)));
    }
    let (ctx, requete) = call.owned();
    match spawned(async move { partenaire::create(&ctx, &requete, &faits).await }).await {
        Ok(made) => {
            let fait = if made.connue { "reprise" } else { "creee" };
            Ok(see_other(&format!("{LISTE}/{}?fait={fait}", made.slug)))
        }
        Err(error) => {
            let form = refused(form.state, saisie(error)?);
            Ok(unprocessable(&call.frame, &creation(&call.frame, &form)))
        }
    }
}

async fn show(call: Call, Named(slug): Named<Cle>, params: Params) -> Result<Response, PageError> {
    let feuille = partenaire::of_partenaire(&call.ctx, &call.requete, &slug.0).await?;
    let fait = params.get("fait").and_then(Annonce::of);
    Ok(call.frame.ok(&fiche(&call.frame, &feuille, fait)))
}

async fn mine(call: Call, params: Params) -> Result<Response, PageError> {
    let feuilles = partenaire::mine(&call.ctx, &call.requete).await?;
    let fait = params.get("fait").and_then(Annonce::of);
    Ok(call.frame.ok(&ma_structure(&call.frame, &feuilles, fait)))
}
