//! Caisses and the département of an assure: which caisse treats whom.
//!
//! The embedded list is where an installation starts from. Afterwards caisses are rows: [`rattachement_parmi`] takes
//! them as they are now, so that a renamed, merged or opened caisse needs no new release.

mod departement;
mod rattachement;

use std::sync::LazyLock;

use crate::calendrier::Zone;

pub use departement::{Departement, DepartementInconnu};
pub use rattachement::{Rattachement, rattachement, rattachement_parmi};

/// What kind of organisation a caisse is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TypeDeCaisse {
    /// Caisse primaire d'assurance maladie.
    Cpam,
    /// Caisse générale de sécurité sociale, overseas.
    Cgss,
    /// Caisse de sécurité sociale de Mayotte.
    Cssm,
    /// Caisse commune de sécurité sociale, in Lozère.
    Ccss,
}

impl TypeDeCaisse {
    /// The four kinds.
    pub const TOUS: [Self; 4] = [Self::Cpam, Self::Cgss, Self::Cssm, Self::Ccss];

    /// The initials, as they begin the caisse's name.
    #[must_use]
    pub fn sigle(self) -> &'static str {
        match self {
            Self::Cpam => "CPAM",
            Self::Cgss => "CGSS",
            Self::Cssm => "CSSM",
            Self::Ccss => "CCSS",
        }
    }
}

/// A caisse as far as rules know it: who it treats and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caisse {
    /// Stable word of files and addresses (`tarn-et-garonne`).
    pub slug: String,
    /// Name for people (« CPAM de Tarn-et-Garonne »).
    pub nom: String,
    /// What kind of organisation it is.
    pub type_de_caisse: TypeDeCaisse,
    /// Where its insured persons live; several caisses may share one.
    pub departements: Vec<Departement>,
    /// Its holidays and its time zone.
    pub zone: Zone,
}

static CAISSES: LazyLock<Vec<Caisse>> =
    LazyLock::new(|| lignes(include_str!("../data/caisses.tsv")).filter_map(caisse).collect());

/// The project's own list, in the order of the départements.
#[must_use]
pub fn caisses_embarquees() -> &'static [Caisse] {
    &CAISSES
}

/// The caisse of the embedded list with this slug.
#[must_use]
pub fn caisse_embarquee(slug: &str) -> Option<&'static Caisse> {
    CAISSES.iter().find(|caisse| caisse.slug == slug)
}

fn caisse(ligne: &str) -> Option<Caisse> {
    let mut colonnes = ligne.split('\t');
    let (slug, sigle, nom) = (colonnes.next()?, colonnes.next()?, colonnes.next()?);
    Some(Caisse {
        slug: slug.to_owned(),
        nom: nom.to_owned(),
        type_de_caisse: TypeDeCaisse::TOUS.into_iter().find(|un| un.sigle() == sigle)?,
        departements: colonnes.next()?.split(',').map(Departement::parse).collect::<Result<_, _>>().ok()?,
        zone: Zone::parse(colonnes.next()?)?,
    })
}

/// The lines of an embedded table, its heading comments left out.
fn lignes(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|ligne| !ligne.is_empty() && !ligne.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_line_of_the_list_is_a_caisse_with_a_slug_of_its_own() {
        let ecrites = lignes(include_str!("../data/caisses.tsv")).count();
        assert_eq!(caisses_embarquees().len(), ecrites);
        assert_eq!(ecrites, 107);
        let slugs: HashSet<&str> = caisses_embarquees().iter().map(|caisse| caisse.slug.as_str()).collect();
        assert_eq!(slugs.len(), ecrites);
        assert!(slugs.iter().all(|slug| slug.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
    }

    #[test]
    fn a_name_begins_with_the_initials_of_its_kind() {
        for caisse in caisses_embarquees() {
            assert!(caisse.nom.starts_with(caisse.type_de_caisse.sigle()), "{}", caisse.nom);
        }
        let autres: Vec<&str> = caisses_embarquees()
            .iter()
            .filter(|caisse| caisse.type_de_caisse != TypeDeCaisse::Cpam)
            .map(|caisse| caisse.slug.as_str())
            .collect();
        assert_eq!(autres, ["lozere", "guadeloupe", "martinique", "guyane", "reunion", "mayotte"]);
    }

    #[test]
    fn the_five_caisses_of_the_conventions_are_in_the_list() {
        for (slug, nom) in [
            ("tarn-et-garonne", "CPAM de Tarn-et-Garonne"),
            ("var", "CPAM du Var"),
            ("moselle", "CPAM de Moselle"),
            ("hauts-de-seine", "CPAM des Hauts-de-Seine"),
            ("rhone", "CPAM du Rhône"),
        ] {
            assert_eq!(caisse_embarquee(slug).unwrap().nom, nom);
        }
        assert!(caisse_embarquee("atlantide").is_none());
    }

    #[test]
    fn only_three_caisses_keep_the_holidays_of_alsace_moselle() {
        let slugs: Vec<&str> = caisses_embarquees()
            .iter()
            .filter(|caisse| caisse.zone == Zone::AlsaceMoselle)
            .map(|caisse| caisse.slug.as_str())
            .collect();
        assert_eq!(slugs, ["moselle", "bas-rhin", "haut-rhin"]);
    }

    #[test]
    fn overseas_caisses_stand_in_their_own_zone() {
        for (slug, zone) in [
            ("guadeloupe", Zone::Guadeloupe),
            ("martinique", Zone::Martinique),
            ("guyane", Zone::Guyane),
            ("reunion", Zone::Reunion),
            ("mayotte", Zone::Mayotte),
            ("corse-du-sud", Zone::Metropole),
        ] {
            assert_eq!(caisse_embarquee(slug).unwrap().zone, zone, "{slug}");
        }
    }
}
