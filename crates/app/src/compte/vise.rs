//! The compte of a structure that somebody is about to change, with the conventions that its rights come from, locked in
//! the order of every use case: conventions first.

use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use domain::droits::{Acteur, Cible, Habiliter, Permis, Portee, Rattachement, Refus, lire_structure};
use domain::ids::{CaisseId, CompteId, PartenaireId};
use store::compte::{self, Compte};
use store::convention::{self, Enregistree};
use store::{Tx, WriteTx};

/// What was aimed at.
pub(super) struct Vise {
    pub(super) compte: Compte,
    pub(super) partenaire: PartenaireId,
    pub(super) dossiers: Vec<Enregistree>,
    pub(super) caisses: Vec<CaisseId>,
}

impl Vise {
    /// As the policy needs it.
    pub(super) fn cible(&self) -> Cible<'_> {
        Cible { profil: self.compte.profil, rattachement: self.compte.rattachement, caisses: &self.caisses }
    }
}

/// A compte of a structure in the acteur's scope, locked with the conventions of the structure.
///
/// # Errors
/// [`AppError::Introuvable`] outside the acteur's scope.
pub(super) async fn vise(ctx: &Contexte, tx: &WriteTx, acteur: &Acteur, id: CompteId) -> Outcome<Vise> {
    let partenaire = structure_de(ctx, tx, id).await?;
    let dossiers = convention::lock_of_partenaire(tx, partenaire).await?;
    let caisses: Vec<CaisseId> = dossiers.iter().map(|d| d.caisse).collect();
    let portee = lire_structure(acteur, partenaire, &caisses).map_err(|_| AppError::Introuvable)?;
    let compte = compte::lock(tx, &portee, id, ctx.now()).await?.ok_or(AppError::Introuvable)?;
    Ok(Vise { compte, partenaire, dossiers, caisses })
}

/// As [`vise`], for a page that only shows it.
///
/// # Errors
/// As for [`vise`].
pub(super) async fn vu(ctx: &Contexte, tx: &Tx, acteur: &Acteur, id: CompteId) -> Outcome<Vise> {
    let partenaire = structure_de(ctx, tx, id).await?;
    let dossiers = convention::of_partenaire(tx, partenaire).await?;
    let caisses: Vec<CaisseId> = dossiers.iter().map(|d| d.caisse).collect();
    let portee = lire_structure(acteur, partenaire, &caisses).map_err(|_| AppError::Introuvable)?;
    let compte = compte::load(tx, &portee, id, ctx.now()).await?.ok_or(AppError::Introuvable)?;
    Ok(Vise { compte, partenaire, dossiers, caisses })
}

async fn structure_de(ctx: &Contexte, tx: &Tx, id: CompteId) -> Outcome<PartenaireId> {
    // Only where it belongs: whether the acteur may know of it is decided behind the lock.
    let compte = compte::load(tx, &Portee::Soi(id), id, ctx.now()).await?.ok_or(AppError::Introuvable)?;
    match compte.rattachement {
        Rattachement::Partenaire(p) => Ok(p),
        Rattachement::Caisse(_) | Rattachement::National => Err(AppError::Introuvable),
    }
}

/// The proof, or the refusal recorded; the transaction is dropped then.
pub(super) async fn permis(
    ctx: &Contexte,
    requete: &Requete,
    (acteur, tx): (&Acteur, WriteTx),
    (action, objet): (&'static str, Objet),
    decision: Result<Permis<Habiliter>, Refus>,
) -> Outcome<(Permis<Habiliter>, WriteTx)> {
    match decision {
        Ok(permis) => Ok((permis, tx)),
        Err(refus) => {
            drop(tx);
            Err(ctx.refuse(requete, acteur, (action, objet), AppError::Interdit(refus)).await)
        }
    }
}
