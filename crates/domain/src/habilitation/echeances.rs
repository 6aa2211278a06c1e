//! The clocks of a habilitation (HA-3): each delay that the convention states, in the calendar of the caisse.

use crate::calendrier::{Zone, echeance};
use crate::convention::{Delai, DepartDelai, Unite};
use chrono::{Days, NaiveDate};

/// A day by which the caisse accredits, with the delay it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EcheanceHabilitation {
    /// The day.
    pub jour: NaiveDate,
    /// The delay.
    pub delai: Delai,
}

/// The due days of a request, the first foremost. A delay from the signature that had run out before the request came is
/// none (ours): nobody can be late with what was not asked yet.
#[must_use]
pub fn echeances(
    delais: &[Delai],
    zone: Zone,
    recue: NaiveDate,
    signature: Option<NaiveDate>,
) -> Vec<EcheanceHabilitation> {
    let due = |delai: &Delai| {
        let depart = match delai.depart {
            DepartDelai::ReceptionDemande | DepartDelai::ReceptionCourriel => recue,
            DepartDelai::Signature => signature?,
            DepartDelai::AvantDateSouhaitee => return None,
        };
        let jour = match delai.unite {
            Unite::Ouvres => echeance(zone, depart, delai.jours),
            Unite::Calendaires | Unite::Jours => depart.checked_add_days(Days::new(u64::from(delai.jours)))?,
        };
        (jour >= recue).then_some(EcheanceHabilitation { jour, delai: *delai })
    };
    let mut jours: Vec<EcheanceHabilitation> = delais.iter().filter_map(due).collect();
    jours.sort_by_key(|e| e.jour);
    jours
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jour(texte: &str) -> NaiveDate {
        texte.parse().unwrap()
    }

    const DEMANDE: Delai = Delai { jours: 5, unite: Unite::Ouvres, depart: DepartDelai::ReceptionDemande };
    const SIGNATURE: Delai = Delai { jours: 5, unite: Unite::Jours, depart: DepartDelai::Signature };

    #[test]
    fn in_moselle_the_five_working_days_skip_vendredi_saint_and_lundi_de_paques() {
        // 2029: Easter is 1 April. Received on Tuesday 27 March.
        let at = |zone| echeances(&[DEMANDE], zone, jour("2029-03-27"), None)[0].jour;
        assert_eq!(at(Zone::Metropole), jour("2029-04-04"));
        assert_eq!(at(Zone::AlsaceMoselle), jour("2029-04-05"));
    }

    #[test]
    fn the_first_due_day_stands_foremost() {
        let days = echeances(&[DEMANDE, SIGNATURE], Zone::Metropole, jour("2029-01-09"), Some(jour("2029-01-08")));
        let days: Vec<NaiveDate> = days.iter().map(|e| e.jour).collect();
        assert_eq!(days, [jour("2029-01-13"), jour("2029-01-16")]);
    }

    #[test]
    fn a_delay_from_the_signature_counts_for_what_came_within_it() {
        let count = |recue| echeances(&[SIGNATURE], Zone::Metropole, jour(recue), Some(jour("2029-01-08"))).len();
        assert_eq!((count("2029-01-13"), count("2029-01-14")), (1, 0));
        assert!(echeances(&[SIGNATURE], Zone::Metropole, jour("2029-01-09"), None).is_empty());
        assert!(echeances(&[], Zone::Metropole, jour("2029-01-09"), None).is_empty());
    }
}
