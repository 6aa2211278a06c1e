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
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_made_number_is_read_back(racine in any::<u32>(), etablissement in any::<u16>()) {
            let siren = Siren::depuis_racine(racine);
            prop_assert_eq!(&Siren::parse(siren.canonique()).unwrap(), &siren);
            let siret = Siret::depuis_siren(&siren, etablissement);
            prop_assert_eq!(&Siret::parse(&siret.to_string()).unwrap(), &siret);
            prop_assert_eq!(siret.siren(), siren);
        }

        #[test]
        fn every_changed_digit_is_refused(racine in 1..100_000_000u32, etablissement in 1..10_000u16, rang in 0..14usize, de in 1..10u8) {
            let siret = Siret::depuis_siren(&Siren::depuis_racine(racine), etablissement);
            let mut chiffres = siret.canonique().as_bytes().to_vec();
            chiffres[rang] = b'0' + (chiffres[rang] - b'0' + de) % 10;
            let faux = String::from_utf8(chiffres).unwrap();
            prop_assume!(!faux.starts_with(LA_POSTE));
            prop_assert!(Siret::parse(&faux).is_err());
        }

        #[test]
        fn establishments_of_la_poste_follow_the_sum_of_their_digits(nic in 1..100_000u32) {
            let numero = format!("{LA_POSTE}{nic:05}");
            let tient = somme(&numero) % 5 == 0 || nic == 48;
            prop_assert_eq!(Siret::parse(&numero).is_ok(), tient);
        }

        #[test]
        fn any_text_is_answered(texte in "\\PC{0,30}") {
            let _ = Siren::parse(&texte);
            let _ = Siret::parse(&texte);
        }
    }

    #[test]
    fn a_siret_of_la_poste_that_only_satisfies_luhn_is_refused() {
        let luhn_seul = (1..100_000u32)
            .map(|nic| format!("{LA_POSTE}{nic:05}"))
            .find(|numero| luhn(numero) == 0 && somme(numero) % 5 != 0 && numero != SIEGE_DE_LA_POSTE)
            .unwrap();
        assert_eq!(Siret::parse(&luhn_seul), Err(SiretInvalide::Cle));
    }

    #[test]
    fn the_head_office_of_la_poste_is_accepted() {
        assert_ne!(somme(SIEGE_DE_LA_POSTE) % 5, 0);
        assert!(Siret::parse(SIEGE_DE_LA_POSTE).is_ok());
    }

    #[test]
    fn both_keys_must_hold() {
        // Luhn holds on the fourteen digits, not on the nine first ones.
        let siren_faux = "732829321";
        let cle = cle_luhn(&format!("{siren_faux}0007"));
        let numero = format!("{siren_faux}0007{cle}");
        assert_eq!(luhn(&numero), 0);
        assert_eq!(Siret::parse(&numero), Err(SiretInvalide::Cle));
    }

    #[test]
    fn zeros_are_not_a_number() {
        assert_eq!(Siren::parse("000000000"), Err(SiretInvalide::Zeros));
        assert_eq!(Siret::parse("00000000000000"), Err(SiretInvalide::Zeros));
        assert_eq!(Siret::parse("73282932000000"), Err(SiretInvalide::Zeros));
        assert_eq!(Siret::parse("35600000000000"), Err(SiretInvalide::Zeros));
    }

    #[test]
    fn spaces_are_tolerated_and_nothing_else() {
        for bon in ["732 829 320 00074", " 732\u{a0}829\u{202f}320 00074 ", "732829320\u{200b}00074"] {
            assert_eq!(Siret::parse(bon).unwrap().canonique(), "73282932000074", "{bon}");
        }
        for faux in ["７32829320 00074", "732-829-320-00074", "73282932000074A", "7328293200007", "732829320000745", ""]
        {
            assert!(Siret::parse(faux).is_err(), "{faux}");
        }
    }

    #[test]
    fn a_siren_and_a_siret_are_shown_in_groups() {
        assert_eq!(Siren::parse("732829320").unwrap().to_string(), "732 829 320");
        assert_eq!(Siret::parse("73282932000074").unwrap().to_string(), "732 829 320 00074");
    }
}
