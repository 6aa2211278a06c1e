//! `check nir|siret|siren|text|working-days`: one answer line for each line read, to try the rules on lists.
//!
//! No rule lives here: lines in, calls to `domain`, lines out. The answers of `nir` repeat the number in its canonical
//! form, which its reader typed a moment before; nothing is kept or logged.

use std::{
    io::{self, BufRead, Write},
    str::FromStr,
};

use chrono::{Datelike, NaiveDate};
use domain::{
    calendrier::{JOURS_MAX, Zone, echeance},
    garde::{self, Famille},
    identifiants::{Nir, Siren, Siret},
};

/// What the lines are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Social security numbers.
    Nir,
    /// Establishment numbers.
    Siret,
    /// Legal entity numbers.
    Siren,
    /// Free texts, one a line.
    Text,
    /// Date, zone and number of working days, separated by tabulations.
    WorkingDays,
}

/// The word is none of the five kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("vérification inconnue : attendu nir, siret, siren, text ou working-days")]
pub struct UnknownKind;

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(word: &str) -> Result<Self, UnknownKind> {
        match word {
            "nir" => Ok(Self::Nir),
            "siret" => Ok(Self::Siret),
            "siren" => Ok(Self::Siren),
            "text" => Ok(Self::Text),
            "working-days" => Ok(Self::WorkingDays),
            _ => Err(UnknownKind),
        }
    }
}

/// Answers every line of `input` by one line, an empty one too, in the same order; the last one needs no line feed.
/// Bytes that are not UTF-8 are replaced, never a reason to stop. A carriage return before the line feed is dropped.
///
/// # Errors
/// Only when reading or writing fails.
pub fn run(kind: Kind, mut input: impl BufRead, mut output: impl Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            return output.flush();
        }
        let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        writeln!(output, "{}", check_line(kind, &String::from_utf8_lossy(line)))?;
    }
}

/// The answer to one line, without line feed.
#[must_use]
pub fn check_line(kind: Kind, line: &str) -> String {
    match kind {
        Kind::Nir => validity(Nir::parse(line).ok().as_ref().map(Nir::canonique)),
        Kind::Siret => validity(Siret::parse(line).ok().as_ref().map(Siret::canonique)),
        Kind::Siren => validity(Siren::parse(line).ok().as_ref().map(Siren::canonique)),
        Kind::Text => findings(line),
        Kind::WorkingDays => due_date(line).map_or_else(|| "error".to_owned(), |due| due.to_string()),
    }
}

fn validity(canonical: Option<&str>) -> String {
    canonical.map_or_else(|| "invalid\t".to_owned(), |canonical| format!("valid\t{canonical}"))
}

fn findings(line: &str) -> String {
    let found = garde::examine(line);
    if found.is_empty() {
        return "clean".to_owned();
    }
    let families: Vec<&str> = [Famille::Nir, Famille::Sante, Famille::Excessif]
        .into_iter()
        .filter(|family| found.iter().any(|one| one.famille == *family))
        .map(Famille::code)
        .collect();
    let spans: Vec<String> = found.iter().map(|one| format!("{}-{}", one.debut, one.fin)).collect();
    format!("{}\t{}", families.join(","), spans.join(","))
}

/// `None` for anything but a real date of four-digit year, a known zone and a number within bounds.
fn due_date(line: &str) -> Option<NaiveDate> {
    let mut columns = line.split('\t').map(str::trim);
    let (date, zone, number) = (columns.next()?, columns.next()?, columns.next()?);
    if columns.next().is_some() || !is_digits(number) {
        return None;
    }
    let days: u32 = number.parse().ok().filter(|days| *days <= JOURS_MAX)?;
    let due = echeance(Zone::parse(zone)?, iso_date(date)?, days);
    (due.year() <= 9999).then_some(due)
}

