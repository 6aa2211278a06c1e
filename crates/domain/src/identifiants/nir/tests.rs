//! NIR rules, tried.

use proptest::prelude::*;

use super::*;

/// Fifteen characters with a right key, from thirteen.
fn avec_cle(treize: &str) -> String {
    let signes: Vec<char> = treize.chars().collect();
    format!("{treize}{:02}", CleNir::de(&signes).unwrap().valeur())
}

prop_compose! {
    fn treize()(sexe in 1..=4u8, an in 0..=99u8, mois in prop_oneof![1..=12u8, 20..=99u8],
        dep in prop_oneof![(1..=99u8).prop_map(|d| format!("{d:02}")), Just("2A".into()), Just("2B".into())],
        commune in 1..=999u16, ordre in 1..=999u16) -> String {
        format!("{sexe}{an:02}{mois:02}{dep}{commune:03}{ordre:03}")
    }
}

proptest! {
    #[test]
    fn every_well_formed_number_with_its_key_is_read_in_one_form(t in treize()) {
        let complet = avec_cle(&t);
        let lu = Nir::parse(&complet).unwrap();
        prop_assert_eq!(lu.canonique(), complet.as_str());
    }

    #[test]
    fn separators_change_nothing(t in treize(), seps in prop::collection::vec(
        prop::sample::select(vec!["", " ", "\u{a0}", "\u{202f}", "\u{200b}", "\u{ad}", ".", "-", "–", "/", "_"]), 15)) {
        let complet = avec_cle(&t);
        let ecrit: String = complet.chars().zip(&seps).map(|(c, s)| format!("{c}{s}")).collect();
        let lu = Nir::parse(&ecrit).unwrap();
        prop_assert_eq!(lu.canonique(), complet.as_str());
    }

    #[test]
    fn every_changed_digit_is_refused(t in treize(), rang in 0..15usize, de in 1..10u32) {
        let complet = avec_cle(&t);
        let mut signes: Vec<char> = complet.chars().collect();
        prop_assume!(signes[rang].is_ascii_digit());
        let autre = (signes[rang].to_digit(10).unwrap() + de) % 10;
        signes[rang] = char::from_digit(autre, 10).unwrap();
        let faux: String = signes.iter().collect();
        prop_assert!(Nir::parse(&faux).is_err());
    }

    #[test]
    fn any_text_is_answered_without_echo(texte in "\\PC{0,40}") {
        if let Err(erreur) = Nir::parse(&texte) {
            let dit = erreur.to_string();
            prop_assert!(!dit.contains(&texte) || texte.trim().len() < 4);
        }
    }
}

#[test]
fn the_key_of_corsica_counts_2a_as_19_and_2b_as_18() {
    for (dep, nombre) in [("2A", 19u64), ("2B", 18)] {
        let valeur: u64 = format!("18505{nombre}899012").parse().unwrap();
        let cle = 97 - valeur % 97;
        assert!(Nir::parse(&format!("18505{dep}899012{cle:02}")).is_ok());
    }
}

#[test]
fn lower_case_corsica_is_read_in_upper_case() {
    let complet = avec_cle("185052A899012");
    assert_eq!(Nir::parse(&complet.to_lowercase()).unwrap().canonique(), complet);
}

#[test]
fn parentheses_are_read_around_the_key_only() {
    let complet = avec_cle("2850589899012");
    let (treize, cle) = complet.split_at(13);
    assert!(Nir::parse(&format!("{treize} ({cle})")).is_ok());
    assert!(Nir::parse(&format!("({treize}) {cle}")).is_err());
    assert!(Nir::parse(&format!("{treize} ({cle}")).is_err());
    assert!(Nir::parse(&format!("({complet})")).is_err());
}

#[test]
fn impossible_parts_are_refused_even_with_a_right_key() {
    for treize in [
        "0850589899012",
        "5850589899012",
        "1850089899012",
        "1851389899012",
        "1851989899012",
        "1850500899012",
        "1850589000012",
        "1850589899000",
    ] {
        assert_eq!(Nir::parse(&avec_cle(treize)), Err(NirInvalide::Structure), "{treize}");
    }
}

#[test]
fn keys_00_98_and_99_do_not_exist() {
    for cle in ["00", "98", "99"] {
        assert_eq!(Nir::parse(&format!("1850589899012{cle}")), Err(NirInvalide::Cle));
    }
}

#[test]
fn a_waiting_number_has_thirteen_digits_and_no_key() {
    for bon in ["7189112345678", "8200012345678", "7 0 891 12345678"] {
        assert!(Nir::parse(bon).unwrap().est_attente(), "{bon}");
    }
    for faux in ["7389112345678", "1850589899012", "718911234567", "71891123456789"] {
        assert!(Nir::parse(faux).is_err(), "{faux}");
    }
}

#[test]
fn look_alike_letters_full_width_digits_and_other_signs_are_refused() {
    let complet = avec_cle("1850589899012");
    for faux in [
        complet.replace('0', "O"),
        complet.replace('1', "l"),
        complet.replace('1', "１"),
        complet.replacen('5', "5,", 1),
        String::new(),
        " ".into(),
    ] {
        assert!(Nir::parse(&faux).is_err(), "{faux}");
    }
}

#[test]
fn debug_never_shows_the_number() {
    let complet = avec_cle("1850589899012");
    let montre = format!("{:?}", Nir::parse(&complet).unwrap());
    assert!(!montre.chars().any(|c| c.is_ascii_digit()), "{montre}");
}
