//! Who the conventions are between: what the filling of a demonstration and builders of tests start from.

use crate::context::Contexte;
use crate::error::{AppError, Outcome};
use domain::convention::Dossier;
use domain::ids::{CaisseId, PartenaireId, ServiceId};
use store::{caisse, convention, partenaire};

/// The two sides of a convention.
#[derive(Clone, Debug, PartialEq)]
pub struct Parties {
    /// Key of the convention.
    pub cle: String,
    /// The caisse.
    pub caisse: CaisseId,
    /// Its name.
    pub nom_caisse: String,
    /// Services of the caisse, by code.
    pub services: Vec<(String, ServiceId)>,
    /// The structure.
    pub partenaire: PartenaireId,
    /// Its short name.
    pub nom_partenaire: String,
    /// What the convention says.
    pub dossier: Dossier,
}

/// The parties of every convention, in the order of their keys. No personal data: nothing is journalled.
///
/// # Errors
/// The database's error.
pub async fn parties(ctx: &Contexte) -> Outcome<Vec<Parties>> {
    let tx = ctx.store.begin_read().await?;
    let mut toutes = Vec::new();
    for c in convention::all(&tx).await? {
        let missing = || AppError::Interne(format!("a party of {} is missing", c.dossier.cle));
        let nom_caisse = caisse::some(&tx, &[c.caisse]).await?.pop().ok_or_else(missing)?.fiche.nom;
        let nom_partenaire = partenaire::load(&tx, c.partenaire).await?.ok_or_else(missing)?.nom_court;
        let services = caisse::services(&tx, c.caisse).await?.into_iter().map(|s| (s.code, s.id)).collect();
        let (caisse, partenaire, dossier) = (c.caisse, c.partenaire, c.dossier);
        let cle = dossier.cle.clone();
        toutes.push(Parties { cle, caisse, nom_caisse, services, partenaire, nom_partenaire, dossier });
    }
    Ok(toutes)
}
