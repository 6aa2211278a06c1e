//! Reviews of comptes (HA-12): opened by the portal on their day, by the caisse or by the structure; answered on one page, in
//! one transaction, with a dated proof of the whole table. The desk's own comptes are reviewed the same way (CA-4).

mod answer;
mod list;
mod open;
mod rhythm;
mod show;
mod table;

pub use answer::{Reponse, answer};
pub use list::{Liste, Resume, list};
pub use open::{begin, demand};
pub use rhythm::{RYTHME_MAX, Rythme, rhythm, set_rhythm};
pub use show::{Fiche, LigneDeRevue, show};
pub use store::revue::{Revue, Vue};
pub use table::{Tableau, csv, imprime};

pub(crate) use open::open_due;
pub(crate) use open::tell;

use crate::compte::acces;
use crate::context::{Contexte, Objet};
use crate::error::{AppError, Outcome};
use chrono::NaiveDate;
use domain::calendrier::{Zone, jour_civil};
use domain::compte::Profil;
use domain::convention::Etat;
use domain::droits::{Acteur, Rattachement};
use domain::habilitation::EtatRevue;
use store::Tx;
use store::revue::Sujet;

/// Whose reviews an acteur sees.
fn sujet(acteur: &Acteur) -> Sujet {
    match acteur {
        Acteur::Compte(a) if a.profil == Profil::AdministrateurLocal => Sujet::Bureau,
        _ => Sujet::Structures,
    }
}

/// Whose comptes a review is about.
const fn rattachement(r: &Revue) -> Rattachement {
    match r.partenaire {
        Some(partenaire) => Rattachement::Partenaire(partenaire),
        None => Rattachement::Caisse(r.caisse),
    }
}

/// A review of the other kind is as unknown as another tenant's.
fn of_sujet(acteur: &Acteur, r: Revue) -> Outcome<Revue> {
    let bureau = r.convention.is_none();
    if bureau == (sujet(acteur) == Sujet::Bureau) { Ok(r) } else { Err(AppError::Introuvable) }
}

/// Reviews without those that wait under a convention that has ended: nobody answers them any more. One query for the
/// conventions, one for the caisses.
pub(crate) async fn still_due(tx: &Tx, revues: Vec<Revue>, today: impl Fn(Zone) -> NaiveDate) -> Outcome<Vec<Revue>> {
    let conventions: Vec<_> = revues.iter().filter_map(|r| r.convention).collect();
    let dossiers = store::revue::dossiers(tx, &conventions).await?;
    let caisses: Vec<_> = revues.iter().map(|r| r.caisse).collect();
    let caisses = store::caisse::some(tx, &caisses).await?;
    let ended = |r: &Revue| {
        let c = r.convention.and_then(|c| dossiers.get(&c));
        let zone = caisses.iter().find(|c| c.id == r.caisse).map(|c| c.fiche.zone);
        let dossier = c.zip(zone).filter(|_| r.etat == EtatRevue::Ouverte);
        dossier.is_some_and(|(c, zone)| c.dossier.etat(&c.actes, today(zone)) == Etat::Terminee)
    };
    Ok(revues.into_iter().filter(|r| !ended(r)).collect())
}

/// Reviews that somebody can answer today: not those of a structure that is cut or frozen at their caisse (PA-3), nor under
/// a convention that is not active. The desk's own can always be answered. As for [`still_due`], one query each.
pub(crate) async fn answerable(ctx: &Contexte, tx: &Tx, revues: Vec<Revue>) -> Outcome<Vec<Revue>> {
    let conventions: Vec<_> = revues.iter().filter_map(|r| r.convention).collect();
    let dossiers = store::revue::dossiers(tx, &conventions).await?;
    let caisses: Vec<_> = revues.iter().map(|r| r.caisse).collect();
    let caisses = store::caisse::some(tx, &caisses).await?;
    let open = |r: &Revue| {
        let Some(convention) = r.convention else { return true };
        let zone = caisses.iter().find(|c| c.id == r.caisse).map(|c| c.fiche.zone);
        let dossier = dossiers.get(&convention).zip(zone);
        dossier.is_some_and(|(c, zone)| acces(c, jour_civil(zone, ctx.now())).gere_les_comptes())
    };
    Ok(revues.into_iter().filter(|r| open(r)).collect())
}

/// The journal's object for a review.
fn objet(r: &Revue) -> Objet {
    Objet { nature: "revue", id: Some(r.id.to_string()), caisse: Some(r.caisse), partenaire: r.partenaire }
}
