//! How a value is written in French, for `convention show` and pages.

use crate::calendrier::date_en_francais;
use chrono::NaiveDate;

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
        date_en_francais(*self)
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

/// Joins the parts that are there.
pub(super) fn joint(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
