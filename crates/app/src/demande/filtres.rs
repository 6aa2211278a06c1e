//! Filters of a list, as an address holds them (DE-11): read all at once, each fault at its field.

use super::depot::one;
use crate::error::ErreurChamp;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use domain::calendrier::Zone;
use domain::demande::{Etat, Sorte};
use domain::ids::CompteId;
use store::brouillon::Saisie;
use store::caisse::Caisse;
use store::demande::Criteres;

/// Names of the fields in an address.
pub const FILTRES: [&str; 10] =
    ["etat", "sorte", "auteur", "caisse", "du_jour", "du_mois", "du_annee", "au_jour", "au_mois", "au_annee"];

/// States a list can be asked for: those a filed demande may be shown in.
pub const ETATS: [Etat; 6] = [
    Etat::Transmise,
    Etat::PriseEnCharge,
    Etat::AttentePartenaire,
    Etat::AttenteInterne,
    Etat::Cloturee,
    Etat::Annulee,
];

/// A value that the page did not offer.
const UNKNOWN: &str = "Ce filtre n’est pas proposé : choisissez-en un autre.";
const DATE: &str = "Saisissez une date qui existe, par exemple 31 3 2029, ou laissez les trois cases vides.";

/// Filters read, and their codes for the journal.
pub(super) type Lus = (Criteres, Vec<String>);

/// What filters may name here.
pub(super) struct Choix<'a> {
    /// Caisses in reach.
    pub caisses: &'a [Caisse],
    /// Comptes that may be chosen as authors.
    pub auteurs: &'a [(CompteId, String)],
}

/// Reads the filters. Days begin and end in the zone of the caisse chosen, otherwise of the first in reach.
pub(super) fn read(saisie: &Saisie, choix: &Choix<'_>) -> Result<Lus, Vec<ErreurChamp>> {
    let mut erreurs = Vec::new();
    let etat = code(saisie, "etat", |c| ETATS.into_iter().find(|e| e.code() == c), &mut erreurs);
    let sorte = code(saisie, "sorte", Sorte::from_code, &mut erreurs);
    let auteur = code(saisie, "auteur", |c| author(choix, c), &mut erreurs);
    let caisse = code(saisie, "caisse", |c| choix.caisses.iter().find(|k| k.fiche.slug == c), &mut erreurs);
    let (du, au) = (day(saisie, "du", &mut erreurs), day(saisie, "au", &mut erreurs));
    if du.zip(au).is_some_and(|(du, au)| au < du) {
        erreurs.push(ErreurChamp::new("au", "La fin de la période doit être le premier jour de la période ou après."));
    }
    if !erreurs.is_empty() {
        return Err(erreurs);
    }
    let zone = caisse.or(choix.caisses.first()).map_or(Zone::Metropole, |c| c.fiche.zone);
    let criteres = Criteres {
        etat,
        sorte,
        depuis: du.and_then(|day| begins(zone, day)),
        avant: au.and_then(|day| begins(zone, day.checked_add_days(Days::new(1))?)),
        auteur,
        caisse: caisse.map(|c| c.id),
    };
    Ok((criteres, codes(saisie, du.is_some() || au.is_some())))
}

fn author(choix: &Choix<'_>, code: &str) -> Option<CompteId> {
    choix.auteurs.iter().map(|(id, _)| *id).find(|id| id.to_string() == code)
}

fn code<T>(
    saisie: &Saisie,
    champ: &str,
    read: impl Fn(&str) -> Option<T>,
    erreurs: &mut Vec<ErreurChamp>,
) -> Option<T> {
    let typed = one(saisie, champ);
    let found = read(typed);
    if found.is_none() && !typed.is_empty() {
        erreurs.push(ErreurChamp::new(champ, UNKNOWN));
    }
    found
}

/// A day in three fields; all empty is none.
fn day(saisie: &Saisie, champ: &str, erreurs: &mut Vec<ErreurChamp>) -> Option<NaiveDate> {
    let part = |suffix: &str| one(saisie, &format!("{champ}_{suffix}")).trim().to_owned();
    let parts = [part("jour"), part("mois"), part("annee")];
    if parts.iter().all(String::is_empty) {
        return None;
    }
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
    let [jour, mois, annee] = parts.each_ref().map(|text| number(text));
    let found = annee.filter(|a| (1900..=9999).contains(a)).and_then(|a| i32::try_from(a).ok());
    let found = found.and_then(|annee| NaiveDate::from_ymd_opt(annee, mois?, jour?));
    if found.is_none() {
        erreurs.push(ErreurChamp::new(champ, DATE));
    }
    found
}

/// The first instant of a day; an hour that a change of time skips counts as the next.
fn begins(zone: Zone, day: NaiveDate) -> Option<DateTime<Utc>> {
    let midnight = day.and_time(NaiveTime::MIN);
    let instant = zone.fuseau().from_local_datetime(&midnight).earliest().map(|le| le.with_timezone(&Utc));
    instant.or_else(|| Some(Utc.from_utc_datetime(&midnight)))
}

/// Which filters, with the codes of those that are no person.
fn codes(saisie: &Saisie, periode: bool) -> Vec<String> {
    let typed = |champ: &str| Some(one(saisie, champ)).filter(|c| !c.is_empty()).map(|c| format!("{champ}:{c}"));
    let mut codes: Vec<String> = ["etat", "sorte", "caisse"].into_iter().filter_map(typed).collect();
    codes.extend(typed("auteur").map(|_| "auteur".to_owned()));
    codes.extend(periode.then(|| "periode".to_owned()));
    codes
}
