//! The printed conventions (CO-9), for the référent of the caisse and the gestionnaires of the structure: made of the
//! dossier as it stands when it is asked for.

use super::in_scope;
use crate::compte::seen;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use crate::imprime::{self, Imprime};
use domain::droits::Acteur;

/// The document of a convention, for its page.
///
/// # Errors
/// [`AppError::Introuvable`] when unknown or out of scope.
pub async fn document(ctx: &Contexte, requete: &Requete, cle: &str) -> Outcome<Imprime> {
    let (imprime, entree) = {
        let tx = ctx.store.begin_read().await?;
        let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
        let c = in_scope(&tx, &acteur, cle).await?;
        (imprime::convention(&c.dossier), super::entree(ctx, requete, &acteur, ("convention.print", &c)))
    };
    ctx.record(entree).await?;
    Ok(imprime)
}

/// The same document as a tagged PDF.
///
/// # Errors
/// As for [`document`]; [`AppError::Interne`] when it cannot be printed.
pub async fn document_pdf(ctx: &Contexte, requete: &Requete, cle: &str) -> Outcome<Vec<u8>> {
    let imprime = document(ctx, requete, cle).await?;
    ctx.imprimeur.print(imprime).await.map_err(|error| AppError::Interne(error.to_string()))
}
