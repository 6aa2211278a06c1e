//! « Rester connecté » for another while: the answer to the warning before a session ends, within its absolute end.

use super::acteur::{SessionVue, entourage, vue};
use super::passage;
use crate::context::{Contexte, Requete};
use crate::error::Outcome;
use domain::compte::Etape;
use store::compte::sessions;

/// Notes activity now and gives the new ends.
///
/// # Errors
/// [`crate::AppError::SessionFermee`] when it has ended already.
pub async fn extend_session(ctx: &Contexte, requete: &Requete) -> Outcome<SessionVue> {
    let tx = ctx.store.begin_write().await?;
    let (mut session, compte, _) = passage::a_l_etape(ctx, &tx, requete, &[Etape::Ouverte]).await?;
    sessions::touch(&tx, &session.empreinte, ctx.now()).await?;
    session.vue_le = ctx.now();
    let entourage = entourage(ctx, &tx, compte.id).await?;
    tx.commit().await?;
    Ok(vue(&session, &compte, entourage))
}
