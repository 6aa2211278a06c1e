//! How many comptes a structure has, and how many its conventions allow (HA-2): what its gestionnaire's home shows.

use super::acteur::load_acteur;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use domain::compte::Profil;
use domain::droits::{Acteur, Portee, Rattachement, Refus, lire_comptes};
use store::{caisse, compte, convention};

/// Comptes of a structure beside the places that its convention with one caisse gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// Name of the caisse.
    pub caisse: String,
    /// Comptes of gestionnaires, active and invited, and how many are allowed; none while the convention does not tell.
    pub gestionnaires: (u64, Option<u32>),
    /// The same of techniciens.
    pub techniciens: (u64, Option<u32>),
}

/// The places of the structure of a gestionnaire, one entry a live convention. No personal data: nothing is journalled.
///
/// # Errors
/// [`AppError::Interdit`] for other profils.
pub async fn seats(ctx: &Contexte, requete: &Requete) -> Outcome<Vec<Places>> {
    let tx = ctx.store.begin_read().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let Portee::Partenaire { partenaire, caisses } = lire_comptes(&acteur)? else {
        return Err(AppError::Interdit(Refus::ActeInterdit));
    };
    let ici = Rattachement::Partenaire(partenaire);
    let gestionnaires = compte::count(&tx, ici, Profil::Gestionnaire, ctx.now()).await?;
    let techniciens = compte::count(&tx, ici, Profil::Technicien, ctx.now()).await?;
    let noms = caisse::some(&tx, &caisses).await?;
    let mut places = Vec::new();
    for c in convention::of_partenaire(&tx, partenaire).await? {
        let Some(caisse) = noms.iter().find(|n| n.id == c.caisse) else { continue };
        let quota = c.dossier.quota(c.dossier.membres()).ok();
        places.push(Places {
            caisse: caisse.fiche.nom.clone(),
            gestionnaires: (gestionnaires, quota.map(|q| q.gestionnaires)),
            techniciens: (techniciens, quota.map(|q| q.techniciens)),
        });
    }
    Ok(places)
}
