//! SIREN (nine digits, a legal entity) and SIRET (fourteen, one of its establishments).

use std::fmt;

use super::est_invisible;

/// Why a text is not a SIREN or a SIRET, in words for the field that was filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SiretInvalide {
    /// Not the right number of digits.
    #[error("le numéro doit compter {attendus} chiffres")]
    Longueur {
        /// How many digits are expected: 9 or 14.
        attendus: usize,
    },
    /// Something else than the digits 0 to 9 and spaces (full-width digits included).
    #[error("le numéro ne doit contenir que des chiffres")]
    Caractere,
    /// Only zeros, or the establishment 00000.
    #[error("ce numéro n'est pas attribué")]
    Zeros,
    /// A key does not hold.
    #[error("le numéro comporte une erreur de saisie : sa clé ne correspond pas")]
    Cle,
}

const LA_POSTE: &str = "356000000";
const SIEGE_DE_LA_POSTE: &str = "35600000000048";

/// A SIREN whose key holds, in nine digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Siren(String);

/// A SIRET whose two keys hold, in fourteen digits (PA-1).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Siret(String);

impl Siren {
    /// Reads nine digits; spaces of any kind are dropped.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn parse(texte: &str) -> Result<Self, SiretInvalide> {
        let chiffres = sans_espaces(texte, 9)?;
        if chiffres.bytes().all(|c| c == b'0') {
            return Err(SiretInvalide::Zeros);
        }
        if luhn(&chiffres) == 0 { Ok(Self(chiffres)) } else { Err(SiretInvalide::Cle) }
    }

    /// A SIREN with a right key made from a root of eight digits (the rest of a division by 10⁸), for tests
    /// and for the demonstration: nothing says that it is, or is not, attributed. The root 0 is read as 1.
    #[must_use]
    pub fn depuis_racine(racine: u32) -> Self {
        let debut = format!("{:08}", (racine % 100_000_000).max(1));
        Self(format!("{debut}{}", cle_luhn(&debut)))
    }

    /// The nine digits.
    #[must_use]
    pub fn canonique(&self) -> &str {
        &self.0
    }
}

impl Siret {
    /// Reads fourteen digits; spaces of any kind are dropped.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn parse(texte: &str) -> Result<Self, SiretInvalide> {
        let chiffres = sans_espaces(texte, 14)?;
        let (siren, nic) = chiffres.split_at_checked(9).ok_or(SiretInvalide::Caractere)?;
        Siren::parse(siren)?;
        if nic == "00000" {
            return Err(SiretInvalide::Zeros);
        }
        if cle_de_siret_tient(&chiffres) { Ok(Self(chiffres)) } else { Err(SiretInvalide::Cle) }
    }

    /// The SIRET with a right key of an establishment (1 to 9 999; 0 is read as 1), for tests and for the demonstration.
    #[must_use]
    pub fn depuis_siren(siren: &Siren, etablissement: u16) -> Self {
        let debut = format!("{}{:04}", siren.0, (etablissement % 10_000).max(1));
        let cle = if siren.0 == LA_POSTE { (5 - somme(&debut) % 5) % 5 } else { cle_luhn(&debut) };
        Self(format!("{debut}{cle}"))
    }

    /// The fourteen digits.
    #[must_use]
    pub fn canonique(&self) -> &str {
        &self.0
    }

    /// The legal entity of this establishment.
    #[must_use]
    pub fn siren(&self) -> Siren {
        Siren(self.0.chars().take(9).collect())
    }
}

impl fmt::Display for Siren {
    /// By groups of three, as it is read aloud.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        groupe(&self.0, f)
    }
}

impl fmt::Display for Siret {
    /// By groups of three, then the five digits of the establishment.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        groupe(&self.0, f)
    }
}

fn groupe(chiffres: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (rang, c) in chiffres.char_indices() {
        if matches!(rang, 3 | 6 | 9) {
            f.write_str(" ")?;
        }
        write!(f, "{c}")?;
    }
    Ok(())
}

fn sans_espaces(texte: &str, attendus: usize) -> Result<String, SiretInvalide> {
    let mut chiffres = String::with_capacity(attendus);
    for c in texte.chars().filter(|c| !c.is_whitespace() && !est_invisible(*c)) {
        if !c.is_ascii_digit() {
            return Err(SiretInvalide::Caractere);
        }
        if chiffres.len() == attendus {
            return Err(SiretInvalide::Longueur { attendus });
        }
        chiffres.push(c);
    }
    if chiffres.len() == attendus { Ok(chiffres) } else { Err(SiretInvalide::Longueur { attendus }) }
}

/// The establishments of La Poste follow the sum of their digits, never Luhn, but for the head office.
fn cle_de_siret_tient(chiffres: &str) -> bool {
    if chiffres.starts_with(LA_POSTE) {
        chiffres == SIEGE_DE_LA_POSTE || somme(chiffres).is_multiple_of(5)
    } else {
        luhn(chiffres) == 0
    }
}

fn somme(chiffres: &str) -> u32 {
    chiffres.chars().filter_map(|c| c.to_digit(10)).sum()
}

/// The Luhn sum modulo 10 (0 when the key holds).
fn luhn(chiffres: &str) -> u32 {
    let total: u32 = chiffres
        .chars()
        .rev()
        .filter_map(|c| c.to_digit(10))
        .enumerate()
        .map(|(rang, chiffre)| match (rang % 2, chiffre * 2) {
            (0, _) => chiffre,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        })
        .sum();
    total % 10
}

/// The digit that, put at the end, makes Luhn hold.
fn cle_luhn(debut: &str) -> u32 {
    (10 - luhn(&format!("{debut}0"))) % 10
}

#[cfg(test)]
mod tests;
