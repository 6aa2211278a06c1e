//! What may be searched as a name (DE-11).

use super::nom::cle_de_nom;

/// The longest text searched, in characters.
const LONGUEUR_MAX: usize = 100;
/// Letters from which on a beginning is enough.
const DEBUT_MIN: usize = 3;

/// Why a text is not searched, in words for the field; the text is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RechercheInvalide {
    /// No letter was typed.
    #[error("Saisissez un nom ou un numéro de demande.")]
    Vide,
    /// No word of three letters or more, and not said to be whole.
    #[error(
        "Saisissez au moins 3 lettres du nom. Si le nom entier est plus court, ajoutez le prénom ou mettez le nom entre \
         guillemets, par exemple « Ly »."
    )]
    TropCourte,
    /// More than a hundred characters.
    #[error("Saisissez {LONGUEUR_MAX} caractères au plus.")]
    TropLongue,
}

/// Reads a name to search; gives it as it is shown back. One word must have three letters; the others are then searched
/// whole, and so are all between quotation marks: « Ly » finds who is called so.
///
/// # Errors
/// The first rule that is broken.
pub fn nom_cherche(texte: &str) -> Result<String, RechercheInvalide> {
    if texte.chars().count() > LONGUEUR_MAX {
        return Err(RechercheInvalide::TropLongue);
    }
    let bare = texte.trim();
    let quoted = bare.chars().count() > 1 && bare.starts_with(est_guillemet) && bare.ends_with(est_guillemet);
    let shown = bare.trim_matches(est_guillemet).split_whitespace().collect::<Vec<_>>().join(" ");
    let cle = cle_de_nom(&shown);
    let mut lengths = cle.split(' ').map(|word| word.chars().count()).filter(|length| *length > 0).peekable();
    if lengths.peek().is_none() {
        return Err(RechercheInvalide::Vide);
    }
    if !quoted && lengths.all(|length| length < DEBUT_MIN) {
        return Err(RechercheInvalide::TropCourte);
    }
    Ok(shown)
}

fn est_guillemet(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '«' | '»' | '“' | '”' | '„')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn two_letters_are_refused_with_the_way_to_search_a_short_name() {
        for typed in ["Ly", "le", " L’ ", "d'", "é", "Wu Li", "\"", "\"ly"] {
            let answer = nom_cherche(typed);
            assert!(
                matches!(answer, Err(RechercheInvalide::TropCourte | RechercheInvalide::Vide)),
                "{typed}: {answer:?}"
            );
        }
        assert!(RechercheInvalide::TropCourte.to_string().starts_with("Saisissez au moins 3 lettres du nom"));
    }

    #[test]
    fn a_short_name_is_searched_between_quotation_marks_or_with_the_prenom() {
        for typed in ["« Ly »", "«\u{a0}Ly\u{a0}»", "\"Ly\"", "“Ly”"] {
            assert_eq!(nom_cherche(typed).as_deref(), Ok("Ly"), "{typed}");
        }
        assert_eq!(nom_cherche("Ly  Minh").as_deref(), Ok("Ly Minh"));
        assert_eq!(nom_cherche("« O »").as_deref(), Ok("O"));
    }

    #[test]
    fn what_holds_no_letter_or_too_many_is_refused() {
        for typed in ["", "   ", "« »", "--'", "\u{301}"] {
            assert_eq!(nom_cherche(typed), Err(RechercheInvalide::Vide), "{typed}");
        }
        assert_eq!(nom_cherche(&"a".repeat(101)), Err(RechercheInvalide::TropLongue));
        assert_eq!(nom_cherche("œu").as_deref(), Ok("œu"), "three letters once written out");
    }

    proptest! {
        #[test]
        fn a_name_of_three_letters_is_searched_however_it_is_written(nom in "[A-Za-zéèœæßçÀÉŒ]{3,20}([ '’-][A-Za-zé]{1,20}){0,2}") {
            let shown = nom_cherche(&format!(" {nom} ")).unwrap();
            prop_assert_eq!(cle_de_nom(&shown), cle_de_nom(&nom));
        }

        #[test]
        fn any_text_is_answered(texte in "\\PC{0,120}") {
            if let Ok(shown) = nom_cherche(&texte) {
                prop_assert!(!cle_de_nom(&shown).is_empty());
            }
        }
    }
}
