//! The comptes that an administrateur manages, and where he may open new ones.

use super::managed;
use crate::compte::seen;
use crate::context::{Contexte, Requete};
use crate::error::Outcome;
use crate::habilitation::tenants;
use domain::calendrier::Zone;
use domain::compte::Profil;
use domain::droits::{Acteur, Rattachement};
use domain::ids::{CaisseId, CompteId};
use std::collections::HashMap;
use store::caisse::Service;
use store::compte::{self, Compte};

/// Rows of a page.
const PAGE: u64 = 25;

/// A compte of the list.
#[derive(Clone, Debug)]
pub struct Ligne {
    /// The compte.
    pub compte: Compte,
    /// Caisse, or « National ».
    pub organisation: String,
    /// Names of an agent's services.
    pub services: Vec<String>,
}

/// A page of comptes.
#[derive(Clone, Debug)]
pub struct Liste {
    /// The comptes.
    pub lignes: Vec<Ligne>,
    /// Where the next page begins.
    pub suite: Option<CompteId>,
    /// Zone of the reader.
    pub zone: Zone,
}

/// A page of comptes; journalled, as it names people.
///
/// # Errors
/// [`crate::AppError::Interdit`] for other profils.
pub async fn list(ctx: &Contexte, requete: &Requete, apres: Option<CompteId>) -> Outcome<Liste> {
    let tx = ctx.store.begin_read().await?;
    let vu = seen(ctx, &tx, requete).await?;
    let acteur = Acteur::Compte(vu.acteur.clone());
    let (portee, profils) = managed(&acteur)?;
    let mut found = compte::administered(&tx, &portee, profils, (apres, PAGE + 1), ctx.now()).await?;
    let more = found.len() as u64 > PAGE;
    found.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let suite = found.last().filter(|_| more).map(|c| c.id);
    let ids: Vec<CompteId> = found.iter().map(|c| c.id).collect();
    let services = compte::services_of(&tx, &ids).await?;
    let caisses: Vec<CaisseId> = found.iter().filter_map(caisse_of).collect();
    let caisses: HashMap<CaisseId, String> =
        store::caisse::some(&tx, &caisses).await?.into_iter().map(|c| (c.id, c.fiche.nom)).collect();
    let known = match portee {
        domain::droits::Portee::Caisse(caisse) => store::caisse::services(&tx, caisse).await?,
        _ => Vec::new(),
    };
    let of = |compte: Compte| Ligne {
        organisation: caisse_of(&compte)
            .map_or_else(|| "National".to_owned(), |c| caisses.get(&c).cloned().unwrap_or_default()),
        services: known
            .iter()
            .filter(|s| services.get(&compte.id).is_some_and(|mine| mine.contains(&s.id)))
            .map(|s| s.nom.clone())
            .collect(),
        compte,
    };
    let lignes = found.into_iter().map(of).collect();
    let (caisse, partenaire) = tenants(&portee);
    let objet = crate::Objet { nature: "compte", id: None, caisse, partenaire };
    ctx.record(ctx.entree(requete, &acteur, "administration.list", objet)).await?;
    let zone = vu.caisses.first().map_or(Zone::Metropole, |c| c.fiche.zone);
    Ok(Liste { lignes, suite, zone })
}

/// The caisse of a compte of the desk.
pub(super) const fn caisse_of(c: &Compte) -> Option<CaisseId> {
    match c.rattachement {
        Rattachement::Caisse(caisse) => Some(caisse),
        _ => None,
    }
}

/// What the form of a new compte offers.
#[derive(Clone, Debug)]
pub struct Cible {
    /// Profils that may be opened.
    pub profils: &'static [Profil],
    /// The one caisse of an administrateur local; every caisse for the national one.
    pub caisses: Vec<(CaisseId, String)>,
    /// Services of the one caisse.
    pub services: Vec<Service>,
}

/// What the form of a new compte offers. No personal data: nothing is journalled.
///
/// # Errors
/// [`crate::AppError::Interdit`] for other profils.
pub async fn targets(ctx: &Contexte, requete: &Requete) -> Outcome<Cible> {
    let tx = ctx.store.begin_read().await?;
    let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
    let (portee, profils) = managed(&acteur)?;
    let (caisses, services) = match portee {
        domain::droits::Portee::Caisse(caisse) => {
            (store::caisse::some(&tx, &[caisse]).await?, store::caisse::services(&tx, caisse).await?)
        }
        _ => (store::caisse::all(&tx).await?, Vec::new()),
    };
    let caisses = caisses.into_iter().map(|c| (c.id, c.fiche.nom)).collect();
    Ok(Cible { profils, caisses, services })
}
