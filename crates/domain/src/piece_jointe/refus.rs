//! Why a file is refused when it is sent, in sentences for who sent it (PJ-1, PJ-2).

/// A reason to refuse a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refus {
    /// No byte in it.
    #[error("Ce fichier est vide. Vérifiez-le sur votre ordinateur, puis joignez-le de nouveau.")]
    Vide,
    /// Over [`super::TAILLE_MAX`].
    #[error("Ce fichier dépasse 10 Mo. Réduisez-le, ou envoyez-le en plusieurs fichiers.")]
    TropLourd,
    /// Over [`super::NOMBRE_MAX`].
    #[error("Vous pouvez joindre 10 fichiers au plus. Retirez-en un, ou regroupez plusieurs pages en un seul PDF.")]
    TropNombreux,
    /// Neither PDF nor JPEG nor PNG, whatever its name says.
    #[error(
        "Ce fichier n’est ni un PDF, ni une image JPEG ou PNG, quel que soit son nom. Enregistrez-le en PDF, puis joignez-le de nouveau."
    )]
    TypeInconnu,
    /// Begins like its kind and cannot be read to its end.
    #[error("Ce fichier est abîmé ou incomplet. Enregistrez-le ou numérisez-le de nouveau, puis joignez-le.")]
    Abime,
    /// A PDF that asks for a password.
    #[error("Ce PDF est protégé par un mot de passe. Enregistrez-le sans protection, puis joignez-le de nouveau.")]
    Chiffre,
    /// A PDF that holds a program, starts one or fetches something.
    #[error(
        "Ce PDF contient un programme (JavaScript ou commande). Imprimez-le en PDF pour n’en garder que les pages, puis joignez-le."
    )]
    Actif,
    /// A PDF that holds other files.
    #[error("Ce PDF contient d’autres fichiers. Joignez chaque fichier séparément, en PDF, JPEG ou PNG.")]
    FichiersInclus,
    /// One file that is also of another kind.
    #[error(
        "Ce fichier contient autre chose que le document : il ne peut pas être accepté. Imprimez-le en PDF ou numérisez-le de nouveau."
    )]
    Polyglotte,
    /// A picture of more elements than is opened.
    #[error("Cette image est trop grande. Réduisez ses dimensions (8 000 sur 8 000 points au plus), puis joignez-la.")]
    TropGrande,
    /// A PDF of more objects, or more compressed ones, than is opened.
    #[error("Ce PDF est trop complexe pour être vérifié. Imprimez-le en PDF simple, puis joignez-le.")]
    TropComplexe,
}

impl Refus {
    /// Every reason.
    pub const TOUS: [Self; 11] = [
        Self::Vide,
        Self::TropLourd,
        Self::TropNombreux,
        Self::TypeInconnu,
        Self::Abime,
        Self::Chiffre,
        Self::Actif,
        Self::FichiersInclus,
        Self::Polyglotte,
        Self::TropGrande,
        Self::TropComplexe,
    ];

    /// Code for the journal.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Vide => "vide",
            Self::TropLourd => "trop_lourd",
            Self::TropNombreux => "trop_nombreux",
            Self::TypeInconnu => "type_inconnu",
            Self::Abime => "abime",
            Self::Chiffre => "chiffre",
            Self::Actif => "actif",
            Self::FichiersInclus => "fichiers_inclus",
            Self::Polyglotte => "polyglotte",
            Self::TropGrande => "trop_grande",
            Self::TropComplexe => "trop_complexe",
        }
    }
}

/// Whether so many bytes may be a file: neither none nor over [`super::TAILLE_MAX`].
///
/// # Errors
/// [`Refus::Vide`] or [`Refus::TropLourd`].
pub const fn check_size(octets: usize) -> Result<(), Refus> {
    match octets {
        0 => Err(Refus::Vide),
        n if n > super::TAILLE_MAX => Err(Refus::TropLourd),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::piece_jointe::{NOMBRE_MAX, TAILLE_MAX};

    #[test]
    fn the_greatest_file_passes_and_one_byte_more_does_not() {
        assert_eq!(check_size(0), Err(Refus::Vide));
        assert_eq!(check_size(1), Ok(()));
        assert_eq!(check_size(TAILLE_MAX), Ok(()));
        assert_eq!(check_size(TAILLE_MAX + 1), Err(Refus::TropLourd));
    }

    #[test]
    fn the_sentences_name_the_limits_that_hold() {
        assert_eq!(TAILLE_MAX / (1024 * 1024), 10);
        assert!(Refus::TropLourd.to_string().contains("10 Mo"));
        assert!(Refus::TropNombreux.to_string().contains(&NOMBRE_MAX.to_string()));
    }

    #[test]
    fn what_is_said_of_a_picture_is_not_said_of_a_document() {
        assert!(Refus::TropGrande.to_string().contains("image"));
        assert!(Refus::TropComplexe.to_string().contains("PDF") && !Refus::TropComplexe.to_string().contains("image"));
    }

    #[test]
    fn every_reason_has_a_code_and_a_sentence_of_its_own() {
        for (i, a) in Refus::TOUS.iter().enumerate() {
            assert!(a.to_string().ends_with('.'));
            for b in &Refus::TOUS[i + 1..] {
                assert!(a.code() != b.code() && a.to_string() != b.to_string(), "{a:?} {b:?}");
            }
        }
    }
}
