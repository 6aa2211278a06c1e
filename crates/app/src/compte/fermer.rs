//! Closing a compte, whoever does it and why: one place for what goes with it (HA-9, HA-10, HA-11).

use crate::context::Contexte;
use crate::error::Outcome;
use crate::mails::{self, Mail, Pour, comptes::Lettre};
use domain::calendrier::{Zone, jour_civil};
use domain::compte::{CoteInactif, EtatCompte, Fermeture, RaisonInactif, suppression};
use domain::droits::{Acte, Permis, Rattachement};
use store::compte::{self, Compte, liens, sessions};
use store::{Tx, WriteTx};

/// Closes a compte in the caller's transaction: state, instant of its deletion, sessions and links ended, the person told.
/// An exclusion closes what is closed already, with its own date.
///
/// # Errors
/// The database's error; [`crate::AppError::Conflit`] when it changed since it was read.
pub(crate) async fn ferme<A: Acte>(
    ctx: &Contexte,
    tx: &WriteTx,
    permis: &Permis<A>,
    compte: &Compte,
    (raison, cote): (RaisonInactif, CoteInactif),
) -> Outcome<Fermeture> {
    let ou = regle(tx, compte).await?;
    let fermeture = Fermeture::new(ctx.now(), raison, cote, ou);
    let etat = if raison == RaisonInactif::Exclusion { EtatCompte::Exclu } else { EtatCompte::Inactif };
    compte::save(tx, permis, &Compte { etat, fermeture: Some(fermeture), ..compte.clone() }).await?;
    sessions::close_all(tx, permis, compte.id, None).await?;
    liens::revoke(tx, compte.id, ctx.now()).await?;
    let suppression = jour_civil(ou.0, fermeture.supprimer_le);
    let lettre = match raison {
        RaisonInactif::Signalement => Lettre::Signale { suppression },
        RaisonInactif::Exclusion => Lettre::Exclu { suppression },
        _ => Lettre::Inactive { suppression },
    };
    mails::push(ctx, tx, &Mail::Comptes { pour: Pour::Personne(compte.id), lettre }).await?;
    Ok(fermeture)
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
