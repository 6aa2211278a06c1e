//! Opening a closed compte again, within the months before its deletion (HA-9). A place and a live convention are needed,
//! as for a new one.

use super::acteur::load_renforce;
use super::exclude::MOTIF_MAX;
use super::rouvrir::rouvre;
use super::vise::{Vise, permis, vise};
use super::{places, trace};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::preuve::{self, Nature, Preuve};
use domain::compte::EtatCompte;
use domain::droits::{Acteur, reactiver};
use domain::ids::CompteId;
use store::compte;
use store::{StoreError, WriteTx};

/// Tries when another compte takes the same place at the same instant.
const ESSAIS: u32 = 4;

/// Opens a closed compte of a structure. After a loss, a theft or a fraud, or where the first sign-in was never finished,
/// the person begins again by a one-time link; otherwise with the password and the second factor as they were.
///
/// # Errors
/// [`AppError::Introuvable`] outside the acteur's scope, and for a compte that is deleted; [`AppError::Interdit`] when
/// only the caisse may; [`AppError::Conflit`] when it is not closed; [`AppError::Saisie`] at `profil` without a place, at
/// `code`.
pub async fn reactivate(ctx: &Contexte, requete: &Requete, cible: CompteId) -> Outcome<()> {
    reopen(ctx, requete, cible, "").await
}

/// As [`reactivate`]. An exclusion is undone by the caisse that decided it, with its reason, which is a proof (HA-11).
///
/// # Errors
/// As for [`reactivate`]; [`AppError::Saisie`] at `motif` for an excluded compte.
pub async fn reopen(ctx: &Contexte, requete: &Requete, cible: CompteId, motif: &str) -> Outcome<()> {
    for _ in 1..ESSAIS {
        match essaie(ctx, requete, cible, motif.trim()).await {
            Err(AppError::Stockage(StoreError::Taken)) => {}
            autre => return autre,
        }
    }
    essaie(ctx, requete, cible, motif.trim()).await
}

async fn essaie(ctx: &Contexte, requete: &Requete, cible: CompteId, motif: &str) -> Outcome<()> {
    const ACTION: &str = "compte.reactivate";
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_renforce(ctx, &tx, requete).await?);
    let v = vise(ctx, &tx, &acteur, cible).await?;
    let objet = trace::objet(&v.compte);
    if v.compte.fermeture.is_none() {
        return Err(AppError::Conflit);
    }
    let decision = reactiver(&acteur, &v.cible(), v.closing());
    let (permis, tx) = permis(ctx, requete, (&acteur, tx), (ACTION, objet.clone()), decision).await?;
    if v.compte.etat == EtatCompte::Exclu {
        prove(ctx, &tx, (&acteur, &v), motif).await?;
    }
    let places = places::libres(ctx, &tx, (v.partenaire, v.compte.profil), &v.dossiers).await?;
    rouvre(ctx, &tx, &permis, &v.compte).await?;
    compte::take_place(&tx, &permis, (cible, v.partenaire, v.compte.profil), places).await?;
    ctx.journal(&tx, ctx.entree(requete, &acteur, ACTION, objet)).await?;
    tx.commit().await?;
    Ok(())
}

/// That the exclusion was taken back, and why.
async fn prove(ctx: &Contexte, tx: &WriteTx, (acteur, v): (&Acteur, &Vise), motif: &str) -> Outcome<()> {
    if motif.is_empty() || motif.chars().count() > MOTIF_MAX {
        let message = "Écrivez pourquoi la caisse revient sur l’exclusion, en 1 000 caractères au plus.";
        return Err(AppError::Saisie(vec![ErreurChamp::new("motif", message)]));
    }
    let preuve = Preuve {
        nature: Nature::Decision,
        caisse: v.exclue_par,
        partenaire: Some(v.partenaire),
        convention: v.dossiers.iter().find(|d| Some(d.caisse) == v.exclue_par).map(|d| d.id),
        compte: Some(v.compte.id),
        auteur: acteur.compte(),
        contenu: vec![
            ("Décision", "Fin de l’exclusion d’un utilisateur par la caisse".to_owned()),
            ("Personne", v.compte.identite.nom_affiche()),
            ("Identifiant", v.compte.identifiant.clone()),
            ("Motif", motif.to_owned()),
        ],
    };
    preuve::add(ctx, tx, preuve).await?;
    Ok(())
}
