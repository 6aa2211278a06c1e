//! Lists of reviews: of one's structure, of the structures of a caisse with what is late first, of one's desk.

use super::{still_due, sujet};
use crate::compte::seen;
use crate::context::{Contexte, Requete};
use crate::error::Outcome;
use domain::calendrier::{Zone, jour_civil};
use domain::droits::{Acteur, lire_revues};
use domain::habilitation::EtatRevue;
use domain::ids::RevueId;
use store::revue::{self, Revue, Vue};

/// Rows of a page.
const PAGE: u64 = 25;

/// A review of a list.
#[derive(Clone, Debug)]
pub struct Resume {
    /// The review.
    pub revue: Revue,
    /// Structure, or caisse for the desk's own comptes.
    pub organisation: String,
    /// Name of the caisse.
    pub caisse: String,
    /// Its zone.
    pub zone: Zone,
    /// Whether its due day has passed.
    pub en_retard: bool,
}

/// A page of reviews.
#[derive(Clone, Debug)]
pub struct Liste {
    /// The reviews.
    pub revues: Vec<Resume>,
    /// Where the next page begins.
    pub suite: Option<RevueId>,
}

/// A page of the reviews that the acteur sees. No personal data: nothing is journalled.
///
/// # Errors
/// [`crate::AppError::Interdit`] for other profils.
pub async fn list(ctx: &Contexte, requete: &Requete, vue: Vue, apres: Option<RevueId>) -> Outcome<Liste> {
    let tx = ctx.store.begin_read().await?;
    let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
    let portee = lire_revues(&acteur)?;
    let mut found = revue::list(&tx, (&portee, sujet(&acteur)), vue, apres, PAGE + 1).await?;
    let more = found.len() as u64 > PAGE;
    found.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let suite = found.last().filter(|_| more).map(|r| r.id);
    let found = still_due(&tx, found, |zone| jour_civil(zone, ctx.now())).await?;
    let ids: Vec<_> = found.iter().map(|r| r.caisse).collect();
    let caisses = store::caisse::some(&tx, &ids).await?;
    let structures: Vec<_> = found.iter().filter_map(|r| r.partenaire).collect();
    let structures = store::registre::structure_names(&tx, &structures).await?;
    let mut revues = Vec::with_capacity(found.len());
    for revue in found {
        let caisse = caisses.iter().find(|c| c.id == revue.caisse);
        let zone = caisse.map_or(Zone::Metropole, |c| c.fiche.zone);
        let caisse = caisse.map(|c| c.fiche.nom.clone()).unwrap_or_default();
        let organisation = match revue.partenaire {
            Some(p) => structures.get(&p).cloned().unwrap_or_default(),
            None => caisse.clone(),
        };
        let en_retard = revue.etat == EtatRevue::Ouverte && revue.echeance < jour_civil(zone, ctx.now());
        revues.push(Resume { revue, organisation, caisse, zone, en_retard });
    }
    Ok(Liste { revues, suite })
}
