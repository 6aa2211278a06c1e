//! How many months lie between two reviews: a setting of the caisse for each of its conventions, and for its own desk.

use crate::compte::{load_acteur, seen};
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::habilitation::of_caisse;
use domain::compte::Profil;
use domain::droits::{Acteur, Portee, attester, decider};
use domain::habilitation::MOIS_PAR_DEFAUT;
use domain::ids::ConventionId;
use store::revue;
use uuid::Uuid;

/// The longest time between two reviews, in months.
pub const RYTHME_MAX: u32 = 12;

/// The rhythm of a structure or a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rythme {
    /// Its convention; none for the desk.
    pub convention: Option<ConventionId>,
    /// Structure, or nothing for the desk.
    pub nom: String,
    /// Months between two reviews.
    pub mois: u32,
}

/// The rhythms that the acteur may set. No personal data: nothing is journalled.
///
/// # Errors
/// [`AppError::Interdit`] for other profils than référent and administrateur local.
pub async fn rhythm(ctx: &Contexte, requete: &Requete) -> Outcome<Vec<Rythme>> {
    let tx = ctx.store.begin_read().await?;
    let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
    let Portee::Caisse(caisse) = scope(&acteur)? else { return Ok(Vec::new()) };
    if of_desk(&acteur) {
        let mois = revue::rythme(&tx, caisse.get()).await?.unwrap_or(MOIS_PAR_DEFAUT);
        return Ok(vec![Rythme { convention: None, nom: String::new(), mois }]);
    }
    let structures = store::registre::structures(&tx, caisse).await?;
    let objets: Vec<Uuid> = structures.iter().map(|(convention, _, _)| convention.get()).collect();
    let months = revue::rythmes(&tx, &objets).await?;
    let of = |(convention, _, nom): (ConventionId, _, String)| {
        let mois = months.get(&convention.get()).copied().unwrap_or(MOIS_PAR_DEFAUT);
        Rythme { convention: Some(convention), nom, mois }
    };
    Ok(structures.into_iter().map(of).collect())
}

fn of_desk(acteur: &Acteur) -> bool {
    matches!(acteur, Acteur::Compte(a) if a.profil == Profil::AdministrateurLocal)
}

fn scope(acteur: &Acteur) -> Outcome<Portee> {
    if of_desk(acteur) { Ok(attester(acteur)?.portee().clone()) } else { Ok(decider(acteur)?.portee().clone()) }
}

/// Sets the months between two reviews of a convention's structure, or of the desk without one.
///
/// # Errors
/// [`AppError::Saisie`] at `mois`; [`AppError::Introuvable`] for another caisse's convention; [`AppError::Interdit`].
pub async fn set_rhythm(
    ctx: &Contexte,
    requete: &Requete,
    convention: Option<ConventionId>,
    mois: &str,
) -> Outcome<()> {
    let refuse = || {
        let message = format!("Saisissez un nombre de mois entre 1 et {RYTHME_MAX}.");
        AppError::Saisie(vec![ErreurChamp::new("mois", message)])
    };
    let mois: u32 = mois.parse().ok().filter(|m| (1..=RYTHME_MAX).contains(m)).ok_or_else(refuse)?;
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let Portee::Caisse(caisse) = scope(&acteur)? else { return Err(AppError::Introuvable) };
    if of_desk(&acteur) {
        if convention.is_some() {
            return Err(AppError::Introuvable);
        }
        // The desk is reviewed twice a year at least.
        if mois > MOIS_PAR_DEFAUT {
            let message = "Les comptes de la caisse se revoient au moins deux fois par an : 6 mois au plus.";
            return Err(AppError::Saisie(vec![ErreurChamp::new("mois", message)]));
        }
        revue::set_rythme(&tx, &attester(&acteur)?, (caisse.get(), mois), ctx.now()).await?;
    } else {
        let permis = decider(&acteur)?;
        let convention = convention.ok_or(AppError::Introuvable)?;
        of_caisse(ctx, &tx, permis.portee(), convention).await?;
        revue::set_rythme(&tx, &permis, (convention.get(), mois), ctx.now()).await?;
    }
    let id = convention.map_or_else(|| caisse.to_string(), |c| c.to_string());
    let objet = Objet { nature: "revue_rythme", id: Some(id), caisse: Some(caisse), partenaire: None };
    ctx.journal(&tx, ctx.entree(requete, &acteur, "revue.set_rhythm", objet)).await?;
    tx.commit().await?;
    Ok(())
}
