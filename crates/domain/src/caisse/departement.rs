//! Départements and overseas collectivities: the field of record of where an assure lives (DE-2).

use std::{fmt, str::FromStr, sync::LazyLock};

use super::lignes;

/// A département or an overseas collectivity that exists.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Departement {
    code: &'static str,
}

/// The code is that of no département.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("département inconnu : indiquez son numéro, par exemple 82, 2A ou 974")]
pub struct DepartementInconnu;

/// Code and name, in the order of the codes as people list them (2A and 2B stand where 20 stood).
static TABLE: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    lignes(include_str!("../data/departements.tsv"))
        .filter_map(|ligne| {
            let mut colonnes = ligne.split('\t');
            Some((colonnes.next()?, colonnes.next()?))
        })
        .collect()
});

impl Departement {
    /// The département of a code: spaces around and lower-case letters are accepted, a missing zero too (`1`, `2a`).
    ///
    /// # Errors
    /// When no département has this code; 20 is none since Corsica was divided.
    pub fn parse(texte: &str) -> Result<Self, DepartementInconnu> {
        let code = texte.trim().to_ascii_uppercase();
        let code = if code.len() == 1 { format!("0{code}") } else { code };
        TABLE.iter().find(|(connu, _)| *connu == code).map(|(code, _)| Self { code }).ok_or(DepartementInconnu)
    }

    /// Every département, in the order of a list to choose from.
    pub fn tous() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|(code, _)| Self { code })
    }

    /// The code: two characters, three overseas.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.code
    }

    /// The name (« Tarn-et-Garonne »).
    #[must_use]
    pub fn nom(self) -> &'static str {
        TABLE.iter().find(|(code, _)| *code == self.code).map_or("", |(_, nom)| nom)
    }
}

impl fmt::Debug for Departement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Departement({})", self.code)
    }
}

impl fmt::Display for Departement {
    /// As in a list to choose from: « 82 – Tarn-et-Garonne ».
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} – {}", self.code, self.nom())
    }
}

impl FromStr for Departement {
    type Err = DepartementInconnu;

    fn from_str(texte: &str) -> Result<Self, DepartementInconnu> {
        Self::parse(texte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_departements_are_there_once_with_a_name() {
        let codes: Vec<&str> = Departement::tous().map(Departement::code).collect();
        let mut attendus: Vec<String> =
            (1..=95).filter(|n| *n != 20).map(|n| format!("{n:02}")).chain(["2A".into(), "2B".into()]).collect();
        attendus
            .extend(["971", "972", "973", "974", "975", "976", "977", "978", "986", "987", "988"].map(String::from));
        let mut tries: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
        tries.sort();
        attendus.sort();
        assert_eq!(tries, attendus);
        assert!(Departement::tous().all(|departement| !departement.nom().is_empty()));
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for (texte, code) in [("82", "82"), (" 2a ", "2A"), ("1", "01"), ("974", "974")] {
            assert_eq!(Departement::parse(texte).unwrap().code(), code);
        }
        for faux in ["", "0", "00", "20", "96", "2C", "9710", "979", "Var", "８２"] {
            assert_eq!(Departement::parse(faux), Err(DepartementInconnu), "{faux}");
        }
    }

    #[test]
    fn a_departement_is_shown_with_its_name() {
        assert_eq!(Departement::parse("82").unwrap().to_string(), "82 – Tarn-et-Garonne");
    }
}
