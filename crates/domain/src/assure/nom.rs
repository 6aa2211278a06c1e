//! Names of people as they are written, and the folded form they are searched by.

use std::fmt;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The longest name accepted, in characters.
const LONGUEUR_MAX: usize = 100;

/// Why a text is not a name, in words for the field; the text is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NomInvalide {
    /// Nothing was typed.
    #[error("saisissez le nom")]
    Vide,
    /// More than a hundred characters.
    #[error("ce champ est limité à {LONGUEUR_MAX} caractères")]
    TropLong,
    /// Something else than letters, spaces, hyphens and apostrophes, or a first sign that is not a letter.
    #[error("utilisez seulement des lettres, des espaces, des traits d'union et des apostrophes")]
    Caractere,
}

/// A nom or a prénom. `Debug` hides it: names of assures do not reach the logs by accident.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NomPropre(String);

impl NomPropre {
    /// Reads a name: 1 to 100 letters of any script (accents, œ, ç …), spaces, hyphens, apostrophes of both kinds.
    ///
    /// It is trimmed, composed, and its inner spaces are made single; upper and lower case stay as typed.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn parse(texte: &str) -> Result<Self, NomInvalide> {
        if texte.chars().any(|c| c.is_control() && !c.is_whitespace()) {
            return Err(NomInvalide::Caractere);
        }
        // Long before the limit of forms: composing costs time in the length.
        if texte.chars().count() > LONGUEUR_MAX * 4 {
            return Err(NomInvalide::TropLong);
        }
        let mots: Vec<String> = texte.split_whitespace().map(|mot| mot.nfc().collect()).collect();
        let nom = mots.join(" ");
        if nom.is_empty() {
            return Err(NomInvalide::Vide);
        }
        if nom.chars().count() > LONGUEUR_MAX {
            return Err(NomInvalide::TropLong);
        }
        let commence_bien = nom.starts_with(|c: char| est_lettre(c) || est_apostrophe(c));
        let admis = |c: char| {
            c.is_alphabetic() || is_combining_mark(c) || c == ' ' || est_apostrophe(c) || est_trait_d_union(c)
        };
        if !commence_bien || !nom.chars().all(admis) || !nom.chars().any(est_lettre) {
            return Err(NomInvalide::Caractere);
        }
        Ok(Self(nom))
    }

    /// The name as it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form by which it is searched, see [`cle_de_nom`].
    #[must_use]
    pub fn cle(&self) -> String {
        cle_de_nom(&self.0)
    }
}

impl fmt::Debug for NomPropre {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NomPropre(masqué)")
    }
}

/// A letter of its own; some marks that only sit on another are alphabetic too.
fn est_lettre(c: char) -> bool {
    c.is_alphabetic() && !is_combining_mark(c) && !est_apostrophe(c)
}

fn est_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

