//! The social security number (NIR) and its waiting form: validation only.
//!
//! A `Nir` never prints itself: `Debug` hides the digits, there is no `Display`. It exists for checks and for
//! tests; a demande never carries one (DE-2, GA-1).

use std::fmt;

/// Why a text is not a NIR. The message never repeats the number (GA-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NirInvalide {
    /// Neither 15 characters, nor the 13 of a waiting number.
    #[error("le numéro doit compter 15 caractères, ou 13 pour un numéro d'attente")]
    Longueur,
    /// A character that has no place in such a number.
    #[error("le numéro contient un caractère inattendu")]
    Caractere,
    /// A part (sex, month, département, commune, order) is outside its range.
    #[error("une partie du numéro est impossible")]
    Structure,
    /// The two last digits are not the key of the thirteen first characters.
    #[error("la clé ne correspond pas au numéro")]
    Cle,
}

/// A well-formed NIR (15 characters) or waiting number (13 characters).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Nir(String);

impl fmt::Debug for Nir {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nir(masqué)")
    }
}

impl Nir {
    /// Reads a NIR as people write it: spaces (visible or not), dots, dashes, slashes, underscores, and
    /// parentheses around the key are dropped; look-alike letters are not corrected.
    ///
    /// # Errors
    /// The first rule that is broken, without the number.
    pub fn parse(texte: &str) -> Result<Self, NirInvalide> {
        let signes = sans_separateurs(texte)?;
        match signes.len() {
            15 => lit_quinze(&signes)?,
            13 => lit_attente(&signes)?,
            _ => return Err(NirInvalide::Longueur),
        }
        Ok(Self(signes.into_iter().collect()))
    }

    /// The number in one piece, upper case: for comparing, never for a page, a log or a mail.
    #[must_use]
    pub fn canonique(&self) -> &str {
        &self.0
    }

    /// Whether it is a waiting number (13 characters, no key).
    #[must_use]
    pub fn est_attente(&self) -> bool {
        self.0.len() == 13
    }
}

/// The key of thirteen characters, 01 to 97.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CleNir(u8);

impl CleNir {
    /// The key of thirteen ASCII digits, of which the sixth and seventh may be `2A` or `2B`; `None` for anything else.
    #[must_use]
    pub fn de(treize: &[char]) -> Option<Self> {
        if treize.len() != 13 {
            return None;
        }
        let corse = match (treize.get(5), treize.get(6)) {
            (Some('2'), Some('A')) => Some(19),
            (Some('2'), Some('B')) => Some(18),
            _ => None,
        };
        let mut nombre: u64 = 0;
        for (rang, signe) in treize.iter().enumerate() {
            let chiffre = match (corse, rang) {
                (Some(departement), 5) => departement / 10,
                (Some(departement), 6) => departement % 10,
                _ => u64::from(signe.to_digit(10)?),
            };
            nombre = nombre * 10 + chiffre;
        }
        u8::try_from(97 - nombre % 97).ok().map(Self)
    }

    /// The key as a number, 1 to 97.
    #[must_use]
    pub fn valeur(self) -> u8 {
        self.0
    }
}

/// Spaces and marks that show nothing: zero-width, soft hyphen, direction and variation marks.
pub(crate) fn est_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Dashes of any length, minus signs included.
fn est_tiret(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

/// What people put between the parts of a number: spaces, dots, dashes, slashes, underscores.
pub(crate) fn est_separateur(c: char) -> bool {
    c.is_whitespace()
        || est_invisible(c)
        || est_tiret(c)
        || matches!(c, '.' | '\u{B7}' | '\u{2024}' | '/' | '\u{2044}' | '\u{2215}' | '_')
}

/// Drops separators, and one pair of parentheses when it holds exactly the two last characters of fifteen.
fn sans_separateurs(texte: &str) -> Result<Vec<char>, NirInvalide> {
    let mut signes = Vec::with_capacity(15);
    let (mut ouverte, mut fermee) = (None, None);
    for c in texte.chars().filter(|c| !est_separateur(*c)) {
        match c {
            '(' if ouverte.is_none() => ouverte = Some(signes.len()),
            ')' if fermee.is_none() => fermee = Some(signes.len()),
            c if fermee.is_some() || !c.is_ascii_alphanumeric() => {
                return Err(NirInvalide::Caractere);
            }
            c => signes.push(c.to_ascii_uppercase()),
        }
        if signes.len() > 15 {
            return Err(NirInvalide::Longueur);
        }
    }
    match (ouverte, fermee) {
        (None, None) | (Some(13), Some(15)) => Ok(signes),
        _ => Err(NirInvalide::Caractere),
    }
}

fn lit_quinze(signes: &[char]) -> Result<(), NirInvalide> {
    let (treize, cle) = signes.split_at_checked(13).ok_or(NirInvalide::Longueur)?;
    let attendue = CleNir::de(treize).ok_or(NirInvalide::Caractere)?;
    let lue = nombre(cle).ok_or(NirInvalide::Caractere)?;
    if !structure_plausible(treize) {
        return Err(NirInvalide::Structure);
    }
    if u32::from(attendue.valeur()) != lue {
        return Err(NirInvalide::Cle);
    }
    Ok(())
}

fn lit_attente(signes: &[char]) -> Result<(), NirInvalide> {
    if !signes.iter().all(char::is_ascii_digit) {
        return Err(NirInvalide::Caractere);
    }
    if attente_plausible(signes) { Ok(()) } else { Err(NirInvalide::Structure) }
}

/// Whether thirteen characters have possible parts: sex 1–4, month 01–12 or 20–99, département, commune, order.
pub(crate) fn structure_plausible(treize: &[char]) -> bool {
    let partie = |de: usize, a: usize| treize.get(de..a).and_then(nombre);
    let corse = matches!((treize.get(5), treize.get(6)), (Some('2'), Some('A' | 'B')));
    treize.len() == 13
        && matches!(treize.first(), Some('1'..='4'))
        && partie(1, 3).is_some()
        && partie(3, 5).is_some_and(|mois| matches!(mois, 1..=12 | 20..=99))
        && (corse || partie(5, 7).is_some_and(|departement| departement > 0))
        && partie(7, 10).is_some_and(|commune| commune > 0)
        && partie(10, 13).is_some_and(|ordre| ordre > 0)
}

/// Whether thirteen characters may be a waiting number: 7 or 8, then 0, 1 or 2, then eleven digits.
pub(crate) fn attente_plausible(treize: &[char]) -> bool {
    treize.len() == 13
        && treize.iter().all(char::is_ascii_digit)
        && matches!(treize.first(), Some('7' | '8'))
        && matches!(treize.get(1), Some('0'..='2'))
}

fn nombre(chiffres: &[char]) -> Option<u32> {
    chiffres.iter().try_fold(0, |total: u32, c| Some(total * 10 + c.to_digit(10)?))
}

#[cfg(test)]
mod tests;
