//! `/`: the home of whoever is signed in.

use crate::error::{Kind, PageError};
use crate::extract::{Call, Params};
use crate::pages::partenaires::news_block;
use crate::pages::{AccueilCaissePage, AccueilProfilPage, AccueilTechnicienPage};
use crate::registry::{Access, Registry, RegistryError, Route};
use crate::routes::see_other;
use crate::state::WebState;
use app::demande;
use axum::response::Response;
use domain::compte::Profil;

pub(super) fn declare(registry: &mut Registry<WebState>) -> Result<(), RegistryError> {
    registry.add(Route::get("/", Access::Connecte(&Profil::TOUS)), home)
}

async fn home(call: Call, params: Params) -> Result<Response, PageError> {
    let Call { frame, ctx, requete } = call;
    let profil = frame.signed().map(|signed| signed.profil).ok_or_else(|| PageError::new(Kind::SessionEnded))?;
    Ok(match profil {
        Profil::Technicien => {
            let accueil = demande::home(&ctx, &requete).await?;
            let supprime = params.get("fait") == Some("brouillon");
            let unread = app::partenaire::unread(&ctx, &requete).await?;
            let page = AccueilTechnicienPage::new(&frame, &accueil, supprime);
            frame.ok(&page.with_news(news_block(&frame, &unread)))
        }
        Profil::Agent | Profil::Superviseur => {
            let compteurs = demande::counters(&ctx, &requete).await?;
            frame.ok(&AccueilCaissePage::new(&frame, &compteurs))
        }
        Profil::Gestionnaire => see_other("/comptes"),
        Profil::Referent => {
            return super::conventions::home(&Call { frame, ctx, requete }, &params).await;
        }
        other => frame.ok(&AccueilProfilPage::new(&frame, other)),
    })
}
