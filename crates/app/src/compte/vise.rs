//! The compte of a structure that somebody is about to change, with the conventions that its rights come from, locked in
//! the order of every use case: conventions first.

use super::places::actives;
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use chrono::NaiveDate;
use domain::compte::EtatCompte;
use domain::droits::{Acteur, Cible, Closing, Habiliter, Permis, Portee, Rattachement, Refus, lire_structure};
use domain::ids::{CaisseId, CompteId, PartenaireId};
use store::compte::{self, Compte};
use store::convention::{self, Enregistree};
use store::{Tx, WriteTx};

/// What was aimed at.
pub(super) struct Vise {
    pub(super) compte: Compte,
    pub(super) partenaire: PartenaireId,
    /// The conventions that are live; when none is, those that lived and ended last.
    pub(super) dossiers: Vec<Enregistree>,
    /// Their caisses: those whose référents may act.
    pub(super) caisses: Vec<CaisseId>,
    /// The caisse that excluded the person, while he is excluded.
    pub(super) exclue_par: Option<CaisseId>,
    /// Proofs that the acteur may read.
    pub(super) preuves: Portee,
}

impl Vise {
    /// As the policy needs it.
    pub(super) fn cible(&self) -> Cible<'_> {
        Cible { profil: self.compte.profil, rattachement: self.compte.rattachement, caisses: &self.caisses }
    }

    /// How it was closed, as the policy on reopening needs it.
    pub(super) fn closing(&self) -> Closing<'_> {
        Closing { etat: self.compte.etat, fermeture: self.compte.fermeture.as_ref(), exclue_par: self.exclue_par }
    }
}

/// A compte of a structure in the acteur's scope, locked with the conventions of the structure.
///
/// # Errors
/// [`AppError::Introuvable`] outside the acteur's scope.
pub(super) async fn vise(ctx: &Contexte, tx: &WriteTx, acteur: &Acteur, id: CompteId) -> Outcome<Vise> {
    let partenaire = structure_de(ctx, tx, id).await?;
    let dossiers = convention::lock_of_partenaire(tx, partenaire).await?;
    let portee = lisible(acteur, partenaire, &dossiers)?;
    let compte = compte::lock(tx, &portee, id, ctx.now()).await?.ok_or(AppError::Introuvable)?;
    complete(ctx, tx, acteur, (partenaire, dossiers, compte)).await
}

/// As [`vise`], for a page that only shows it.
///
/// # Errors
/// As for [`vise`].
pub(super) async fn vu(ctx: &Contexte, tx: &Tx, acteur: &Acteur, id: CompteId) -> Outcome<Vise> {
    let partenaire = structure_de(ctx, tx, id).await?;
    let dossiers = convention::of_partenaire(tx, partenaire).await?;
    let portee = lisible(acteur, partenaire, &dossiers)?;
    let compte = compte::load(tx, &portee, id, ctx.now()).await?.ok_or(AppError::Introuvable)?;
    complete(ctx, tx, acteur, (partenaire, dossiers, compte)).await
}

/// The caisse of whoever acts for one.
pub(super) const fn caisse_de(acteur: &Acteur) -> Option<CaisseId> {
    match acteur {
        Acteur::Compte(a) => match a.rattachement {
            Rattachement::Caisse(c) => Some(c),
            Rattachement::Partenaire(_) | Rattachement::National => None,
        },
        Acteur::Systeme(_) => None,
    }
}

/// Whoever has or had a convention with the structure reads; who acts is decided by [`vivantes`].
fn lisible(acteur: &Acteur, partenaire: PartenaireId, dossiers: &[Enregistree]) -> Outcome<Portee> {
    let caisses: Vec<CaisseId> = dossiers.iter().map(|d| d.caisse).collect();
    lire_structure(acteur, partenaire, &caisses).map_err(|_| AppError::Introuvable)
}

async fn complete(
    ctx: &Contexte,
    tx: &Tx,
    acteur: &Acteur,
    (partenaire, dossiers, compte): (PartenaireId, Vec<Enregistree>, Compte),
) -> Outcome<Vise> {
    let dossiers = vivantes(ctx, tx, &dossiers).await?;
    let caisses = dossiers.iter().map(|d| d.caisse).collect();
    let exclue_par = match compte.etat {
        EtatCompte::Exclu => store::preuve::excluded_by(tx, compte.id).await?,
        _ => None,
    };
    let preuves = caisse_de(acteur).map_or(Portee::Partenaire { partenaire, caisses: Vec::new() }, Portee::Caisse);
    Ok(Vise { compte, partenaire, dossiers, caisses, exclue_par, preuves })
}

/// The live conventions of a structure; when none is, those activated once that ended last, so that somebody still answers
/// for its comptes until they are deleted.
pub(super) async fn vivantes(ctx: &Contexte, tx: &Tx, dossiers: &[Enregistree]) -> Outcome<Vec<Enregistree>> {
    let actives = actives(ctx, tx, dossiers).await?;
    if !actives.is_empty() {
        return Ok(actives.into_iter().cloned().collect());
    }
    let fin = |d: &Enregistree| d.actes.fin_acces().map(|f| f.le);
    let activees: Vec<&Enregistree> = dossiers.iter().filter(|d| d.actes.activee_le.is_some()).collect();
    let derniere = activees.iter().map(|d| fin(d).unwrap_or(NaiveDate::MAX)).max();
    let last = |d: &&Enregistree| Some(fin(d).unwrap_or(NaiveDate::MAX)) == derniere;
    Ok(activees.into_iter().filter(last).cloned().collect())
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
