//! Properties that hold for all dates, sizes and texts.

use chrono::{Datelike, Days};
use proptest::prelude::*;

use super::super::*;
use super::*;

proptest! {
    #[test]
    fn the_next_term_is_the_first_anniversary_after_the_day(depart in 0_u64..20_000, apres in 0_u64..10_000) {
        let debut = le("2000-01-01") + Days::new(depart);
        let jour = debut + Days::new(apres);
        let echeance = complet(debut).prochaine_echeance(jour).unwrap();
        prop_assert!(echeance > jour);
        prop_assert!((echeance - jour).num_days() <= 366);
        prop_assert_eq!(echeance.month(), debut.month());
        prop_assert!(echeance.day() == debut.day() || (debut.day() == 29 && echeance.day() == 28 && !echeance.leap_year()));
    }

    #[test]
    fn a_structure_never_has_more_comptes_than_places(occupes in 0_u32..60, membres in proptest::option::of(0_u32..60)) {
        let mut dossier = complet(le("2023-05-02"));
        dossier.stipulations.partenaire.membres = membres.and_then(|nombre| dit(Membres { nombre, au: le("2023-01-01") }));
        dossier.stipulations.habilitations.quotas = dit(Quotas::Tranches(vec![
            Tranche { de: 1, a: Some(10), gestionnaires: 2, techniciens: 5 },
            Tranche { de: 11, a: None, gestionnaires: 3, techniciens: 15 },
        ]));
        for profil in ProfilPartenaire::TOUS {
            match dossier.quota(membres) {
                Ok(quota) => prop_assert_eq!(dossier.peut_creer(*profil, occupes, dossier.membres()).is_ok(), occupes < quota.places(*profil)),
                Err(ferme) => prop_assert_eq!(dossier.peut_creer(*profil, occupes, dossier.membres()), Err(RefusCompte::Ferme(ferme))),
            }
        }
        prop_assert_eq!(dossier.quota(membres).is_err(), membres.is_none_or(|m| m == 0));
    }

    #[test]
    fn a_complement_added_then_taken_away_leaves_the_papers(site in "[a-z]{1,8}", autre in "[a-z]{1,8}") {
        let dossier = complet(le("2023-05-02"));
        let complement = |texte: &str| {
            let mut s = Stipulations::default();
            s.caisse.site = Some(Valeur { valeur: texte.to_owned(), source: Source::Complement("essai".to_owned()) });
            s
        };
        let une = dossier.complete(&complement(&site)).unwrap();
        let deux = une.complete(&complement(&autre)).unwrap();
        prop_assert_eq!(&deux.stipulations.caisse.site.as_ref().unwrap().valeur, &autre);
        prop_assert_eq!(deux.sans_complements(), dossier.clone());
        prop_assert_eq!(dossier.reprend_complements(&deux), deux);
    }
}
