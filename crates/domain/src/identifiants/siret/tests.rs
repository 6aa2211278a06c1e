//! SIREN and SIRET rules, tried.

use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn a_made_number_is_read_back(racine in any::<u32>(), etablissement in any::<u16>()) {
        let siren = Siren::depuis_racine(racine);
        prop_assert_eq!(&Siren::parse(siren.canonique()).unwrap(), &siren);
        let siret = Siret::depuis_siren(&siren, etablissement);
        prop_assert_eq!(&Siret::parse(&siret.to_string()).unwrap(), &siret);
        prop_assert_eq!(siret.siren(), siren);
    }

    #[test]
    fn every_changed_digit_is_refused(racine in 1..100_000_000u32, etablissement in 1..10_000u16, rang in 0..14usize, de in 1..10u8) {
        let siret = Siret::depuis_siren(&Siren::depuis_racine(racine), etablissement);
        let mut chiffres = siret.canonique().as_bytes().to_vec();
        chiffres[rang] = b'0' + (chiffres[rang] - b'0' + de) % 10;
        let faux = String::from_utf8(chiffres).unwrap();
        prop_assume!(!faux.starts_with(LA_POSTE));
        prop_assert!(Siret::parse(&faux).is_err());
    }

    #[test]
    fn establishments_of_la_poste_follow_the_sum_of_their_digits(nic in 1..100_000u32) {
        let numero = format!("{LA_POSTE}{nic:05}");
        let tient = somme(&numero).is_multiple_of(5) || nic == 48;
        prop_assert_eq!(Siret::parse(&numero).is_ok(), tient);
    }

    #[test]
    fn any_text_is_answered(texte in "\\PC{0,30}") {
        let _ = Siren::parse(&texte);
        let _ = Siret::parse(&texte);
    }
}

#[test]
fn a_siret_of_la_poste_that_only_satisfies_luhn_is_refused() {
    let luhn_seul = (1..100_000u32)
        .map(|nic| format!("{LA_POSTE}{nic:05}"))
        .find(|numero| luhn(numero) == 0 && !somme(numero).is_multiple_of(5) && numero != SIEGE_DE_LA_POSTE)
        .unwrap();
    assert_eq!(Siret::parse(&luhn_seul), Err(SiretInvalide::Cle));
}

#[test]
fn the_head_office_of_la_poste_is_accepted() {
    assert_ne!(somme(SIEGE_DE_LA_POSTE) % 5, 0);
    assert!(Siret::parse(SIEGE_DE_LA_POSTE).is_ok());
}

#[test]
fn both_keys_must_hold() {
    // Luhn holds on the fourteen digits, not on the nine first ones.
    let siren_faux = "732829321";
    let cle = cle_luhn(&format!("{siren_faux}0007"));
    let numero = format!("{siren_faux}0007{cle}");
    assert_eq!(luhn(&numero), 0);
    assert_eq!(Siret::parse(&numero), Err(SiretInvalide::Cle));
}

#[test]
fn zeros_are_not_a_number() {
    assert_eq!(Siren::parse("000000000"), Err(SiretInvalide::Zeros));
    assert_eq!(Siret::parse("00000000000000"), Err(SiretInvalide::Zeros));
    assert_eq!(Siret::parse("73282932000000"), Err(SiretInvalide::Zeros));
    assert_eq!(Siret::parse("35600000000000"), Err(SiretInvalide::Zeros));
}

#[test]
fn spaces_are_tolerated_and_nothing_else() {
    for bon in ["732 829 320 00074", " 732\u{a0}829\u{202f}320 00074 ", "732829320\u{200b}00074"] {
        assert_eq!(Siret::parse(bon).unwrap().canonique(), "73282932000074", "{bon}");
    }
    for faux in ["７32829320 00074", "732-829-320-00074", "73282932000074A", "7328293200007", "732829320000745", ""] {
        assert!(Siret::parse(faux).is_err(), "{faux}");
    }
}

#[test]
fn a_siren_and_a_siret_are_shown_in_groups() {
    assert_eq!(Siren::parse("732829320").unwrap().to_string(), "732 829 320");
    assert_eq!(Siret::parse("73282932000074").unwrap().to_string(), "732 829 320 00074");
}
