//! The words of a PDF, counted one by one and kept none: what an object will cost a parser that builds it.

use domain::piece_jointe::Refus;

/// What is left of a budget; nothing is read behind its end.
pub(super) struct Budget(usize);

impl Budget {
    pub(super) const fn new(units: usize) -> Self {
        Self(units)
    }

    /// Takes so many units.
    ///
    /// # Errors
    /// [`Refus::TropComplexe`] when there are not as many.
    pub(super) fn take(&mut self, units: usize) -> Result<(), Refus> {
        self.0 = self.0.checked_sub(units).ok_or(Refus::TropComplexe)?;
        Ok(())
    }
}

/// What matters of one object, before it is parsed.
#[derive(Default)]
pub(super) struct Vu {
    /// It names itself a stream of objects.
    pub objets: bool,
    /// It names itself a stream of cross references.
    pub renvois: bool,
    /// It names an encryption.
    pub chiffre: bool,
    /// Its filters that inflate as a ZIP does.
    pub zip: usize,
    /// Its other filters, and what rewrites bytes behind a filter.
    pub autres: usize,
    pub predicteur: bool,
    /// Each length that is told by another object: its number.
    pub longueurs: Vec<u32>,
    /// The greatest length it tells itself, in bytes.
    pub longueur: usize,
    /// Where the first object of a stream begins; every time it is told.
    pub premiers: Vec<usize>,
}

/// One word.
enum Mot<'a> {
    Ouvre,
    Ferme,
    Nom(Vec<u8>),
    Texte,
    Nu(&'a [u8]),
}

/// A place in a file or in an inflated stream.
pub(super) struct Lexique<'a> {
    octets: &'a [u8],
    at: usize,
}

impl<'a> Lexique<'a> {
    pub(super) const fn new(octets: &'a [u8], at: usize) -> Self {
        Self { octets, at }
    }

    /// Walks over one object; none when the file ends in its middle.
    ///
    /// # Errors
    /// [`Refus::TropComplexe`] when it costs more than what is left.
    pub(super) fn object(&mut self, budget: &mut Budget) -> Result<Option<Vu>, Refus> {
        let (mut vu, mut depth) = (Vu::default(), 0_usize);
        // The last name, and the first two bare words behind it.
        let mut key: (Vec<u8>, Vec<&[u8]>) = Default::default();
        loop {
            let Some(mot) = self.next(budget)? else { return Ok(None) };
            match mot {
                Mot::Ouvre => depth += 1,
                Mot::Ferme => depth = depth.saturating_sub(1),
                Mot::Nu(word) if key.1.len() < 2 => key.1.push(word),
                Mot::Nom(_) | Mot::Texte | Mot::Nu(_) => {}
            }
            if let Mot::Nom(name) = &mot {
                vu.told(&key);
                vu.named(name);
                key = (name.clone(), Vec::new());
            } else if !matches!(mot, Mot::Nu(_)) {
                vu.told(&key);
                key = Default::default();
            }
            if depth == 0 {
                return Ok(Some(vu));
            }
        }
    }

    /// Where the bytes of a stream begin, when the object that was walked over is one.
    pub(super) fn stream(&mut self) -> Option<usize> {
        self.blanks();
        let behind = self.octets.get(self.at..)?.strip_prefix(b"stream")?;
        let spaces = behind.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let end = match behind.get(spaces..)? {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => return None,
        };
        Some(self.at + b"stream".len() + spaces + end)
    }

