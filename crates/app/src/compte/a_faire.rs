//! What a gestionnaire has to do about the comptes of his structure (HA-2, HA-4, HA-6, HA-10, HA-14).

use super::age;
use super::comptes::{Comptes, Places};
use super::places::actives;
use crate::context::Contexte;
use crate::error::Outcome;
use crate::habilitation::dues::{hindered_of, review_of};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::calendrier::{echeance, jour_civil};
use domain::compte::suppression::ANNONCE_JOURS;
use domain::compte::{EtatCompte, Profil};
use domain::convention::Unite;
use domain::droits::Portee;
use domain::ids::{CompteId, DemarcheId, PartenaireId, RevueId};
use store::Tx;
use store::compte;
use store::compte::liste::Ligne;

/// A password that ages in so many days is told.
const PREVENIR_JOURS: i64 = 30;

/// What a gestionnaire has to do. Each kind is made by one place; the pages say it in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AFaire {
    /// Create the first techniciens before a day (HA-4).
    PremiersTechniciens {
        /// Name of the caisse whose convention says so.
        caisse: String,
        /// The last day.
        avant_le: NaiveDate,
        /// Whether it is over.
        en_retard: bool,
    },
    /// An invitation that nobody took up in time.
    InvitationExpiree {
        /// The compte.
        compte: CompteId,
        /// Its person.
        nom: String,
    },
    /// A closed compte that is deleted soon.
    SuppressionProche {
        /// The compte.
        compte: CompteId,
        /// Its person.
        nom: String,
        /// The day.
        le: NaiveDate,
    },
    /// One's own password that is to be changed soon (HA-14).
    MotDePasse {
        /// The last day.
        avant_le: NaiveDate,
    },
    /// The review of the comptes (HA-12).
    Revue {
        /// The review.
        revue: RevueId,
        /// The last day.
        avant_le: NaiveDate,
        /// Whether it is over.
        en_retard: bool,
    },
    /// A departure whose day has come and that waits for something (HA-8).
    DepartEmpeche {
        /// The form.
        demarche: DemarcheId,
    },
    /// More comptes than places: nothing can be created (HA-2).
    QuotaDepasse {
        /// Name of the caisse.
        caisse: String,
    },
}

/// What is due, from each place that knows something due. Add a source here.
pub(super) async fn of(
    ctx: &Contexte,
    tx: &Tx,
    (moi, partenaire): (CompteId, PartenaireId),
    (comptes, toutes): (&Comptes, &[Ligne]),
) -> Outcome<Vec<AFaire>> {
    let mut due = premiers_techniciens(ctx, tx, (moi, partenaire)).await?;
    due.extend(comptes.places.iter().filter(|p| is_over(p)).map(|p| AFaire::QuotaDepasse { caisse: p.caisse.clone() }));
    let revue = review_of(tx, partenaire, jour_civil(comptes.zone, ctx.now())).await?;
    due.extend(revue.map(|(revue, avant_le, en_retard)| AFaire::Revue { revue, avant_le, en_retard }));
    due.extend(hindered_of(tx, partenaire).await?.into_iter().map(|demarche| AFaire::DepartEmpeche { demarche }));
    due.extend(toutes.iter().filter_map(|l| of_line(l, comptes)));
    let Some(compte) = compte::load(tx, &Portee::Soi(moi), moi, ctx.now()).await? else {
        return Ok(due);
    };
    let fin = match &compte.mot_de_passe {
        Some(m) => age::of(tx, &compte).await?.expire_le(compte.profil, m.le, compte.est_enrole()),
        None => None,
    };
    let soon = fin.filter(|fin| *fin <= ctx.now() + TimeDelta::days(PREVENIR_JOURS));
    due.extend(soon.map(|fin| AFaire::MotDePasse { avant_le: jour_civil(comptes.zone, fin) }));
    Ok(due)
}

fn is_over(p: &Places) -> bool {
    let over = |(n, places): (u64, Option<u32>)| places.is_some_and(|places| n > u64::from(places));
    over(p.gestionnaires) || over(p.techniciens)
}

fn of_line(l: &Ligne, comptes: &Comptes) -> Option<AFaire> {
    let (compte, nom) = (l.id, l.nom.clone());
    if est_expiree(l, comptes.lue_le) {
        return Some(AFaire::InvitationExpiree { compte, nom });
    }
    let fin = l.fermeture.map(|f| f.supprimer_le)?;
    let proche = fin <= comptes.lue_le + TimeDelta::days(ANNONCE_JOURS);
    proche.then(|| AFaire::SuppressionProche { compte, nom, le: jour_civil(comptes.zone, fin) })
}

/// Whether somebody invited has no link that still works.
#[must_use]
pub fn est_expiree(l: &Ligne, now: DateTime<Utc>) -> bool {
    l.etat == EtatCompte::Invite && l.invitation.is_none_or(|fin| fin <= now)
}

/// HA-4: within so many working days of the mail that confirmed this gestionnaire's profil, while the structure has never
/// had a technicien.
async fn premiers_techniciens(
    ctx: &Contexte,
    tx: &Tx,
    (moi, partenaire): (CompteId, PartenaireId),
) -> Outcome<Vec<AFaire>> {
    if compte::ever(tx, partenaire, Profil::Technicien).await? {
        return Ok(Vec::new());
    }
    let Some(recu) = compte::confirmed(tx, moi).await? else { return Ok(Vec::new()) };
    let dossiers = store::convention::of_partenaire(tx, partenaire).await?;
    let mut due = Vec::new();
    for d in actives(ctx, tx, &dossiers).await? {
        let Some(delai) = d.dossier.delai_techniciens() else { continue };
        let Some(caisse) = store::caisse::some(tx, &[d.caisse]).await?.pop() else { continue };
        let zone = caisse.fiche.zone;
        let depart = jour_civil(zone, recu);
        let avant_le = match delai.unite {
            Unite::Ouvres => echeance(zone, depart, delai.jours),
            Unite::Calendaires | Unite::Jours => depart + TimeDelta::days(i64::from(delai.jours)),
        };
        let en_retard = jour_civil(zone, ctx.now()) > avant_le;
        due.push(AFaire::PremiersTechniciens { caisse: caisse.fiche.nom.clone(), avant_le, en_retard });
    }
    Ok(due)
}
