//! The check of free text (GA-1, GA-2): what a text says that it must not say, and where.
//!
//! Pure: the text is examined, never kept nor logged. Only the NIR is looked for today; the families of health and
//! excessive words have their codes already, so that answers keep their form when they come.

mod annonce;
mod jetons;
mod nir;

use std::ops::Range;

/// What kind of word the text must not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Famille {
    /// A social security number, in any writing (GA-1): always refused.
    Nir,
    /// Health data (GA-2).
    Sante,
    /// Irrelevant, inadequate or excessive data (GA-2).
    Excessif,
}

impl Famille {
    /// The stable code of answers and forms: `nir`, `sante`, `excessif`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Nir => "nir",
            Self::Sante => "sante",
            Self::Excessif => "excessif",
        }
    }
}

/// A place of the text that must not be there. It carries positions only, never the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouvaille {
    /// What was found.
    pub famille: Famille,
    /// First character, counted from 0 in Unicode scalar values.
    pub debut: usize,
    /// Character after the last one.
    pub fin: usize,
    octets: Range<usize>,
}

impl Trouvaille {
    /// The same place in bytes, always on character boundaries: for slicing the text that was examined.
    #[must_use]
    pub fn octets(&self) -> Range<usize> {
        self.octets.clone()
    }
}

/// Everything that must not be in the text, in order, without overlap. Time grows with the length only.
#[must_use]
pub fn examine(texte: &str) -> Vec<Trouvaille> {
    let jetons = jetons::decoupe(texte);
    nir::cherche(&jetons)
        .into_iter()
        .map(|place| {
            // The parenthesis that closes « … (36) » goes with the number.
            let parenthese = usize::from(ferme_apres(texte, &place.octets));
            Trouvaille {
                famille: Famille::Nir,
                debut: place.caracteres.start,
                fin: place.caracteres.end + parenthese,
                octets: place.octets.start..place.octets.end + parenthese,
            }
        })
        .collect()
}

fn ferme_apres(texte: &str, octets: &Range<usize>) -> bool {
    let ouverte = texte.get(octets.clone()).is_some_and(|nombre| nombre.contains('(') && !nombre.contains(')'));
    ouverte && texte.get(octets.end..).is_some_and(|suite| suite.starts_with(')'))
}

/// What stands for a removed number when the pieces around it would otherwise join into another one.
const COUPURE: &str = " […] ";

/// The text with every NIR taken out and the rest kept as it was (GA-1): what a refused form gives back.
///
/// Nothing replaces the number, unless the pieces on both sides would together make a new one.
#[must_use]
pub fn masque(texte: &str) -> String {
    let mut reste = sans_nir(texte, "");
    if !examine(&reste).is_empty() {
        reste = sans_nir(texte, COUPURE);
    }
    // Each turn removes at least thirteen digits and puts none back.
    while !examine(&reste).is_empty() {
        reste = sans_nir(&reste, COUPURE);
    }
    reste
}

fn sans_nir(texte: &str, a_la_place: &str) -> String {
    let mut reste = String::with_capacity(texte.len());
    let mut depuis = 0;
    for trouvaille in examine(texte).iter().filter(|trouvaille| trouvaille.famille == Famille::Nir) {
        reste.push_str(texte.get(depuis..trouvaille.octets.start).unwrap_or_default());
        reste.push_str(a_la_place);
        depuis = trouvaille.octets.end;
    }
    reste.push_str(texte.get(depuis..).unwrap_or_default());
    reste
}

#[cfg(test)]
mod tests;
