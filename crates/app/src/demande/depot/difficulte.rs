//! « Signaler une situation de difficultés d'accès aux droits et aux soins d'un assuré ».

use super::lecture::{Lecture, sous_type};
use super::{Besoin, Joindre};
use domain::demande::{Critere, Sorte};

/// Longest phone number as typed.
const TELEPHONE_MAX: usize = 30;

impl Lecture<'_> {
    pub(super) fn difficulte(&mut self) -> Option<Besoin> {
        let natures = self.codes("difficultes", sous_type(Sorte::Difficulte));
        if natures.as_ref().is_some_and(Vec::is_empty) {
            self.error("difficultes", "Cochez au moins une difficulté.");
        }
        let handicap = self.ticked("handicap");
        let criteres = self.codes("criteres", Critere::from_code);
        let joindre = self.joindre();
        Some(Besoin::Difficulte { natures: natures?, handicap, criteres: criteres?, joindre: joindre? })
    }

    /// Through the technicien unless a phone was chosen (DE-2).
    fn joindre(&mut self) -> Option<Joindre> {
        let read = |code: &str| match code {
            "" | "technicien" => Some(false),
            "telephone" => Some(true),
            _ => None,
        };
        let by_phone = self.code("joindre", read, super::UNKNOWN)?;
        let absent = "Indiquez le numéro de téléphone de la personne.";
        let typed = self.needed("telephone", TELEPHONE_MAX, by_phone, absent);
        if !by_phone {
            return Some(Joindre::Technicien);
        }
        let number = phone(&typed);
        if number.is_none() && !typed.is_empty() {
            self.error("telephone", "Indiquez un numéro de téléphone, par exemple 01 99 00 12 34.");
        }
        number.map(Joindre::Telephone)
    }
}

/// A number as people write it: digits, with spaces, dots or hyphens between them and a plus before. Ten digits, or
/// from eight to fifteen after a plus.
fn phone(texte: &str) -> Option<String> {
    let (plus, rest) = texte.strip_prefix('+').map_or(("", texte), |rest| ("+", rest));
    let digits: String = rest.chars().filter(|c| !matches!(c, '.' | '-') && !c.is_whitespace()).collect();
    let length = if plus.is_empty() { 10..=10 } else { 8..=15 };
    let valid = digits.chars().all(|c| c.is_ascii_digit()) && length.contains(&digits.len());
    let pairs = |d: &str| d.as_bytes().chunks(2).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ");
    valid.then(|| if plus.is_empty() { pairs(&digits) } else { format!("+{digits}") })
}

#[cfg(test)]
mod tests {
    use super::phone;

    #[test]
    fn a_phone_is_read_however_it_is_written_and_anything_else_is_not() {
        for texte in ["0199001234", "01 99 00 12 34", "01.99.00.12.34", "01-99-00-12-34", "01\u{a0}99\u{a0}00 12 34"] {
            assert_eq!(phone(texte).as_deref(), Some("01 99 00 12 34"));
        }
        assert_eq!(phone("+33 1 99 00 12 34").as_deref(), Some("+33199001234"));
        for texte in
            ["", "01 99 00 12 3", "01 99 00 12 34 5", "01 99 00 12 3a", "++3319900123", "+1", "＋０１９９００１２３４"]
        {
            assert_eq!(phone(texte), None, "{texte}");
        }
    }
}