/// Strictly YYYY-MM-DD.
fn iso_date(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let lengths = (year.len(), month.len(), day.len());
    if parts.next().is_some() || lengths != (4, 2, 2) || ![year, month, day].into_iter().all(is_digits) {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use domain::identifiants::CleNir;

    use super::*;

    fn answers(kind: Kind, input: &[u8]) -> String {
        let mut output = Vec::new();
        run(kind, input, &mut output).unwrap();
        String::from_utf8(output).unwrap()
    }

    fn nir() -> String {
        let treize: Vec<char> = "1850589899012".chars().collect();
        format!("1850589899012{:02}", CleNir::de(&treize).unwrap().valeur())
    }

    #[test]
    fn every_line_has_one_answer_an_empty_one_too() {
        for (kind, answer) in [
            (Kind::Nir, "invalid\t"),
            (Kind::Siret, "invalid\t"),
            (Kind::Siren, "invalid\t"),
            (Kind::Text, "clean"),
            (Kind::WorkingDays, "error"),
        ] {
            assert_eq!(answers(kind, b"\n\r\nx\n\nx"), format!("{answer}\n").repeat(5));
            assert_eq!(answers(kind, b""), "");
        }
    }

    #[test]
    fn a_valid_number_is_answered_in_its_canonical_form() {
        let nir = nir();
        assert_eq!(check_line(Kind::Nir, &format!(" {} {} ", &nir[..7], &nir[7..])), format!("valid\t{nir}"));
        assert_eq!(check_line(Kind::Nir, &nir.replace('1', "2")), "invalid\t");
        assert_eq!(check_line(Kind::Siret, "732 829 320 00074"), "valid\t73282932000074");
        assert_eq!(check_line(Kind::Siren, "732 829 320"), "valid\t732829320");
        assert_eq!(check_line(Kind::Siren, "732829321"), "invalid\t");
    }

    #[test]
    fn spans_are_counted_in_characters() {
        let nir = nir();
        assert_eq!(check_line(Kind::Text, &format!("Née à Évry : {nir}")), "nir\t13-28");
        assert_eq!(check_line(Kind::Text, &format!("{nir} et {nir}")), "nir\t0-15,19-34");
        assert_eq!(check_line(Kind::Text, "Bonjour"), "clean");
    }

    #[test]
    fn a_due_date_is_answered_in_the_zone() {
        assert_eq!(check_line(Kind::WorkingDays, "2028-12-22\tmetropole\t1"), "2028-12-26");
        assert_eq!(check_line(Kind::WorkingDays, "2028-12-22\talsace-moselle\t1"), "2028-12-27");
        assert_eq!(check_line(Kind::WorkingDays, "2029-01-07\tmetropole\t0"), "2029-01-07");
    }

    #[test]
    fn a_wrong_working_day_line_is_an_error() {
        for line in [
            "2028-12-22",
            "2028-12-22\tmetropole",
            "2028-12-22\tmetropole\t-1",
            "2028-12-22\tmetropole\t+1",
            "2028-12-22\tmetropole\t1.5",
            "2028-12-22\tmetropole\t99999999999",
            "2028-12-22\tmetropole\t3661",
            "2028-12-22\tlune\t1",
            "2028-02-30\tmetropole\t1",
            "22/12/2028\tmetropole\t1",
            "28-12-22\tmetropole\t1",
            "2028-1-2\tmetropole\t1",
            "2028-12-22 metropole 1",
            "2028-12-22\tmetropole\t1\t2",
            "+2028-12-22\tmetropole\t1",
            "9999-12-31\tmetropole\t1",
            "2028-12-22\tmetropole\t",
        ] {
            assert_eq!(check_line(Kind::WorkingDays, line), "error", "{line}");
        }
    }

    #[test]
    fn bytes_that_are_not_utf_8_stop_nothing() {
        let mut input = b"\xff\xfe\n".to_vec();
        input.extend_from_slice(nir().as_bytes());
        assert_eq!(answers(Kind::Nir, &input), format!("invalid\t\nvalid\t{}\n", nir()));
        assert_eq!(answers(Kind::Text, b"caf\xe9\n"), "clean\n");
    }

    #[test]
    fn only_five_words_are_kinds() {
        for (word, kind) in [
            ("nir", Kind::Nir),
            ("siret", Kind::Siret),
            ("siren", Kind::Siren),
            ("text", Kind::Text),
            ("working-days", Kind::WorkingDays),
        ] {
            assert_eq!(word.parse(), Ok(kind));
        }
        assert_eq!("NIR".parse::<Kind>(), Err(UnknownKind));
    }
}
