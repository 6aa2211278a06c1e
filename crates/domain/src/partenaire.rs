//! Names of structures: as they are searched, as they stand in addresses. No I/O.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name as it is compared: no accent, no capital, one space between words.
#[must_use]
pub fn compare(nom: &str) -> String {
    let sans: String = nom.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    sans.replace('œ', "oe")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|m| !m.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The word of an address for a name: letters, digits and hyphens, at most sixty.
#[must_use]
pub fn slug(nom: &str) -> String {
    let mots: String = compare(nom).chars().filter(|c| c.is_ascii_alphanumeric() || *c == ' ').collect();
    let slug: String = mots.split_whitespace().collect::<Vec<_>>().join("-").chars().take(60).collect();
    slug.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_compared_without_accents_and_becomes_a_word() {
        assert_eq!(compare("  CCAS d’Épinay-sur-Orge "), "ccas d epinay sur orge");
        assert_eq!(slug("CCAS d’Épinay-sur-Orge"), "ccas-d-epinay-sur-orge");
        assert_eq!(slug("Cœur & Santé (69)"), "coeur-sante-69");
        assert_eq!(slug("  …  "), "");
    }
}
