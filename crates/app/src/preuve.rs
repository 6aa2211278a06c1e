//! Proofs written by use cases in their own transaction (JO-2).

use crate::context::Contexte;
use crate::error::Outcome;
use domain::ids::{CaisseId, CompteId, ConventionId, PartenaireId};
pub use domain::preuve::Nature;
use store::WriteTx;
use uuid::Uuid;

/// What a use case proves.
#[derive(Clone, Debug)]
pub(crate) struct Preuve {
    /// What it shows.
    pub(crate) nature: Nature,
    /// The caisse concerned.
    pub(crate) caisse: Option<CaisseId>,
    /// The structure concerned.
    pub(crate) partenaire: Option<PartenaireId>,
    /// The convention concerned.
    pub(crate) convention: Option<ConventionId>,
    /// The compte it is about.
    pub(crate) compte: Option<CompteId>,
    /// Who acted; nobody for the portal itself.
    pub(crate) auteur: Option<CompteId>,
    /// Labels and values as they are shown and exported, in order.
    pub(crate) contenu: Vec<(&'static str, String)>,
}

/// Adds a proof of now to the caller's transaction; gives its id.
///
/// # Errors
/// The database's error.
pub(crate) async fn add(ctx: &Contexte, tx: &WriteTx, p: Preuve) -> Outcome<Uuid> {
    let id = ctx.new_id();
    let preuve = store::preuve::Preuve {
        id,
        nature: p.nature,
        le: ctx.now(),
        caisse: p.caisse,
        partenaire: p.partenaire,
        convention: p.convention,
        compte: p.compte,
        auteur: p.auteur,
        contenu: p.contenu.into_iter().map(|(libelle, valeur)| (libelle.to_owned(), valeur)).collect(),
    };
    store::preuve::insert(tx, &preuve).await?;
    Ok(id)
}
