//! Choices: radios, checkboxes, select.

use super::champs::{Field, field_methods};
use super::{Markup, html_safe};
use crate::pages::FormState;
use askama::Template;

/// One option of a choice.
#[derive(Debug, Clone)]
pub struct Choice {
    value: String,
    label: String,
    hint: Option<String>,
    revealed: Option<Markup>,
    chosen: bool,
}

impl Choice {
    /// The value sent and the words shown.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None, revealed: None, chosen: false }
    }

    /// A line of help under the words.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Fields shown once this option is chosen (always shown without JavaScript). Radios and
    /// checkboxes only.
    #[must_use]
    pub fn reveals(mut self, fields: impl Into<Markup>) -> Self {
        self.revealed = Some(fields.into());
        self
    }
}

fn choose(choices: &mut [Choice], name: &str, form: &FormState) {
    for choice in choices {
        choice.chosen = form.values(name).any(|value| value == choice.value);
    }
}

/// Id of the nth option: the first carries the field's name, so that the error summary finds it.
fn option_id(name: &str, index: usize) -> String {
    if index == 0 { name.to_owned() } else { format!("{name}-{}", index + 1) }
}

/// One answer out of a few.
#[derive(Debug, Template)]
#[template(path = "composants/radios.html")]
pub struct Radios {
    f: Field,
    choices: Vec<Choice>,
    inline: bool,
}

impl Radios {
    /// The legend is the question. Nothing is chosen unless the form says so.
    #[must_use]
    pub fn new(name: impl Into<String>, legend: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self { f: Field::new(name, legend), choices, inline: false }
    }

    /// Side by side, for two short answers.
    #[must_use]
    pub fn inline(mut self) -> Self {
        self.inline = true;
        self
    }

    fn id(&self, index: &usize) -> String {
        option_id(&self.f.name, *index)
    }
}

/// Several answers, or one box to tick. Never ticked in advance where it is an attestation.
#[derive(Debug, Template)]
#[template(path = "composants/cases.html")]
pub struct Checkboxes {
    f: Field,
    choices: Vec<Choice>,
}

impl Checkboxes {
    /// The legend is the question; all boxes send the same name.
    #[must_use]
    pub fn new(name: impl Into<String>, legend: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self { f: Field::new(name, legend), choices }
    }

    fn id(&self, index: &usize) -> String {
        option_id(&self.f.name, *index)
    }
}

/// One answer out of many.
#[derive(Debug, Template)]
#[template(path = "composants/liste.html")]
pub struct Select {
    f: Field,
    choices: Vec<Choice>,
}

impl Select {
    /// The first option should be an empty one where nothing may be presumed.
    #[must_use]
    pub fn new(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self { f: Field::new(name, label), choices }
    }
}

field_methods!(Radios, |this, form| { choose(&mut this.choices, &this.f.name, form) });
field_methods!(Checkboxes, |this, form| { choose(&mut this.choices, &this.f.name, form) });
field_methods!(Select, |this, form| { choose(&mut this.choices, &this.f.name, form) });
html_safe!(Radios, Checkboxes, Select);
