//! Journal rows of a sign-in, before there is an acteur. An identifiant that no compte has is never written.

use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use domain::droits::Rattachement;
use store::WriteTx;
use store::compte::Compte;
use store::journal::{Entree, Resultat};

/// What the journal calls somebody who has not shown who he is.
const ANONYME: &str = "anonyme";

/// The journal's object for a compte.
pub(crate) fn objet(compte: &Compte) -> Objet {
    let (caisse, partenaire) = match compte.rattachement {
        Rattachement::Caisse(c) => (Some(c), None),
        Rattachement::Partenaire(p) => (None, Some(p)),
        Rattachement::National => (None, None),
    };
    Objet { nature: "compte", id: Some(compte.id.to_string()), caisse, partenaire }
}

/// A row on a compte by itself, or on nobody known.
fn entree(ctx: &Contexte, requete: &Requete, compte: Option<&Compte>, action: &'static str) -> Entree {
    let objet = compte.map_or_else(|| Objet { nature: "compte", ..Objet::default() }, objet);
    Entree {
        id: ctx.new_id(),
        le: ctx.now(),
        requete: requete.id.clone(),
        acteur: compte.map_or(ANONYME, |c| c.profil.code()),
        compte: compte.map(|c| c.id),
        action,
        objet: objet.nature,
        objet_id: objet.id,
        caisse: objet.caisse,
        partenaire: objet.partenaire,
        adresse: requete.adresse.clone(),
        resultat: Resultat::Fait,
        details: "{}".to_owned(),
    }
}

/// Done by somebody who has shown nothing: on the compte it is about, or on nobody.
pub(super) async fn demande(
    ctx: &Contexte,
    tx: &WriteTx,
    requete: &Requete,
    compte: Option<&Compte>,
    action: &'static str,
) -> Outcome<()> {
    ctx.journal(tx, entree(ctx, requete, compte, action)).await
}

/// Done, in the transaction of the act.
pub(super) async fn fait(
    ctx: &Contexte,
    tx: &WriteTx,
    requete: &Requete,
    compte: &Compte,
    action: &'static str,
) -> Outcome<()> {
    ctx.journal(tx, entree(ctx, requete, Some(compte), action)).await
}

/// Refused, in the transaction that counted the try.
pub(super) async fn refuse_dans(
    ctx: &Contexte,
    tx: &WriteTx,
    requete: &Requete,
    compte: Option<&Compte>,
    action: &'static str,
) -> Outcome<()> {
    let mut entree = entree(ctx, requete, compte, action);
    entree.resultat = Resultat::Refus;
    ctx.journal(tx, entree).await
}

/// Refused, outside any transaction: for a known compte and for nobody it costs the same.
pub(super) async fn refuse(
    ctx: &Contexte,
    requete: &Requete,
    compte: Option<&Compte>,
    action: &'static str,
) -> Outcome<()> {
    let mut entree = entree(ctx, requete, compte, action);
    entree.resultat = Resultat::Refus;
    ctx.record(entree).await
}

/// Notes that the throttle refused, once the transaction that asked it is dropped; gives the error to answer with.
pub(super) async fn freine(
    ctx: &Contexte,
    requete: &Requete,
    compte: Option<&Compte>,
    action: &'static str,
    error: AppError,
) -> AppError {
    if !matches!(error, AppError::TropDEssais(_)) {
        return error;
    }
    refuse(ctx, requete, compte, action).await.err().unwrap_or(error)
}
