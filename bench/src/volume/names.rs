//! Names that nobody bears, made of syllables: few enough beginnings of five letters that a search by one of them fills a
//! page already among ten thousand demandes.

use rand::RngExt as _;
use rand::rngs::StdRng;

const DEBUTS: [&str; 6] = ["Ba", "Ce", "Di", "Fo", "Gu", "La"];
const MILIEUX: [&str; 6] = ["me", "ni", "po", "ru", "sa", "te"];
const TIERS: [&str; 5] = ["va", "zi", "lo", "bre", "que"];
const FINS: [&str; 20] = [
    "nard", "lin", "rot", "chet", "dier", "gnol", "mont", "quin", "sier", "tel", "vac", "zane", "bert", "cour",
    "fosse", "gate", "han", "joux", "lart", "mine",
];
const PRENOMS: [&str; 24] = [
    "Ambre", "Basile", "Cyriaque", "Doriane", "Elvire", "Fantine", "Gaspard", "Hortense", "Isaure", "Joachim",
    "Lazare", "Mahaut", "Nestor", "Odilon", "Perrine", "Quentin", "Rosalie", "Salvin", "Tiphaine", "Urbain", "Valère",
    "Wilfrid", "Ysaline", "Zacharie",
];

/// Prénom and nom.
pub fn draw(hasard: &mut StdRng) -> (String, String) {
    let nom = [one(hasard, &DEBUTS), one(hasard, &MILIEUX), one(hasard, &TIERS), one(hasard, &FINS)].concat();
    (one(hasard, &PRENOMS).to_owned(), nom)
}

/// One of some words; an empty one of none.
pub fn one<'a>(hasard: &mut StdRng, words: &[&'a str]) -> &'a str {
    if words.is_empty() {
        return "";
    }
    words.get(hasard.random_range(0..words.len())).copied().unwrap_or_default()
}

/// The first five letters of the nom, small; what is shorter stays whole.
#[must_use]
pub fn prefix(nom: &str) -> String {
    nom.chars().flat_map(char::to_lowercase).take(5).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::assure::NomPropre;
    use rand::SeedableRng as _;
    use std::collections::HashMap;

    #[test]
    fn a_beginning_of_five_letters_fills_a_page_among_ten_thousand() {
        let mut hasard = StdRng::seed_from_u64(1);
        let mut seen: HashMap<String, usize> = HashMap::new();
        for _ in 0..10_000 {
            *seen.entry(prefix(&draw(&mut hasard).1)).or_default() += 1;
        }
        assert!(seen.values().all(|count| *count >= 25), "{seen:?}");
    }

    #[test]
    fn every_name_is_one_that_the_form_takes() {
        let mut hasard = StdRng::seed_from_u64(2);
        for _ in 0..200 {
            let (prenom, nom) = draw(&mut hasard);
            assert!(NomPropre::parse(&prenom).is_ok() && NomPropre::parse(&nom).is_ok());
        }
    }
}
