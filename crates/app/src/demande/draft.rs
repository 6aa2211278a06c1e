//! Drafts: what was typed is kept before anything is checked, so that nothing is lost (DE-12).

use super::depot::one;
use super::origine::{Origine, VERSION, follows};
use super::reprise::{self, ASSURE};
use crate::compte::{Vu, load_acteur, load_vu, seen};
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use domain::demande::Sorte;
use domain::droits::{self, Acteur};
use domain::garde::masque;
use domain::ids::BrouillonId;
use std::sync::Arc;
use store::StoreError;
use store::brouillon::{self, Brouillon, Saisie};

/// Keeps what was typed under the id the form was given; the same id twice is the same draft. A NIR is taken out
/// before anything is written (GA-1). Where `assure` names an earlier demande, the identity is that demande's, whatever
/// the form says. The field [`VERSION`] says what the form was made from. Gives who asked, for what reads the draft next.
///
/// # Errors
/// [`AppError::Introuvable`] when `assure` is unknown or out of scope;
/// [`AppError::Interdit`] when no live convention opens the kind; [`AppError::Conflit`] when another window wrote since the
/// form was made, the draft was filed meanwhile, it is one of another kind, or the id is somebody else's.
pub async fn save_draft(
    ctx: &Contexte,
    requete: &Requete,
    sorte: Sorte,
    id: BrouillonId,
    saisie: &Saisie,
) -> Outcome<Arc<Vu>> {
    match keep(ctx, requete, (sorte, id), saisie).await {
        // Another sending of the same page was faster: the draft is there now. Or the id is somebody else's.
        Err(AppError::Stockage(StoreError::Taken)) => match keep(ctx, requete, (sorte, id), saisie).await {
            Err(AppError::Stockage(StoreError::Taken)) => Err(AppError::Conflit),
            other => other,
        },
        other => other,
    }
}

async fn keep(
    ctx: &Contexte,
    requete: &Requete,
    (sorte, id): (Sorte, BrouillonId),
    saisie: &Saisie,
) -> Outcome<Arc<Vu>> {
    let origine = Origine::of(saisie);
    let propre = masked(saisie, origine);
    let tx = ctx.store.begin_write().await?;
    let vu = load_vu(ctx, &tx, requete).await?;
    let compte = vu.acteur.compte;
    let acteur = Acteur::Compte(vu.acteur.clone());
    let permis = droits::garder_brouillon(&acteur, sorte)?;
    let propre = reprise::with_person(&tx, &acteur, propre).await?;
    let repris = one(&propre, ASSURE).trim().to_owned();
    let now = ctx.now();
    match brouillon::lock(&tx, compte, id).await? {
        // One draft is one kind: what another kind's form holds would be read as this one's.
        Some(b) if b.sorte != sorte || !follows(&b, origine) => return Err(AppError::Conflit),
        Some(mut b) => {
            b.saisie = propre;
            brouillon::update(&tx, &permis, &b, now).await?;
        }
        // Filed from another window: kept under this id, it would never be filed again.
        None if store::demande::already_filed(&tx, compte, id.get()).await?.is_some() => return Err(AppError::Conflit),
        None => brouillon::insert(&tx, &permis, id, (sorte, &propre), now).await?,
    }
    let objet = Objet { nature: "brouillon", id: Some(id.to_string()), ..Objet::default() };
    let mut entree = ctx.entree(requete, &acteur, "brouillon.save", objet);
    if !repris.is_empty() {
        entree.details = format!("{{\"assure\":\"{repris}\"}}");
    }
    ctx.journal(&tx, entree).await?;
    tx.commit().await?;
    Ok(Arc::new(vu))
}

/// What was typed without any NIR, and what the form was made from.
fn masked(saisie: &Saisie, origine: Option<Origine>) -> Saisie {
    let mut propre = Saisie(saisie.0.iter().map(|(k, v)| (k.clone(), v.iter().map(|t| masque(t)).collect())).collect());
    propre.0.remove(VERSION);
    propre.0.extend(origine.map(|origine| (VERSION.to_owned(), vec![origine.to_string()])));
    propre
}

/// A draft of the caller.
///
/// # Errors
/// [`AppError::Introuvable`] when it is gone or somebody else's.
pub async fn load_draft(ctx: &Contexte, requete: &Requete, id: BrouillonId) -> Outcome<Brouillon> {
    let (draft, entree) = {
        let tx = ctx.store.begin_read().await?;
        let acteur = seen(ctx, &tx, requete).await?.acteur.clone();
        let draft = brouillon::load(&tx, acteur.compte, id).await?.ok_or(AppError::Introuvable)?;
        let objet = Objet { nature: "brouillon", id: Some(id.to_string()), ..Objet::default() };
        (draft, ctx.entree(requete, &Acteur::Compte(acteur), "brouillon.read", objet))
    };
    ctx.record(entree).await?;
    Ok(draft)
}

/// Throws a draft away.
///
/// # Errors
/// [`AppError::Introuvable`] when it is gone or somebody else's.
pub async fn discard(ctx: &Contexte, requete: &Requete, id: BrouillonId) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = load_acteur(ctx, &tx, requete).await?;
    // Locked: a file that another window is adding is there before, and goes with the draft, or finds none to go to.
    brouillon::lock(&tx, acteur.compte, id).await?.ok_or(AppError::Introuvable)?;
    brouillon::delete(&tx, acteur.compte, id);
    let objet = Objet { nature: "brouillon", id: Some(id.to_string()), ..Objet::default() };
    ctx.journal(&tx, ctx.entree(requete, &Acteur::Compte(acteur), "brouillon.discard", objet)).await?;
    tx.commit().await?;
    Ok(())
}
