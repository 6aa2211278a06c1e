//! How one wants to be told of news.

use super::Rythme;
use crate::compte::load_acteur;
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use domain::droits::{self, Acteur, Rattachement};
use store::avis;

/// Keeps the choice of the person who asks; `rythme` is the code of a [`Rythme`]. News that wait already are told at the
/// hour they wait for.
///
/// # Errors
/// [`AppError::Saisie`] for another word, [`AppError::Interdit`] for a profil that is never told of a demande.
pub async fn choose(ctx: &Contexte, requete: &Requete, rythme: &str) -> Outcome<()> {
    let asked = "Choisissez comment être prévenu des réponses.";
    let rythme = Rythme::from_code(rythme).ok_or_else(|| AppError::Saisie(vec![ErreurChamp::new("rythme", asked)]))?;
    let tx = ctx.store.begin_write().await?;
    let compte = load_acteur(ctx, &tx, requete).await?;
    let permis = droits::choisir_rythme(&compte)?;
    avis::choose(&tx, &permis, rythme, ctx.now()).await?;
    let (caisse, partenaire) = match compte.rattachement {
        Rattachement::Caisse(caisse) => (Some(caisse), None),
        Rattachement::Partenaire(partenaire) => (None, Some(partenaire)),
        Rattachement::National => (None, None),
    };
    let objet = Objet { nature: "compte", id: Some(compte.compte.to_string()), caisse, partenaire };
    let mut entree = ctx.entree(requete, &Acteur::Compte(compte), "compte.choose_notification", objet);
    entree.details = format!("{{\"rythme\":\"{}\"}}", rythme.code());
    ctx.journal(&tx, entree).await?;
    tx.commit().await?;
    Ok(())
}
