//! How a value is written in French, for `convention show` and pages.

use chrono::{Datelike, NaiveDate};

/// A value that can be written in French on one line.
pub trait Montre {
    /// The value in French, without full stop.
    fn montre(&self) -> String;
}

impl Montre for String {
    fn montre(&self) -> String {
        self.clone()
    }
}

impl Montre for bool {
    fn montre(&self) -> String {
        if *self { "oui" } else { "non" }.to_owned()
    }
}

impl Montre for u32 {
    fn montre(&self) -> String {
        self.to_string()
    }
}

impl Montre for i32 {
    fn montre(&self) -> String {
        self.to_string()
    }
}

impl Montre for NaiveDate {
    fn montre(&self) -> String {
        date_en_lettres(*self)
    }
}

impl<T: Montre> Montre for Vec<T> {
    fn montre(&self) -> String {
        if self.is_empty() {
            return "aucun".to_owned();
        }
        self.iter().map(Montre::montre).collect::<Vec<_>>().join(" ; ")
    }
}

const MOIS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// « 3 janvier 2029 », « 1er mai 2029 ».
#[must_use]
pub fn date_en_lettres(date: NaiveDate) -> String {
    let mois = MOIS.get(date.month0() as usize).copied().unwrap_or_default();
    let jour = if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() };
    format!("{jour} {mois} {}", date.year())
}

/// Joins the parts that are there.
pub(super) fn joint(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
