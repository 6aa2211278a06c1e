//! Whether there is a place left in the quotas of a structure (HA-2). Call it behind the lock of its conventions.

use super::acteur::{jours, profil_partenaire};
use super::invite::saisie;
use super::politique;
use crate::context::Contexte;
use crate::error::{AppError, Outcome};
use chrono::NaiveDate;
use domain::compte::Profil;
use domain::convention::{Acces, CompteVu, Etat, Membres, ProfilPartenaire};
use domain::droits::{Rattachement, Refus};
use domain::ids::PartenaireId;
use store::compte::{self, membres};
use store::convention::Enregistree;
use store::{Tx, WriteTx};

/// What a gestionnaire of the structure may do on a day under a convention: nothing while it is not active, cut or frozen.
pub(crate) fn acces(d: &Enregistree, aujourdhui: NaiveDate) -> Acces {
    let vu = CompteVu { profil: ProfilPartenaire::Gestionnaire, actif: true };
    d.dossier.acces(vu, &d.actes, aujourdhui)
}

/// Checks that each live convention of the structure has a place left for one more compte of a profil; gives the fewest
/// places that any of them allows in all. With several caisses each counts every compte that has access to it.
///
/// # Errors
/// [`AppError::Saisie`] at `profil` when one is full or closed; [`AppError::Interdit`] where no convention opens an access today.
pub(crate) async fn libres(
    ctx: &Contexte,
    tx: &WriteTx,
    (partenaire, profil): (PartenaireId, Profil),
    dossiers: &[Enregistree],
) -> Outcome<u32> {
    let jours = jours(ctx, tx, dossiers.iter().map(|d| d.caisse)).await?;
    let opens = |d: &&Enregistree| jours.get(&d.caisse).is_some_and(|jour| acces(d, *jour).gere_les_comptes());
    let ouvertes: Vec<&Enregistree> = dossiers.iter().filter(opens).collect();
    if ouvertes.is_empty() {
        return Err(AppError::Interdit(Refus::SansAcces));
    }
    let cote = profil_partenaire(profil).ok_or(AppError::Interdit(Refus::ActeInterdit))?;
    let occupes = compte::count(tx, Rattachement::Partenaire(partenaire), profil, ctx.now()).await?;
    let occupes = u32::try_from(occupes).unwrap_or(u32::MAX);
    let declares = membres::last(tx, partenaire).await?;
    let mut fewest = u32::MAX;
    for d in ouvertes {
        let membres = d.dossier.membres_retenus(declares).map(|m| m.nombre);
        if let Err(refus) = d.dossier.peut_creer(cote, occupes, membres) {
            return Err(saisie("profil", &politique::phrase(&refus.to_string())));
        }
        fewest = fewest.min(d.dossier.quota(membres).map_or(0, |q| q.places(cote)));
    }
    Ok(fewest)
}

/// The conventions that are live today at their caisse.
pub(super) async fn actives<'a>(ctx: &Contexte, tx: &Tx, dossiers: &'a [Enregistree]) -> Outcome<Vec<&'a Enregistree>> {
    let jours = jours(ctx, tx, dossiers.iter().map(|d| d.caisse)).await?;
    let active = |d: &&Enregistree| {
        jours.get(&d.caisse).is_some_and(|aujourdhui| d.dossier.etat(&d.actes, *aujourdhui) == Etat::Active)
    };
    Ok(dossiers.iter().filter(active).collect())
}

/// Profils of which a structure has more comptes than a convention allows with this number of members.
pub(super) fn depasses(d: &Enregistree, membres: Option<Membres>, comptes: [(Profil, u64); 2]) -> Vec<Profil> {
    let Ok(quota) = d.dossier.quota(membres.map(|m| m.nombre)) else { return Vec::new() };
    let over = |(profil, n): (Profil, u64)| {
        let places = quota.places(profil_partenaire(profil)?);
        (n > u64::from(places)).then_some(profil)
    };
    comptes.into_iter().filter_map(over).collect()
}
