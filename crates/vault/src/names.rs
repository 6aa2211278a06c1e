//! What of a name goes into the blind index (architecture, point 15), and what a search looks up in it.
//!
//! Names arrive normalised by `domain` (case folded, accents removed, words parted by anything that is neither letter
//! nor digit). The tokens themselves are personal data: they are blinded with [`crate::ScopeKey::blind`] before they
//! are stored.

use std::collections::BTreeSet;

/// Tokens a demande may have: 64 blind values of 16 bytes are 1 kB.
pub const MAX_NAME_TOKENS: usize = 64;

const PREFIXES: std::ops::RangeInclusive<usize> = 3..=6;

/// Tokens of one assure: whole words of the nom, whole words of the prénom, then the beginnings of 3 to 6 letters of
/// each word of the nom. No token twice, at most [`MAX_NAME_TOKENS`]; beyond, the beginnings of the last words of the
/// nom go first.
#[must_use]
pub fn name_tokens(nom_key: &str, prenom_key: &str) -> Vec<String> {
    let whole = words(nom_key).chain(words(prenom_key)).map(str::to_owned);
    let beginnings = words(nom_key).flat_map(|word| PREFIXES.filter_map(move |length| beginning(word, length)));
    let mut seen = BTreeSet::new();
    whole.chain(beginnings).filter(|token| seen.insert(token.clone())).take(MAX_NAME_TOKENS).collect()
}

/// For each word typed in a search, the tokens of which one must be in the index: the word itself, or, when it is longer
/// than 6 letters, also its beginning of 6. The answer may hold too much (the caller filters after decryption) but, within
/// [`MAX_NAME_TOKENS`], misses no nom that begins with the words of 3 letters and more.
#[must_use]
pub fn name_lookups(typed_key: &str) -> Vec<Vec<String>> {
    let lookups = words(typed_key).map(|word| {
        let mut tokens = vec![word.to_owned()];
        tokens.extend(beginning(word, *PREFIXES.end()).filter(|start| start != word));
        tokens
    });
    lookups.collect()
}

fn words(key: &str) -> impl Iterator<Item = &str> {
    key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The first `length` letters, or nothing when the word is shorter.
fn beginning(word: &str, length: usize) -> Option<String> {
    let start: String = word.chars().take(length).collect();
    (start.chars().count() == length).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_simple_name_gives_its_words_and_the_beginnings_of_the_nom() {
        assert_eq!(
            name_tokens("carpentier", "lea marie"),
            ["carpentier", "lea", "marie", "car", "carp", "carpe", "carpen"]
        );
    }

    #[test]
    fn short_words_of_the_nom_are_kept_whole() {
        assert_eq!(name_tokens("le go", "bo"), ["le", "go", "bo"]);
    }

    #[test]
    fn the_same_word_in_nom_and_prenom_is_one_token() {
        assert_eq!(name_tokens("martin", "martin"), ["martin", "mar", "mart", "marti"]);
    }

    #[test]
    fn an_empty_name_gives_no_token() {
        assert!(name_tokens(" - ", "").is_empty());
    }

    #[test]
    fn a_long_word_is_looked_up_whole_and_by_its_beginning() {
        assert_eq!(
            name_lookups("carpentier lea"),
            [vec!["carpentier".to_owned(), "carpen".to_owned()], vec!["lea".to_owned()]]
        );
    }

    #[test]
    fn a_crowded_name_keeps_its_whole_words() {
        let nom = (0..30).map(|i| format!("abcdefg{i}")).collect::<Vec<_>>().join(" ");
        let tokens = name_tokens(&nom, "zoe");
        assert!(tokens.contains(&"abcdefg29".to_owned()) && tokens.contains(&"zoe".to_owned()));
    }

    proptest! {
        #[test]
        fn the_index_of_a_demande_stays_within_a_kilobyte(nom in ".{0,300}", prenom in ".{0,300}") {
            let tokens = name_tokens(&nom, &prenom);
            prop_assert!(tokens.len() * 16 <= 1024);
            prop_assert_eq!(tokens.iter().collect::<BTreeSet<_>>().len(), tokens.len());
        }

        #[test]
        fn whatever_beginning_of_the_nom_is_typed_finds_it(nom in "[a-z]{3,20}( [a-z]{2,20}){0,2}", prenom in "[a-z]{2,20}", cut in 3usize..20) {
            let index = name_tokens(&nom, &prenom);
            let word = nom.split(' ').next().unwrap();
            let typed: String = word.chars().take(cut).collect();
            for key in [typed, prenom, nom] {
                for alternatives in name_lookups(&key) {
                    prop_assert!(alternatives.iter().any(|token| index.contains(token)), "{alternatives:?} not in {index:?}");
                }
            }
        }
    }
}
