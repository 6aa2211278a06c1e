//! Closing a compte, whoever does it and why: one place for what goes with it (HA-9, HA-10, HA-11).

use super::places;
use crate::context::Contexte;
use crate::error::{AppError, Outcome};
use crate::mails::{self, Mail, Pour, comptes::Lettre};
use crate::notification;
use domain::calendrier::{Zone, jour_civil};
use domain::compte::{CoteInactif, EtatCompte, Fermeture, RaisonInactif, suppression};
use domain::droits::{Acte, Permis, Portee, Rattachement};
use domain::ids::CompteId;
use store::compte::{self, Compte, liens, sessions};
use store::{Tx, WriteTx};

/// Closes a compte in the caller's transaction: state, instant of its deletion, sessions and links ended, the person told.
/// An exclusion also marks what is closed already: since when, and when it is deleted, stay as they were. What a caisse
/// decides of its own is told to the other caisses of the structure.
///
/// # Errors
/// The database's error; [`AppError::Conflit`] when it is closed already, or changed since it was read.
pub(crate) async fn ferme<A: Acte>(
    ctx: &Contexte,
    tx: &WriteTx,
    permis: &Permis<A>,
    compte: &Compte,
    (raison, cote): (RaisonInactif, CoteInactif),
) -> Outcome<Fermeture> {
    let exclusion = raison == RaisonInactif::Exclusion;
    let ouvert = matches!(compte.etat, EtatCompte::Invite | EtatCompte::Actif);
    if !(ouvert || exclusion && compte.etat == EtatCompte::Inactif) {
        return Err(AppError::Conflit);
    }
    let ou = regle(tx, compte).await?;
    let fermeture = match compte.fermeture {
        Some(deja) => Fermeture { raison, cote, ..deja },
        None => Fermeture::new(ctx.now(), raison, cote, ou),
    };
    let etat = if exclusion { EtatCompte::Exclu } else { EtatCompte::Inactif };
    let mut ferme = Compte { etat, fermeture: Some(fermeture), ..compte.clone() };
    if compte.fermeture.is_some_and(|f| f.raison == RaisonInactif::Signalement) {
        // The reason gives way to the exclusion: what may be in other hands is forgotten now (HA-11).
        (ferme.mot_de_passe, ferme.second_facteur) = (None, None);
        compte::codes::forget(tx, permis, compte.id).await?;
    }
    compte::save(tx, permis, &ferme).await?;
    sessions::close_all(tx, permis, compte.id, None).await?;
    liens::revoke(tx, compte.id, ctx.now()).await?;
    let suppression = jour_civil(ou.0, fermeture.supprimer_le);
    let lettre = match raison {
        RaisonInactif::Signalement => Lettre::Signale { suppression },
        RaisonInactif::Exclusion => Lettre::Exclu { suppression },
        _ => Lettre::Inactive { suppression },
    };
    mails::push(ctx, tx, &Mail::Comptes { pour: Pour::Personne(compte.id), lettre }).await?;
    if cote == CoteInactif::Caisse && (exclusion || raison == RaisonInactif::Caisse) {
        tell_others(ctx, tx, permis.portee(), compte.id).await?;
    }
    Ok(fermeture)
}

/// The other caisses that have a live convention with the structure learn what one of them decided.
async fn tell_others(ctx: &Contexte, tx: &WriteTx, portee: &Portee, cible: CompteId) -> Outcome<()> {
    let Portee::Partenaire { partenaire, caisses } = portee else { return Ok(()) };
    let dossiers = store::convention::of_partenaire(tx, *partenaire).await?;
    for d in places::actives(ctx, tx, &dossiers).await? {
        if !caisses.contains(&d.caisse) {
            let mail = |pour| Mail::Comptes { pour, lettre: Lettre::FermeAilleurs { cible } };
            notification::a_la_caisse(ctx, tx, d, mail).await?;
        }
    }
    Ok(())
}

/// The zone in which a compte is deleted, and after how many months: those of its caisse or, for a structure, of its
/// conventions; of several, the zone of the first and the longest delay, so that none of them loses a compte too early.
pub(crate) async fn regle(tx: &Tx, compte: &Compte) -> Outcome<(Zone, u32)> {
    match compte.rattachement {
        Rattachement::Partenaire(p) => {
            let liees = store::convention::liees(tx, p).await?;
            let mois = liees.iter().filter_map(|l| l.accord.dossier.suppression_comptes_mois()).max();
            let zone = liees.first().map_or(Zone::Metropole, |l| l.caisse.fiche.zone);
            Ok((zone, mois.filter(|m| *m > 0).unwrap_or(suppression::MOIS)))
        }
        Rattachement::Caisse(c) => {
            let caisse = store::caisse::some(tx, &[c]).await?.pop();
            Ok((caisse.map_or(Zone::Metropole, |c| c.fiche.zone), suppression::MOIS))
        }
        Rattachement::National => Ok((Zone::Metropole, suppression::MOIS)),
    }
}
