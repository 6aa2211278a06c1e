//! Back to the page asked for: own paths only, so that a sign-in never sends anybody elsewhere.

/// The longest path kept.
const LONGUEUR_MAX: usize = 500;

/// A path of this site, with its query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retour(String);

impl Retour {
    /// Takes a path that stays here in every browser: it begins with one slash, is printable ASCII (anything else
    /// arrives percent-encoded), and holds no backslash, no second slash after the first and no fragment.
    #[must_use]
    pub fn parse(texte: &str) -> Option<Self> {
        let ici = texte.starts_with('/') && !texte.starts_with("//");
        let lisible = texte.bytes().all(|b| b.is_ascii_graphic() && b != b'\\' && b != b'#');
        (ici && lisible && texte.len() <= LONGUEUR_MAX).then(|| Self(texte.to_owned()))
    }

    /// The path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn own_paths_are_kept_with_their_query() {
        for ici in ["/", "/demandes/AB-12?page=2", "/a/b%20c", "/demandes?vers=//x"] {
            assert_eq!(Retour::parse(ici).as_ref().map(Retour::as_str), Some(ici));
        }
    }

    #[test]
    fn what_a_browser_would_take_elsewhere_is_refused() {
        for ailleurs in [
            "",
            "demandes",
            "//mal.example",
            "/\\mal.example",
            "\\/mal.example",
            "https://mal.example",
            "/\t/mal.example",
            "/a\r\nSet-Cookie: x",
            "/\n",
            " /",
            "javascript:alert(1)",
            "/a#b",
            "/é",
        ] {
            assert_eq!(Retour::parse(ailleurs), None, "{ailleurs:?}");
        }
        assert_eq!(Retour::parse(&format!("/{}", "a".repeat(600))), None);
    }

    proptest! {
        #[test]
        fn a_path_kept_has_one_leading_slash_and_nothing_a_browser_rewrites(texte in "[/\\\\a-z:\\t\\n .?é]{0,12}") {
            if let Some(retour) = Retour::parse(&texte) {
                let chemin = retour.as_str();
                prop_assert!(chemin.starts_with('/') && !chemin.starts_with("//"));
                prop_assert!(!chemin.contains(['\\', '\t', '\n', '\r', ' ']));
            }
        }
    }
}
