//! Signing out: the session ends at once, at whatever step it stands.

use super::{passage, trace};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use domain::compte::Etape;
use store::compte::sessions;

/// Ends the session of the request; signing out twice is no error.
///
/// # Errors
/// The database's error.
pub async fn sign_out(ctx: &Contexte, requete: &Requete) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let (session, compte, permis) = match passage::a_l_etape(ctx, &tx, requete, &Etape::TOUTES).await {
        Ok(trouvee) => trouvee,
        Err(AppError::SessionFermee) => return Ok(()),
        Err(autre) => return Err(autre),
    };
    if sessions::close(&tx, &permis, &session.empreinte).await? {
        trace::fait(ctx, &tx, requete, &compte, "compte.sign_out").await?;
    }
    tx.commit().await?;
    Ok(())
}
