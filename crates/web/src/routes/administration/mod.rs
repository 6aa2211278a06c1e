//! Comptes of the desk and of the country (CA-4): nothing here shows a demande.

mod actes;

use super::acte::{act_renforced, unprocessable};
use crate::error::PageError;
use crate::extract::{Call, Named, Params, ReceivedForm};
use crate::pages::administration::{PATH, list_page, new_page, page};
use crate::pages::{FeuillePage, FormState};
use crate::registry::{Access, Objet, Registry, RegistryError, Route};
use crate::state::WebState;
use app::administration::{list, show, targets};
use app::compte::{Identite, Invitation, Par, invite};
use axum::response::Response;
use domain::compte::{Cote, Profil};
use domain::droits::Rattachement;
use domain::ids::CompteId;
use http::HeaderMap;

const ADMINISTRATEURS: Access = Access::Connecte(&[Profil::AdministrateurLocal, Profil::AdministrateurNational]);
const NOUVEAU: &str = "/administration/comptes/nouveau";

pub(super) fn declare(r: &mut Registry<WebState>) -> Result<(), RegistryError> {
    r.add(Route::get(PATH, ADMINISTRATEURS), index)?;
    r.add(Route::get(NOUVEAU, ADMINISTRATEURS), form)?;
    r.add(Route::post(NOUVEAU, ADMINISTRATEURS), create)?;
    r.add(Route::get("/administration/comptes/{id}", ADMINISTRATEURS).objet(Objet::CompteDeCaisse), one)?;
    actes::declare(r, ADMINISTRATEURS)
}

async fn index(call: Call, params: Params) -> Result<Response, PageError> {
    let apres = params.get("apres").and_then(|id| id.parse().ok());
    let liste = list(&call.ctx, &call.requete, apres).await?;
    Ok(call.frame.ok(&list_page(&call.frame, &liste, params.get("fait"))))
}

async fn one(call: Call, Named(id): Named<CompteId>, params: Params) -> Result<Response, PageError> {
    let fiche = show(&call.ctx, &call.requete, id).await?;
    Ok(call.frame.ok(&page(&call.frame, &fiche, &FormState::new(), params.get("fait"))))
}

async fn again(call: Call, form: FormState) -> Result<FeuillePage, PageError> {
    Ok(new_page(&call.frame, &targets(&call.ctx, &call.requete).await?, &form))
}

async fn form(call: Call) -> Result<Response, PageError> {
    let page = again(call.clone(), FormState::new()).await?;
    Ok(call.frame.ok(&page))
}

async fn create(call: Call, headers: HeaderMap, received: ReceivedForm) -> Result<Response, PageError> {
    let fields = ["profil", "caisse", "nom", "prenom", "courriel", "telephone", "fonction", "code"];
    let mut form = received.only(&fields, &["services"])?;
    let offered = targets(&call.ctx, &call.requete).await?;
    let known = Profil::from_code(form.text("profil")).filter(|p| offered.profils.contains(p));
    let Some(profil) = known else {
        form.state.refuse("profil", "Choisissez un profil.");
        return Ok(unprocessable(&call.frame, &new_page(&call.frame, &offered, &form.state)));
    };
    let one = offered.caisses.first().filter(|_| offered.caisses.len() == 1).map(|c| c.0);
    let caisse = form.text("caisse").parse().ok().or(one).filter(|id| offered.caisses.iter().any(|c| c.0 == *id));
    let rattachement = match (profil.cote(), caisse) {
        (Cote::National, _) => Rattachement::National,
        (_, Some(caisse)) => Rattachement::Caisse(caisse),
        (_, None) => {
            form.state.refuse("caisse", "Choisissez la caisse.");
            return Ok(unprocessable(&call.frame, &new_page(&call.frame, &offered, &form.state)));
        }
    };
    let services = form.list("services").into_iter().filter_map(|s| s.parse().ok());
    let services = services.filter(|_| profil == Profil::Agent).collect();
    let optional = |name: &str| Some(form.text(name).to_owned()).filter(|t| !t.is_empty());
    let identite = Identite {
        nom: form.text("nom").to_owned(),
        prenom: form.text("prenom").to_owned(),
        courriel: form.text("courriel").to_owned(),
        telephone: optional("telephone"),
        fonction: optional("fonction"),
    };
    let invitation = Invitation { profil, rattachement, identite, services };
    act_renforced(
        (&call, &headers),
        form.state,
        |ctx, requete| async move { invite(&ctx, &requete, Par::Personne, &invitation).await },
        |_| format!("{PATH}?fait=ouvert"),
        again,
    )
    .await
}
