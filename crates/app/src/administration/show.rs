//! One compte of the desk or the country, with what its reader may do with it.

use super::list::caisse_of;
use super::managed;
use crate::compte::{objet_compte, seen};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use domain::calendrier::Zone;
use domain::compte::{EtatCompte, Profil};
use domain::droits::{Acteur, Cible, Portee, inactiver};
use domain::ids::CompteId;
use store::caisse::Service;
use store::compte::{self, Compte};

/// A compte with what surrounds it.
#[derive(Clone, Debug)]
pub struct Fiche {
    /// The compte.
    pub compte: Compte,
    /// Caisse, or « National ».
    pub organisation: String,
    /// Every service of its caisse, with whether it is an agent's.
    pub services: Vec<(Service, bool)>,
    /// Its zone.
    pub zone: Zone,
    /// Whether the reader may act on it: never on himself.
    pub agit: bool,
}

/// A compte that an administrateur manages; any other one, and one that nobody may see any more (HA-10), is unknown.
pub(super) async fn visible(
    ctx: &Contexte,
    tx: &store::Tx,
    (portee, profils): (&Portee, &[Profil]),
    id: CompteId,
) -> Outcome<Compte> {
    let compte = compte::load(tx, portee, id, ctx.now()).await?.ok_or(AppError::Introuvable)?;
    if profils.contains(&compte.profil) { Ok(compte) } else { Err(AppError::Introuvable) }
}

/// One compte.
///
/// # Errors
/// [`AppError::Introuvable`] out of scope; [`AppError::Interdit`] for other profils.
pub async fn show(ctx: &Contexte, requete: &Requete, id: CompteId) -> Outcome<Fiche> {
    let tx = ctx.store.begin_read().await?;
    let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
    let (portee, profils) = managed(&acteur)?;
    let mine = acteur.compte() == Some(id);
    let compte = match compte::load(&tx, &portee, id, ctx.now()).await?.filter(|_| mine) {
        Some(own) => own,
        None => visible(ctx, &tx, (&portee, profils), id).await?,
    };
    let (mut services, mut organisation, mut zone) = (Vec::new(), "National".to_owned(), Zone::Metropole);
    if let Some(caisse) = caisse_of(&compte) {
        if let Some(c) = store::caisse::some(&tx, &[caisse]).await?.pop() {
            (organisation, zone) = (c.fiche.nom, c.fiche.zone);
        }
        if compte.profil == Profil::Agent {
            let mine = compte::services(&tx, id).await?;
            let known = store::caisse::services(&tx, caisse).await?;
            services = known.into_iter().map(|s| (s.clone(), mine.contains(&s.id))).collect();
        }
    }
    let cible = Cible { profil: compte.profil, rattachement: compte.rattachement, caisses: &[] };
    let agit = !mine && inactiver(&acteur, &cible).is_ok() && compte.etat != EtatCompte::Exclu;
    ctx.record(ctx.entree(requete, &acteur, "administration.show", objet_compte(&compte))).await?;
    Ok(Fiche { compte, organisation, services, zone, agit })
}
