//! Terms, windows and first dates of an end.

use super::super::*;
use super::*;

#[test]
fn a_term_of_29_february_comes_back_in_leap_years() {
    let dossier = complet(le("2024-02-29"));
    assert_eq!(dossier.prochaine_echeance(le("2024-02-29")), Some(le("2025-02-28")));
    assert_eq!(dossier.prochaine_echeance(le("2025-02-28")), Some(le("2026-02-28")));
    assert_eq!(dossier.prochaine_echeance(le("2027-12-31")), Some(le("2028-02-29")));
    assert_eq!(complet(le("2023-08-31")).prochaine_echeance(le("2029-01-08")), Some(le("2029-08-31")));
}

#[test]
fn the_window_of_denunciation_opens_three_months_before_the_term_even_at_month_ends() {
    let mut dossier = complet(le("2023-05-31"));
    assert_eq!(dossier.fenetre_denonciation(le("2029-01-08")), None);
    dossier.stipulations.duree.denonciation = dit(Denonciation { mois_avant: 3, lettre_recommandee: true });
    let fenetre = dossier.fenetre_denonciation(le("2029-01-08")).unwrap();
    assert_eq!((fenetre.ouvre, fenetre.ferme), (le("2029-02-28"), le("2029-05-30")));
}

#[test]
fn a_breach_lets_the_metier_end_15_days_after_sending_and_the_usage_30_days_after_receipt() {
    let mut dossier = complet(le("2023-05-02"));
    let clause =
        |jours, depart| ResiliationManquement { jours, unite: Unite::Jours, depart, seconde_lettre: jours == 30 };
    dossier.stipulations.duree.resiliation_metier = dit(clause(15, DepartMiseEnDemeure::Envoi));
    dossier.stipulations.duree.resiliation_utilisation = dit(clause(30, DepartMiseEnDemeure::Reception));
    let metier = dossier.resiliation_metier(le("2028-02-20")).unwrap();
    assert_eq!((metier.dernier_jour_pour_reparer, metier.possible_le), (le("2028-03-06"), le("2028-03-07")));
    let utilisation = dossier.resiliation_utilisation(le("2029-01-31")).unwrap();
    assert_eq!((utilisation.possible_le, utilisation.seconde_lettre), (le("2029-03-03"), true));
}
