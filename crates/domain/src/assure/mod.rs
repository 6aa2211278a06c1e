//! Who a demande is about: civilité, nom, prénom, date de naissance (DE-2). Never a NIR.
//!
//! Values here are checked once, when they are read from a form; what a caisse holds is read back the same way.

mod date_naissance;
mod nom;
mod recherche;

use std::str::FromStr;

pub use date_naissance::{DateNaissance, DateNaissanceInvalide};
pub use nom::{NomInvalide, NomPropre, cle_de_nom};
pub use recherche::{RechercheInvalide, nom_cherche};

/// How the person is addressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Civilite {
    /// « Madame ».
    Madame,
    /// « Monsieur ».
    Monsieur,
}

/// No civilité was chosen, or the word is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("choisissez madame ou monsieur")]
pub struct CiviliteInconnue;

impl Civilite {
    /// Both, in the order of the form.
    pub const TOUTES: [Self; 2] = [Self::Madame, Self::Monsieur];

    /// The word of forms and tables: `madame`, `monsieur`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Madame => "madame",
            Self::Monsieur => "monsieur",
        }
    }

    /// As pages write it: « Madame », « Monsieur ».
    #[must_use]
    pub fn libelle(self) -> &'static str {
        match self {
            Self::Madame => "Madame",
            Self::Monsieur => "Monsieur",
        }
    }

    /// The civilité of a word.
    #[must_use]
    pub fn parse(texte: &str) -> Option<Self> {
        Self::TOUTES.into_iter().find(|civilite| civilite.as_str() == texte)
    }
}

impl FromStr for Civilite {
    type Err = CiviliteInconnue;

    fn from_str(texte: &str) -> Result<Self, CiviliteInconnue> {
        Self::parse(texte).ok_or(CiviliteInconnue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_civilite_is_read_back_from_its_word_only() {
        for civilite in Civilite::TOUTES {
            assert_eq!(civilite.as_str().parse(), Ok(civilite));
        }
        for faux in ["", "Madame", "mademoiselle", "m"] {
            assert_eq!(faux.parse::<Civilite>(), Err(CiviliteInconnue));
        }
    }
}
