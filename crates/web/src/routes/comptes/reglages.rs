//! How old passwords may grow, decided by a caisse (HA-14).

use crate::error::PageError;
use crate::extract::{Call, Form, Params, ReceivedForm};
use crate::pages::FormState;
use crate::pages::comptes::{ages, fait};
use crate::registry::{Access, Registry, RegistryError, Route};
use crate::routes::acte::act_renforced;
use crate::state::WebState;
use app::compte::{self, ChoixAges};
use axum::response::Response;
use domain::compte::Profil;
use http::HeaderMap;

const PATH: &str = "/reglages/mots-de-passe";
const ADMINISTRATEUR: Access = Access::Connecte(&[Profil::AdministrateurLocal]);
const FIELDS: [&str; 9] = [
    "version",
    "jours_partenaire",
    "jours_desk",
    "auteur",
    "decision_jour",
    "decision_mois",
    "decision_annee",
    "motif",
    "code",
];

pub(super) fn declare(r: &mut Registry<WebState>) -> Result<(), RegistryError> {
    r.add(Route::get(PATH, ADMINISTRATEUR), show)?;
    r.add(Route::post(PATH, ADMINISTRATEUR), decide)
}

async fn show(call: Call, params: Params) -> Result<Response, PageError> {
    let reglage = compte::show_ages(&call.ctx, &call.requete).await?;
    let days = |days: Option<u32>| days.map(|d| d.to_string()).unwrap_or_default();
    let form = FormState::new()
        .with("jours_partenaire", days(reglage.ages.partenaire))
        .with("jours_desk", days(reglage.ages.desk));
    Ok(call.frame.ok(&ages(&call.frame, &reglage, &form).avis(params.get("fait").and_then(fait))))
}

/// Days typed: nothing for « never », 0 for what is no number, which is refused.
fn days(form: &Form, name: &str) -> Option<u32> {
    let text = form.text(name);
    if text.is_empty() { None } else { Some(text.parse().unwrap_or(0)) }
}

async fn decide(call: Call, headers: HeaderMap, received: ReceivedForm) -> Result<Response, PageError> {
    let mut form = received.only(&FIELDS, &[])?;
    let le = form.date("decision", None);
    let choix = ChoixAges {
        partenaire: days(&form, "jours_partenaire"),
        desk: days(&form, "jours_desk"),
        auteur: form.text("auteur").to_owned(),
        le,
        motif: form.text("motif").to_owned(),
        version: form.text("version").parse().unwrap_or(-1),
    };
    let reglage = compte::show_ages(&call.ctx, &call.requete).await?;
    let work = move |ctx, requete| async move { compte::set_ages(&ctx, &requete, &choix).await };
    let again = |call: Call, form| async move { Ok(ages(&call.frame, &reglage, &form)) };
    act_renforced((&call, &headers), form.state, work, |()| format!("{PATH}?fait=ages"), again).await
}