fn est_trait_d_union(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// The search key of a name: no accent, no case, œ as oe, æ as ae, ß as ss; hyphens, apostrophes and spaces are all one
/// single space, none at the ends. Signs that are neither letters nor digits are dropped. Folding twice changes nothing.
#[must_use]
pub fn cle_de_nom(nom: &str) -> String {
    let mut cle = String::with_capacity(nom.len());
    for c in nom.nfkd().flat_map(char::to_lowercase).nfkd() {
        match c {
            'œ' => cle.push_str("oe"),
            'æ' => cle.push_str("ae"),
            'ß' => cle.push_str("ss"),
            'ø' => cle.push('o'),
            'ł' => cle.push('l'),
            'đ' => cle.push('d'),
            'ı' => cle.push('i'),
            // The letter apostrophe is alphabetic for Unicode, a separator for us.
            'ʼ' => separe(&mut cle),
            c if is_combining_mark(c) => {}
            c if c.is_alphanumeric() => cle.push(c),
            c if c.is_whitespace() || est_apostrophe(c) || est_trait_d_union(c) || c.is_ascii_punctuation() => {
                separe(&mut cle)
            }
            '\u{2012}'..='\u{2015}' => separe(&mut cle),
            _ => {}
        }
    }
    cle.truncate(cle.trim_end().len());
    cle
}

fn separe(cle: &mut String) {
    if !cle.is_empty() && !cle.ends_with(' ') {
        cle.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for nom in [
            "Durandeau",
            "N'Diaye",
            "d’Arvor",
            "Le Goff-Kérouédan",
            "Lœvenbruck",
            "Ñoño",
            "O",
            "'t Hooft",
            "Ελένη",
            "محمد",
        ] {
            assert_eq!(NomPropre::parse(nom).unwrap().as_str(), nom);
        }
        assert_eq!(NomPropre::parse("  Le \u{a0} Goff ").unwrap().as_str(), "Le Goff");
        assert_eq!(NomPropre::parse("e\u{301}lie").unwrap().as_str(), "élie");
    }

    #[test]
    fn what_is_not_a_name_is_refused_with_a_french_sentence() {
        for (texte, erreur) in [
            ("", NomInvalide::Vide),
            (" \u{a0} ", NomInvalide::Vide),
            ("Dupont2", NomInvalide::Caractere),
            ("Du\0pont", NomInvalide::Caractere),
            ("a\u{7}", NomInvalide::Caractere),
            ("<b>", NomInvalide::Caractere),
            ("-", NomInvalide::Caractere),
            ("'", NomInvalide::Caractere),
            ("-Dupont", NomInvalide::Caractere),
            ("Dupont; x", NomInvalide::Caractere),
            ("a@b", NomInvalide::Caractere),
            ("Du\u{200b}pont", NomInvalide::Caractere),
        ] {
            assert_eq!(NomPropre::parse(texte), Err(erreur), "{texte:?}");
        }
        assert_eq!(NomInvalide::TropLong.to_string(), "ce champ est limité à 100 caractères");
    }

    #[test]
    fn a_hundred_characters_are_the_most() {
        assert!(NomPropre::parse(&"é".repeat(100)).is_ok());
        assert_eq!(NomPropre::parse(&"é".repeat(101)), Err(NomInvalide::TropLong));
        assert_eq!(NomPropre::parse(&"é".repeat(1_000_000)), Err(NomInvalide::TropLong));
    }

    #[test]
    fn debug_never_shows_a_name() {
        assert!(!format!("{:?}", NomPropre::parse("Durandeau").unwrap()).contains("Durandeau"));
    }

    #[test]
    fn a_name_has_one_key_however_it_is_written() {
        for formes in [
            vec![
                "Le Goff-Kérouédan",
                "LE GOFF KEROUEDAN",
                "le-goff  kerouédan",
                "Le Goff\u{2011}Ke\u{301}roue\u{301}dan",
            ],
            vec!["N'Diaye", "n’diaye", "N DIAYE", "NʼDiaye"],
            vec!["Lœvenbruck", "LOEVENBRUCK", "lŒvenbruck"],
            vec!["Lætitia", "LAETITIA"],
            vec!["Strauß", "STRAUSS"],
            vec!["Ñoño Çelik", "NONO CELIK"],
        ] {
            let cles: Vec<String> = formes.iter().map(|forme| cle_de_nom(forme)).collect();
            assert!(cles.iter().all(|cle| *cle == cles[0]), "{cles:?}");
        }
        assert_eq!(cle_de_nom("d’Arvor"), "d arvor");
        assert_ne!(cle_de_nom("Martin"), cle_de_nom("Martine"));
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key_and_never_has_two_spaces(texte in "\\PC{0,40}") {
            let cle = cle_de_nom(&texte);
            prop_assert_eq!(cle_de_nom(&cle), cle.clone());
            prop_assert!(!cle.contains("  ") && cle.trim() == cle);
        }

        #[test]
        fn case_never_changes_a_key(nom in "[a-zéèêëàâçîïôöùûüÿœæ' -]{1,30}") {
            prop_assert_eq!(cle_de_nom(&nom.to_uppercase()), cle_de_nom(&nom));
        }

        #[test]
        fn a_name_that_is_read_is_read_again_as_itself(texte in "\\PC{0,60}") {
            if let Ok(nom) = NomPropre::parse(&texte) {
                prop_assert_eq!(NomPropre::parse(nom.as_str()), Ok(nom.clone()));
                prop_assert!(!nom.cle().is_empty());
            }
        }
    }
}
