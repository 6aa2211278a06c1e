//! The name of a file, made harmless: no path, no control or direction character, an extension that tells the truth.

use super::type_fichier::TypeFichier;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// Longest name kept, in characters, extension included.
pub const NOM_MAX: usize = 100;

/// Stands where nothing of a name is left.
const SANS_NOM: &str = "document";

/// A name that may be shown, stored and given back: built by [`NomDeFichier::clean`] only.
#[derive(Clone, PartialEq, Eq)]
pub struct NomDeFichier(String);

impl NomDeFichier {
    /// Cleans a name as a browser sent it. The folder goes, so do control characters, those that turn the direction of
    /// writing (they hide an extension) and those no file system takes; the extension becomes that of the true kind.
    #[must_use]
    pub fn clean(recu: &str, vrai: TypeFichier) -> Self {
        let uni = legible(recu);
        let extension = vrai.extensions().first().copied().unwrap_or_default();
        let radical = stem(&uni).trim_matches(['.', ' ', '-']);
        let radical = if radical.is_empty() { SANS_NOM } else { radical };
        let place = NOM_MAX.saturating_sub(extension.len() + 1);
        let court: String = radical.chars().take(place).collect();
        // Cut in the middle of a separator, it would not be what this function gives for its own result.
        Self(format!("{}.{extension}", court.trim_end_matches(['.', ' ', '-'])))
    }

    /// A name as sent, made fit to be shown beside the reason why its file was refused.
    #[must_use]
    pub fn shown(recu: &str) -> String {
        let court: String = legible(recu).chars().take(NOM_MAX).collect();
        if court.is_empty() { SANS_NOM.to_owned() } else { court }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A file's name often holds a person's: it stays out of what is printed for engineers.
impl fmt::Debug for NomDeFichier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NomDeFichier({} characters)", self.0.chars().count())
    }
}

/// The last part of a path, without what cannot be seen, on one line.
fn legible(recu: &str) -> String {
    let dernier = recu.rsplit(['/', '\\']).next().unwrap_or_default();
    // Composed last: what stood between a letter and its accent is gone by then.
    let lisible: String = dernier.chars().filter(|c| !interdit(*c)).nfc().collect();
    lisible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name without an extension of a kind we know; another one stays, the true one comes after it.
fn stem(nom: &str) -> &str {
    let connues = || TypeFichier::TOUS.iter().flat_map(|t| t.extensions());
    match nom.rsplit_once('.') {
        Some((avant, fin)) if connues().any(|e| fin.eq_ignore_ascii_case(e)) => avant,
        _ => nom,
    }
}

/// Control, direction and invisible characters, and those that a file system refuses.
fn interdit(c: char) -> bool {
    let invisible = matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    );
    invisible || (c.is_control() && !c.is_whitespace()) || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn clean(recu: &str) -> String {
        NomDeFichier::clean(recu, TypeFichier::Pdf).as_str().to_owned()
    }

    #[test]
    fn a_name_loses_its_folder_and_what_cannot_be_seen() {
        for (recu, propre) in [
            ("attestation.pdf", "attestation.pdf"),
            ("C:\\Users\\moi\\Été 2028.PDF", "Été 2028.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
            ("facture\u{202e}fdp.exe", "facturefdp.exe.pdf"),
            ("  .pdf", "document.pdf"),
            ("", "document.pdf"),
            ("...", "document.pdf"),
            ("Cafe\u{301}.pdf", "Café.pdf"),
        ] {
            assert_eq!(clean(recu), propre, "{recu:?}");
        }
    }

    #[test]
    fn a_name_that_was_cut_or_composed_is_left_as_it_is_the_next_time() {
        for recu in [format!("{}-suite.pdf", "a".repeat(95)), "e\u{200b}\u{301}.pdf".to_owned()] {
            assert_eq!(clean(&clean(&recu)), clean(&recu), "{recu:?}");
        }
        assert_eq!(clean(&format!("{}-suite.pdf", "a".repeat(95))), format!("{}.pdf", "a".repeat(95)));
        assert_eq!(clean("e\u{200b}\u{301}.pdf"), "é.pdf");
    }

    #[test]
    fn the_extension_tells_the_true_kind() {
        assert_eq!(clean("photo.jpeg"), "photo.pdf");
        assert_eq!(clean("photo.exe"), "photo.exe.pdf");
        assert_eq!(NomDeFichier::clean("scan.pdf", TypeFichier::Png).as_str(), "scan.png");
    }

    #[test]
    fn what_engineers_print_does_not_show_a_name() {
        assert_eq!(
            format!("{:?}", NomDeFichier::clean("Thévenin.pdf", TypeFichier::Pdf)),
            "NomDeFichier(12 characters)"
        );
    }

    proptest! {
        #[test]
        fn whatever_is_sent_the_name_is_harmless_and_stays_as_it_is(recu in "\\PC{0,200}|.{0,200}") {
            let propre = NomDeFichier::clean(&recu, TypeFichier::Jpeg);
            let texte = propre.as_str();
            prop_assert!(texte.ends_with(".jpg") && texte.chars().count() <= NOM_MAX && texte.len() > 4);
            prop_assert!(!texte.contains(['/', '\\', '\n', '\r', '\0', '"']) && !texte.starts_with(['.', ' ']));
            prop_assert_eq!(NomDeFichier::clean(texte, TypeFichier::Jpeg), propre);
        }

        #[test]
        fn a_long_name_of_separators_and_broken_accents_stays_as_it_is(
            debut in "[a-zé. -]{88,96}",
            fin in "([.\\- e\u{200b}\u{301}\u{ad}]|\\.pdf|-suite|\\.jpg){0,12}",
        ) {
            let une = clean(&format!("{debut}{fin}.pdf"));
            prop_assert!(une.chars().count() <= NOM_MAX);
            prop_assert_eq!(clean(&une), une);
        }
    }
}
