//! A cookie for a browser that has signed in: somebody else's failures do not lock it out. It opens nothing.

use super::{jeton, passage};
use crate::context::{Contexte, Requete};
use crate::error::Outcome;
use domain::compte::Etape;
use store::compte::navigateurs;

/// Call it once a session is open, with the browser's cookie if it has one. Gives the cookie to set, or nothing when
/// the one it has is good.
///
/// # Errors
/// [`crate::AppError::SessionFermee`] unless signed in.
pub async fn remember_browser(ctx: &Contexte, requete: &Requete, cookie: Option<&str>) -> Outcome<Option<String>> {
    let tx = ctx.store.begin_write().await?;
    let (_, _, permis) = passage::verrouille_a_l_etape(ctx, &tx, requete, &[Etape::Ouverte]).await?;
    let now = ctx.now();
    let connu = match cookie {
        Some(cookie) => navigateurs::touch(&tx, &permis, &jeton::empreinte(cookie), now).await?,
        None => false,
    };
    let nouveau = if connu { None } else { Some(jeton::nouveau(ctx)) };
    if let Some(jeton) = &nouveau {
        navigateurs::insert(&tx, &permis, &jeton::empreinte(jeton), now).await?;
    }
    tx.commit().await?;
    Ok(nouveau)
}
