//! What a PDF will cost to open, found before a parser opens it: the parser builds every object at once, some hundred
//! bytes of memory for two of the file, and a failed allocation ends the whole process.
//!
//! Every place where an object may begin is walked over, inside streams of objects too, and pays into one budget: objects
//! that overlap pay each time. Streams of pages and pictures cost nothing, they are never inflated.

use super::lexique::{Budget, Lexique, Vu};
use domain::piece_jointe::Refus;
use flate2::read::ZlibDecoder;
use std::collections::HashSet;
use std::io::Read as _;

/// Most values, names and brackets of all objects together.
pub(super) const MORCEAUX: usize = 1_000_000;
/// Most bytes that all streams of objects and of cross references may hold together.
const GONFLE: usize = 8 * 1024 * 1024;

/// A stream that a parser inflates when it opens the file.
struct Gonfle {
    start: usize,
    vu: Vu,
}

/// What was found of all objects.
#[derive(Default)]
struct Releve {
    gonfles: Vec<Gonfle>,
    chiffre: bool,
    /// Streams whose length another object tells, by their number; and the objects that tell lengths.
    suspendus: HashSet<u32>,
    longueurs: HashSet<u32>,
}

/// Whether the file is small enough to be opened.
///
/// # Errors
/// [`Refus::TropComplexe`]; [`Refus::Chiffre`] and [`Refus::Abime`] where that is seen at once.
pub(super) fn check(octets: &[u8]) -> Result<(), Refus> {
    let mut budget = Budget::new(MORCEAUX);
    let mut releve = Releve::default();
    for at in places(octets, b"trailer") {
        let vu = Lexique::new(octets, at + b"trailer".len()).object(&mut budget)?;
        releve.chiffre |= vu.is_some_and(|vu| vu.chiffre);
    }
    for at in places(octets, b"obj") {
        releve.object(octets, at, &mut budget)?;
    }
    if releve.chiffre {
        return Err(Refus::Chiffre);
    }
    // A length told by a stream whose length is told by a stream, and so on: the parser follows without an end.
    if !releve.longueurs.is_disjoint(&releve.suspendus) {
        return Err(Refus::TropComplexe);
    }
    let mut room = GONFLE;
    releve.gonfles.iter().try_for_each(|gonfle| inside(octets, gonfle, &mut room, &mut budget))
}

impl Releve {
    /// The object whose header ends here.
    fn object(&mut self, octets: &[u8], at: usize, budget: &mut Budget) -> Result<(), Refus> {
        let before = octets.get(..at).unwrap_or_default();
        if before.ends_with(b"end") {
            return Ok(());
        }
        let mut lexique = Lexique::new(octets, at + b"obj".len());
        let number = number(before);
        let Some(vu) = lexique.object(budget)? else {
            // Three letters of a picture may look like a header without a number: they are none.
            return if number.is_some() { Err(Refus::Abime) } else { Ok(()) };
        };
        let Some(start) = lexique.stream() else { return Ok(()) };
        if !vu.longueurs.is_empty() {
            self.suspendus.insert(number.ok_or(Refus::TropComplexe)?);
            self.longueurs.extend(&vu.longueurs);
        }
        if vu.objets || vu.renvois {
            // Filled, filtered or measured in another way than every program does: not opened.
            let known = vu.autres == 0 && vu.longueurs.is_empty();
            let clear = vu.zip == 0 && !vu.objets;
            self.chiffre |= vu.renvois && vu.chiffre;
            if !known || !(clear || vu.zip == 1) {
                return Err(if self.chiffre { Refus::Chiffre } else { Refus::TropComplexe });
            }
            if clear {
                return budget.take(vu.longueur / 2);
            }
            self.gonfles.push(Gonfle { start, vu });
        }
        Ok(())
    }
}

/// Inflates one stream within the room that is left, and walks over its objects.
fn inside(octets: &[u8], gonfle: &Gonfle, room: &mut usize, budget: &mut Budget) -> Result<(), Refus> {
    let packed = octets.get(gonfle.start..).unwrap_or_default();
    let most = u64::try_from(*room).unwrap_or(u64::MAX).saturating_add(1);
    let mut plain = Vec::new();
    ZlibDecoder::new(packed).take(most).read_to_end(&mut plain).map_err(|_| Refus::Abime)?;
    *room = room.checked_sub(plain.len()).ok_or(Refus::TropComplexe)?;
    // A cross reference takes two bytes or more.
    if gonfle.vu.renvois {
        budget.take(plain.len() / 2)?;
    }
    if !gonfle.vu.objets {
        return Ok(());
    }
    let [first] = gonfle.vu.premiers[..] else { return Err(Refus::TropComplexe) };
    if gonfle.vu.predicteur {
        return Err(Refus::TropComplexe);
    }
    let table = plain.get(..first).and_then(|table| std::str::from_utf8(table).ok()).ok_or(Refus::Abime)?;
    let lines = table.split(['\r', '\n']).map(|line| line.split('%').next().unwrap_or_default());
    for at in lines.flat_map(str::split_whitespace).skip(1).step_by(2) {
        budget.take(2)?;
        let at = at.parse().ok().and_then(|at: usize| first.checked_add(at)).ok_or(Refus::Abime)?;
        Lexique::new(&plain, at).object(budget)?;
    }
    Ok(())
}

/// Where a word stands, alone or not.
fn places<'a>(octets: &'a [u8], word: &'static [u8]) -> impl Iterator<Item = usize> + 'a {
    octets.windows(word.len()).enumerate().filter(move |(_, w)| *w == word).map(|(at, _)| at)
}

/// The number of an object, from what stands before the word `obj`: the number and the generation.
fn number(before: &[u8]) -> Option<u32> {
    let trim = |bytes: &[u8]| bytes.trim_ascii_end().len();
    let digits = |bytes: &[u8]| bytes.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let before = before.get(..trim(before))?;
    let generation = digits(before);
    let before = before.get(..before.len() - generation)?;
    let blank = before.get(..trim(before))?;
    let length = digits(blank);
    if generation == 0 || length == 0 || blank.len() == before.len() {
        return None;
    }
    std::str::from_utf8(blank.get(blank.len() - length..)?).ok()?.parse().ok()
}