    fn next(&mut self, budget: &mut Budget) -> Result<Option<Mot<'a>>, Refus> {
        self.blanks();
        let Some(rest) = self.octets.get(self.at..) else { return Ok(None) };
        let (mot, length, units) = match rest {
            [b'<', b'<', ..] => (Mot::Ouvre, 2, 4),
            [b'[', ..] => (Mot::Ouvre, 1, 4),
            [b'>', b'>', ..] => (Mot::Ferme, 2, 0),
            [b']' | b'>' | b')' | b'{' | b'}', ..] => (Mot::Ferme, 1, 1),
            [b'<' | b'(', ..] => {
                let Some(length) = text(rest) else { return Ok(None) };
                (Mot::Texte, length, 1 + length / 16)
            }
            [b'/', ..] => {
                let length = 1 + word(rest.get(1..).unwrap_or_default()).len();
                (Mot::Nom(name(rest.get(1..length).unwrap_or_default())), length, 1 + length / 16)
            }
            [] => return Ok(None),
            _ => {
                let bare = word(rest);
                (Mot::Nu(bare), bare.len(), parts(bare))
            }
        };
        budget.take(units)?;
        self.at += length;
        Ok(Some(mot))
    }

    /// Blanks and comments.
    fn blanks(&mut self) {
        while let Some(b) = self.octets.get(self.at) {
            if *b == b'%' {
                let rest = self.octets.get(self.at..).unwrap_or_default();
                self.at += rest.iter().position(|b| matches!(b, b'\r' | b'\n')).unwrap_or(rest.len());
            } else if is_blank(*b) {
                self.at += 1;
            } else {
                return;
            }
        }
    }
}

impl Vu {
    fn named(&mut self, name: &[u8]) {
        match name {
            b"ObjStm" => self.objets = true,
            b"XRef" => self.renvois = true,
            b"Encrypt" => self.chiffre = true,
            b"FlateDecode" | b"Fl" => self.zip += 1,
            b"Predictor" => self.predicteur = true,
            b"LZWDecode" | b"LZW" | b"ASCII85Decode" | b"A85" | b"ASCIIHexDecode" | b"AHx" | b"RunLengthDecode"
            | b"RL" | b"Crypt" => self.autres += 1,
            _ => {}
        }
    }

    /// A name and the bare words behind it.
    fn told(&mut self, (name, words): &(Vec<u8>, Vec<&[u8]>)) {
        let number = |word: &&[u8]| std::str::from_utf8(word).ok()?.parse::<u32>().ok();
        match (name.as_slice(), words.first().and_then(number)) {
            (b"Length", Some(n)) if words.len() > 1 => self.longueurs.push(n),
            (b"Length", Some(n)) => self.longueur = self.longueur.max(usize::try_from(n).unwrap_or(usize::MAX)),
            (b"First", Some(n)) => self.premiers.push(usize::try_from(n).unwrap_or(usize::MAX)),
            _ => {}
        }
    }
}

const fn is_blank(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0 | 0x0c)
}

const fn is_regular(b: u8) -> bool {
    !is_blank(b) && !matches!(b, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn word(rest: &[u8]) -> &[u8] {
    let length = rest.iter().position(|b| !is_regular(*b)).unwrap_or(rest.len());
    rest.get(..length).unwrap_or_default()
}

/// How many values a bare word may hold: parsers need no blank between `1`, `-1` and `.5`, nor between `true` and `null`.
fn parts(word: &[u8]) -> usize {
    let signs = word.iter().filter(|b| matches!(b, b'+' | b'-' | b'.')).count();
    let letters = word.iter().filter(|b| b.is_ascii_alphabetic()).count();
    1 + signs + letters / 4
}

/// A name with its `#4A` resolved.
fn name(written: &[u8]) -> Vec<u8> {
    let digit = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let (mut read, mut rest) = (Vec::with_capacity(written.len()), written);
    while let [first, behind @ ..] = rest {
        let escaped = match (first, behind) {
            (b'#', [a, b, ..]) => digit(a).zip(digit(b)).map(|(a, b)| a * 16 + b),
            _ => None,
        };
        read.push(escaped.unwrap_or(*first));
        rest = behind.get(if escaped.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    read
}

/// Length of a text in brackets or in hexadecimal; none when it does not end.
fn text(rest: &[u8]) -> Option<usize> {
    if rest.first() == Some(&b'<') {
        return rest.iter().position(|b| *b == b'>').map(|at| at + 1);
    }
    let (mut depth, mut escaped) = (0_usize, false);
    for (at, b) in rest.iter().enumerate() {
        match b {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at + 1),
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}
