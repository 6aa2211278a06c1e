//! The public number of a demande: random, readable aloud, with a check character.
//!
//! It counts nothing: two numbers in a row say nothing of how many demandes there are. Its 45 bits make two equal
//! draws rare, not impossible: uniqueness is kept by the table, which draws again.

use std::{fmt, str::FromStr};

/// Twenty-three signs without look-alikes (no 0 O 1 I L, 2 Z, 5 S, 8 B, 6 G pairs, no U V pair) and without vowels,
/// hence without words. A prime number of them is what makes the check character catch every swap.
const SIGNES: &[u8; 23] = b"23456789CDFHJKMNPQRTVWX";

/// Random signs, before the check character.
const TIRES: usize = 10;

const TOTAL: usize = TIRES + 1;

/// A reference such as `EP-7K3M-Q9TX-4RH`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference([u8; TOTAL]);

/// Why a text is not a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceInvalide {
    /// Not of this form.
    #[error("le numéro de demande s'écrit comme EP-7K3M-Q9TX-4RH")]
    Forme,
    /// Of this form, with a typing error.
    #[error("le numéro de demande comporte une erreur de saisie")]
    Controle,
}

impl Reference {
    /// The reference drawn from eight random bytes.
    #[must_use]
    pub fn from_random(octets: [u8; 8]) -> Self {
        let base = SIGNES.len() as u64;
        let mut reste = u64::from_be_bytes(octets);
        let mut rangs = [0; TIRES];
        for rang in &mut rangs {
            *rang = reste % base;
            reste /= base;
        }
        let controle = somme(rangs.iter().copied());
        let mut signes = [0; TOTAL];
        for (signe, rang) in signes.iter_mut().zip(rangs.into_iter().chain([controle])) {
            *signe = signe_de(rang);
        }
        Self(signes)
    }

    /// Reads a reference as people type it: any case, spaces and dashes anywhere, with or without `EP`.
    ///
    /// # Errors
    /// When it is not of this form, or when its check character does not hold.
    pub fn parse(texte: &str) -> Result<Self, ReferenceInvalide> {
        let mut ecrit: String = texte
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}'))
            .map(|c| c.to_ascii_uppercase())
            .take(TOTAL + 3)
            .collect();
        if ecrit.len() > TOTAL
            && let Some(suite) = ecrit.strip_prefix("EP")
        {
            ecrit = suite.to_owned();
        }
        let signes: [u8; TOTAL] = ecrit.as_bytes().try_into().map_err(|_| ReferenceInvalide::Forme)?;
        let rangs: Vec<u64> =
            signes.iter().map(|signe| rang_de(*signe)).collect::<Option<_>>().ok_or(ReferenceInvalide::Forme)?;
        let controle = rangs.last().copied();
        if controle == Some(somme(rangs.into_iter().take(TIRES))) {
            Ok(Self(signes))
        } else {
            Err(ReferenceInvalide::Controle)
        }
    }
}

/// The check value: a sum in which each place has a weight of its own (2 to 11; the check character itself weighs −1).
/// Modulo a prime, distinct weights that are not zero catch every single error and every swap of two signs.
fn somme(rangs: impl Iterator<Item = u64>) -> u64 {
    rangs.zip(2..).map(|(rang, poids)| rang * poids).sum::<u64>() % SIGNES.len() as u64
}

fn signe_de(rang: u64) -> u8 {
    usize::try_from(rang).ok().and_then(|rang| SIGNES.get(rang)).copied().unwrap_or(b'2')
}

fn rang_de(signe: u8) -> Option<u64> {
    SIGNES.iter().position(|connu| *connu == signe).map(|rang| rang as u64)
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EP")?;
        for (place, signe) in self.0.iter().enumerate() {
            if place % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(*signe))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reference({self})")
    }
}

impl FromStr for Reference {
    type Err = ReferenceInvalide;

    fn from_str(texte: &str) -> Result<Self, ReferenceInvalide> {
        Self::parse(texte)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::garde;

    fn compacte(reference: Reference) -> String {
        reference.to_string().replace('-', "").split_off(2)
    }

    proptest! {
        #[test]
        fn a_reference_is_read_back_as_people_type_it(octets in any::<[u8; 8]>()) {
            let reference = Reference::from_random(octets);
            let ecrite = reference.to_string();
            for forme in [ecrite.clone(), ecrite.to_lowercase(), ecrite.replace('-', ""), ecrite.replace('-', " "),
                ecrite.replace('-', "–"), format!("  {ecrite} "), compacte(reference)] {
                prop_assert_eq!(Reference::parse(&forme), Ok(reference), "{}", forme);
            }
        }

        #[test]
        fn every_wrong_character_is_caught(octets in any::<[u8; 8]>()) {
            let juste = compacte(Reference::from_random(octets)).into_bytes();
            for place in 0..TOTAL {
                for autre in (b'0'..=b'9').chain(b'A'..=b'Z').filter(|autre| *autre != juste[place]) {
                    let mut fausse = juste.clone();
                    fausse[place] = autre;
                    prop_assert!(Reference::parse(std::str::from_utf8(&fausse).unwrap()).is_err());
                }
            }
        }

        #[test]
        fn every_swap_of_neighbours_is_caught(octets in any::<[u8; 8]>()) {
            let juste = compacte(Reference::from_random(octets)).into_bytes();
            for place in 0..TOTAL - 1 {
                let mut fausse = juste.clone();
                fausse.swap(place, place + 1);
                prop_assert!(fausse == juste || Reference::parse(std::str::from_utf8(&fausse).unwrap()).is_err());
            }
        }

        #[test]
        fn the_garde_never_takes_a_reference_for_a_number(octets in any::<[u8; 8]>(), suite in "[0-9 ]{0,12}") {
            let reference = Reference::from_random(octets);
            prop_assert!(garde::examine(&reference.to_string()).is_empty());
            let texte = format!("Demande {reference} du {suite}");
            prop_assert!(garde::examine(&texte).is_empty());
        }

        #[test]
        fn any_text_is_answered(texte in "\\PC{0,30}") {
            let _ = Reference::parse(&texte);
        }

        #[test]
        fn different_draws_give_different_references(a in 0..41_426_511_213_649u64, b in 0..41_426_511_213_649u64) {
            let (une, autre) = (Reference::from_random(a.to_be_bytes()), Reference::from_random(b.to_be_bytes()));
            prop_assert_eq!(une == autre, a == b);
        }
    }

    #[test]
    fn another_form_is_refused() {
        let juste = Reference::from_random([7; 8]).to_string();
        for faux in [
            String::new(),
            "EP".into(),
            juste.replace("EP", "FR"),
            format!("{juste}2"),
            juste[..juste.len() - 1].into(),
            juste.replacen('-', "_", 1),
        ] {
            assert_eq!(Reference::parse(&faux), Err(ReferenceInvalide::Forme), "{faux}");
        }
    }

    #[test]
    fn the_form_is_three_groups_behind_the_initials() {
        let ecrite = Reference::from_random([255; 8]).to_string();
        let tailles: Vec<usize> = ecrite.split('-').map(str::len).collect();
        assert_eq!(tailles, [2, 4, 4, 3]);
        assert!(ecrite.starts_with("EP-"));
    }
}
