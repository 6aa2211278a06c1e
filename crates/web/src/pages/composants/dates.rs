//! A date typed in three fields.

use super::champs::{Field, field_methods};
use super::html_safe;
use crate::pages::FormState;
use askama::Template;

/// Day, month and year, sent as `{name}_jour`, `{name}_mois`, `{name}_annee`. The error is the one of
/// `{name}`, and the day's field carries `{name}` as its id.
#[derive(Debug, Template)]
#[template(path = "composants/date.html")]
pub struct DateInput {
    f: Field,
    day: String,
    month: String,
    year: String,
}

impl DateInput {
    /// The legend is the question.
    #[must_use]
    pub fn new(name: impl Into<String>, legend: impl Into<String>) -> Self {
        Self { f: Field::new(name, legend), day: String::new(), month: String::new(), year: String::new() }
    }

    fn take(&mut self, form: &FormState) {
        let [day, month, year] = Self::names(&self.f.name);
        self.day = form.value(&day).to_owned();
        self.month = form.value(&month).to_owned();
        self.year = form.value(&year).to_owned();
    }

    /// The three names under which a date field is sent: day, month, year.
    #[must_use]
    pub fn names(name: &str) -> [String; 3] {
        [format!("{name}_jour"), format!("{name}_mois"), format!("{name}_annee")]
    }
}

field_methods!(DateInput, |this, form| { this.take(form) });
html_safe!(DateInput);
