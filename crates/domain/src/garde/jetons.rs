//! Cuts a text into tokens: pieces of numbers (digits, and letters that look like digits) and words.
//!
//! Characters that show nothing (zero-width, soft hyphen, combining marks) never cut a token and never count.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::identifiants::{est_invisible, est_separateur};

/// One sign of a piece of number: a digit as read, or a letter that may stand for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signe {
    /// The digit, or the letter in upper case.
    pub lu: char,
    /// The digit that the letter looks like; the digit itself for a digit; none for A.
    pub chiffre: Option<char>,
}

impl Signe {
    pub fn est_lettre(self) -> bool {
        !self.lu.is_ascii_digit()
    }
}

/// What stands between a token and the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lien {
    /// Spaces, dots, dashes, slashes, underscores, parentheses: parts of one number may be written so.
    Simple,
    /// Commas, colons, brackets …: only somebody who hides a number writes it so.
    Etrange,
    /// Anything else: what stands on both sides is not one number.
    Rompu,
}

/// A piece of number, or a word.
#[derive(Debug)]
pub(super) struct Jeton<'a> {
    /// The signs of a piece of number; empty for a word.
    pub signes: Vec<Signe>,
    /// How it is tied to the token before.
    pub lien: Lien,
    /// Text between the token before and this one.
    pub avant: &'a str,
    /// The token as written.
    pub texte: &'a str,
    /// Place in characters.
    pub caracteres: Range<usize>,
    /// Place in bytes.
    pub octets: Range<usize>,
}

impl Jeton<'_> {
    /// A piece of number with at least one true digit.
    pub fn est_nombre(&self) -> bool {
        self.signes.iter().any(|signe| !signe.est_lettre())
    }

    /// The word without accents, in lower case, as the lists of announcing words have it.
    pub fn plie(&self) -> String {
        self.texte.nfd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    }
}

/// The longest visible gap that may stand inside a number (« 012  –  36 »).
const ECART_MAX: usize = 6;

/// Words that are found stuck to a number (« NIR1850… », « clé36 ») and are then cut from it.
const COLLES: [&str; 8] = ["nir", "nia", "nss", "ss", "secu", "cle", "clef", "n"];

pub(super) fn decoupe(texte: &str) -> Vec<Jeton<'_>> {
    let mut jetons = Vec::new();
    let mut fin_precedent = 0;
    let mut ouvert: Option<(usize, usize)> = None;
    for (rang, (octet, c)) in texte.char_indices().enumerate() {
        let dedans = c.is_alphanumeric() || (ouvert.is_some() && est_transparent(c));
        match (dedans, ouvert) {
            (true, None) => ouvert = Some((rang, octet)),
            (false, Some((rang_debut, debut))) => {
                pousse(&mut jetons, texte, (rang_debut, debut..octet), &mut fin_precedent);
                ouvert = None;
            }
            _ => {}
        }
    }
    if let Some((rang_debut, debut)) = ouvert {
        pousse(&mut jetons, texte, (rang_debut, debut..texte.len()), &mut fin_precedent);
    }
    jetons
}

/// Adds the token at this place (rank of its first character, bytes), cut in two when a word is stuck to a number.
fn pousse<'a>(jetons: &mut Vec<Jeton<'a>>, texte: &'a str, place: (usize, Range<usize>), fin_precedent: &mut usize) {
    let (rang, octets) = place;
    let ecrit = texte.get(octets.clone()).unwrap_or_default();
    let visible = ecrit.trim_end_matches(est_transparent);
    let octets = octets.start..octets.start + visible.len();
    let coupe = coupe_colle(visible);
    let morceaux = [visible.get(..coupe).unwrap_or_default(), visible.get(coupe..).unwrap_or_default()];
    let (mut rang, mut octet) = (rang, octets.start);
    for morceau in morceaux.into_iter().filter(|morceau| !morceau.is_empty()) {
        let avant = texte.get(*fin_precedent..octet).unwrap_or_default();
        let longueur = morceau.chars().count();
        jetons.push(Jeton {
            signes: signes(morceau),
            lien: lien(avant),
            avant,
            texte: morceau,
            caracteres: rang..rang + longueur,
            octets: octet..octet + morceau.len(),
        });
        rang += longueur;
        octet += morceau.len();
        *fin_precedent = octet;
    }
}

/// Marks that show nothing or sit on the character before.
fn est_transparent(c: char) -> bool {
    est_invisible(c) || matches!(c, '\u{300}'..='\u{36F}' | '\u{20DD}'..='\u{20E3}')
}

/// Where a known word ends and a number begins, in bytes; 0 when the token is one piece.
fn coupe_colle(ecrit: &str) -> usize {
    let Some(coupe) = ecrit.find(|c: char| chiffre(c).is_some()) else {
        return 0;
    };
    let tete = ecrit.get(..coupe).unwrap_or_default();
    if tete.is_empty() || tete.len() > 12 {
        return 0;
    }
    let tete: String = tete.nfd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if COLLES.contains(&tete.as_str()) { coupe } else { 0 }
}

/// The signs of a token made only of digits and of letters that may stand in a number; empty otherwise.
fn signes(ecrit: &str) -> Vec<Signe> {
    let mut lus = Vec::new();
    for c in ecrit.chars().filter(|c| !est_transparent(*c)) {
        match signe(c) {
            Some(signe) => lus.push(signe),
            None => return Vec::new(),
        }
    }
    lus
}

fn signe(c: char) -> Option<Signe> {
    if let Some(chiffre) = chiffre(c) {
        return Some(Signe { lu: chiffre, chiffre: Some(chiffre) });
    }
    let (lu, chiffre) = match c {
        'O' | 'o' | '\u{41E}' | '\u{43E}' | '\u{39F}' | '\u{3BF}' => ('O', Some('0')),
        'l' | 'I' | '\u{406}' => ('I', Some('1')),
        'S' | 's' => ('S', Some('5')),
        'B' | 'b' => ('B', Some('8')),
        'A' | 'a' => ('A', None),
        _ => return None,
    };
    Some(Signe { lu, chiffre })
}

/// The ASCII digit that a character shows: full-width, circled, raised and mathematical digits included.
fn chiffre(c: char) -> Option<char> {
    if c.is_ascii() {
        return c.is_ascii_digit().then_some(c);
    }
    if !c.is_numeric() {
        return None;
    }
    if let '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}' = c {
        return char::from_digit(u32::from(c) & 0xF, 10);
    }
    let mut forme = std::iter::once(c).nfkc();
    forme.next().filter(|seul| seul.is_ascii_digit() && forme.next().is_none())
}

fn lien(avant: &str) -> Lien {
    let visibles = avant.chars().filter(|c| !est_transparent(*c));
    let mut lien = Lien::Simple;
    for (rang, c) in visibles.enumerate() {
        if rang >= ECART_MAX {
            return Lien::Rompu;
        }
        match c {
            '(' | ')' => {}
            c if est_separateur(c) => {}
            ',' | ';' | ':' | '|' | '\\' | '*' | '+' | '=' | '~' | '[' | ']' | '"' | '«' | '»' | '\'' | '’' | '#' =>
            {
                lien = Lien::Etrange;
            }
            _ => return Lien::Rompu,
        }
    }
    lien
}
