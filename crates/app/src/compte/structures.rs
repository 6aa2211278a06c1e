//! The structures of a caisse with their comptes in numbers, for its référent.

use super::acteur::load_acteur;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use domain::compte::Profil;
use domain::droits::{Rattachement, Refus};
pub use store::compte::liste::Structure;

/// Structures on a page.
const PAR_PAGE: u64 = 50;

/// The structures that have a convention with the caisse of a référent, by slug; where the next page begins. No personal
/// data: nothing is journalled.
///
/// # Errors
/// [`AppError::Interdit`] for other profils.
pub async fn list_structures(
    ctx: &Contexte,
    requete: &Requete,
    apres: Option<&str>,
) -> Outcome<(Vec<Structure>, Option<String>)> {
    let tx = ctx.store.begin_read().await?;
    let a = load_acteur(ctx, &tx, requete).await?;
    let (Profil::Referent, Rattachement::Caisse(caisse)) = (a.profil, a.rattachement) else {
        return Err(AppError::Interdit(Refus::ActeInterdit));
    };
    let mut found = store::compte::liste::structures(&tx, caisse, (apres, PAR_PAGE + 1), ctx.now()).await?;
    let more = found.len() > PAR_PAGE as usize;
    found.truncate(PAR_PAGE as usize);
    let suite = found.last().filter(|_| more).map(|s| s.slug.clone());
    Ok((found, suite))
}
