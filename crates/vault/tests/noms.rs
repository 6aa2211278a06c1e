//! A name and the same name typed in another way: one finds the other through the index.

use domain::assure::cle_de_nom;
use proptest::prelude::*;
use vault::{name_lookups, name_tokens};

/// Whether each word typed has one of its tokens in the index of this person.
fn finds(nom: &str, prenom: &str, typed: &str) -> bool {
    let index = name_tokens(&cle_de_nom(nom), &cle_de_nom(prenom));
    let lookups = name_lookups(&cle_de_nom(typed));
    !lookups.is_empty() && lookups.iter().all(|words| words.iter().any(|token| index.contains(token)))
}

/// Other ways of writing the same: signs, accents taken apart, case.
fn rewritten(nom: &str, way: usize) -> String {
    match way {
        0 => nom.replace('\'', "’"),
        1 => nom.replace('’', "'"),
        2 => nom.replace('-', " "),
        3 => nom.replace(' ', "-"),
        4 => nom.replace('œ', "oe").replace('æ', "ae").replace('ß', "ss"),
        5 => nom.replace(['é', 'è', 'ê'], "e\u{301}"),
        6 => nom.to_uppercase(),
        _ => nom.replace(['\'', '’'], " "),
    }
}

const PARTICULES: [&str; 8] = ["", "de ", "d’", "d'", "le ", "van ", "de la ", "N’"];

#[test]
fn real_ways_of_writing_find_each_other() {
    for (nom, prenom, typed) in [
        ("Lœvenbruck", "Zoé", "loevenbruck"),
        ("Loevenbruck", "Zoé", "Lœvenb"),
        ("Strauß", "Anaïs", "STRAUSS anais"),
        ("d’Arvor", "Yann", "D'ARVOR"),
        ("d'Arvor", "Yann", "arvor"),
        ("de la Tour-d’Auvergne", "Anne-Lise", "tour d auvergne"),
        ("van der Meer", "Els", "Meer van der"),
        ("Le Goff-Kérouédan", "Élie", "kerouedan le goff"),
        ("Ly", "Minh", "minh ly"),
    ] {
        assert!(finds(nom, prenom, typed), "{typed} finds {prenom} {nom}");
    }
    assert!(!finds("Martin", "Léa", "marchand"));
    assert!(!finds("Le Goff", "Léa", "lego"));
}

#[test]
fn a_name_longer_than_the_index_is_found_by_its_words_and_its_first_beginnings() {
    let words: Vec<String> = (b'a'..=b'l').map(|c| format!("x{}zzzyyy", char::from(c))).collect();
    let nom = words.join("-");
    assert!(nom.chars().count() > 100, "longer than the form takes");
    for word in &words {
        assert!(finds(&nom, "Zoé", word), "{word}");
    }
    for length in 3..=8 {
        assert!(finds(&nom, "Zoé", &words[0][..length]));
    }
    assert!(finds(&nom, "Zoé", "zoe"), "the prénom is kept before any beginning");
}

proptest! {
    #[test]
    fn every_word_of_the_longest_names_of_a_form_is_in_the_index(
        nom in prop::collection::vec("[a-z]{2,12}", 1..8),
        prenom in prop::collection::vec("[a-z]{2,12}", 1..8),
    ) {
        let (nom, prenom) = (nom.join(" "), prenom.join("-"));
        for word in nom.split(' ').chain(prenom.split('-')) {
            prop_assert!(finds(&nom, &prenom, word), "{word} in {nom} {prenom}");
        }
    }

    #[test]
    fn the_order_of_two_words_changes_nothing(nom in "[a-zéœß]{3,12}", prenom in "[a-zé]{2,12}", cut in 3usize..12) {
        let start: String = cle_de_nom(&nom).chars().take(cut).collect();
        let both = [format!("{start} {prenom}"), format!("{prenom} {start}")];
        prop_assert!(both.iter().all(|typed| finds(&nom, &prenom, typed)));
    }

    #[test]
    fn a_name_is_found_however_it_is_written(
        particule in 0..PARTICULES.len(),
        un in "[a-zéèêœæßçï]{3,12}",
        lien in "[ '’-]",
        deux in "[a-zéèêœæßçï]{1,12}",
        prenom in "[a-zéèêœ]{2,10}",
        ways in prop::collection::vec(0usize..8, 0..4),
    ) {
        let nom = format!("{}{un}{lien}{deux}", PARTICULES[particule]);
        let typed = ways.into_iter().fold(nom.clone(), |typed, way| rewritten(&typed, way));
        prop_assert!(finds(&nom, &prenom, &typed), "{typed} for {nom}");
        prop_assert!(finds(&typed, &prenom, &nom), "{nom} for {typed}");
        prop_assert!(finds(&nom, &prenom, &format!("{prenom} {typed}")), "the prénom first");
        prop_assert!(finds(&nom, &prenom, &un), "without its particle and its second part");
        let cle = cle_de_nom(&un);
        for length in 3..=cle.chars().count() {
            let beginning: String = cle.chars().take(length).collect();
            prop_assert!(finds(&nom, &prenom, &beginning), "{beginning} for {nom}");
        }
    }
}
