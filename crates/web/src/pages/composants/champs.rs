//! Fields one types into: text, password, long text. Shared by all fields: label, hint, error.

use super::html_safe;
use crate::pages::FormState;
use askama::Template;

/// What every field has. `id` is the field's name, so that the error summary finds it.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) hint: Option<String>,
    pub(super) error: Option<String>,
}

impl Field {
    pub(super) fn new(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { name: name.into(), label: label.into(), hint: None, error: None }
    }

    /// Ids of hint and error for `aria-describedby`; `extra` comes last.
    pub(super) fn described_by(&self, extra: Option<&str>) -> Option<String> {
        let mut ids = Vec::new();
        if self.hint.is_some() {
            ids.push(format!("{}-indice", self.name));
        }
        if self.error.is_some() {
            ids.push(format!("{}-erreur", self.name));
        }
        ids.extend(extra.map(|suffix| format!("{}-{suffix}", self.name)));
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// The builder methods all fields share.
macro_rules! field_methods {
    ($name:ident, |$this:ident, $form:ident| $take:block) => {
        impl $name {
            /// A line of help under the label.
            #[must_use]
            pub fn hint(mut self, hint: impl Into<String>) -> Self {
                self.f.hint = Some(hint.into());
                self
            }

            /// Says that the field may stay empty.
            #[must_use]
            pub fn optional(mut self) -> Self {
                self.f.label.push_str(" (facultatif)");
                self
            }

            /// Takes the value typed and the error from the form.
            #[must_use]
            pub fn form(mut self, form: &FormState) -> Self {
                self.f.error = form.error(&self.f.name).map(str::to_owned);
                let ($this, $form) = (&mut self, form);
                $take
                self
            }
        }
    };
}
pub(super) use field_methods;

/// One line of text.
#[derive(Debug, Template)]
#[template(path = "composants/champ_texte.html")]
pub struct TextInput {
    f: Field,
    value: String,
    kind: &'static str,
    inputmode: Option<&'static str>,
    autocomplete: Option<&'static str>,
    class: &'static str,
    spellcheck: bool,
}

impl TextInput {
    /// Name of the field and its label.
    #[must_use]
    pub fn new(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            f: Field::new(name, label),
            value: String::new(),
            kind: "text",
            inputmode: None,
            autocomplete: None,
            class: "",
            spellcheck: true,
        }
    }

    /// An e-mail address.
    #[must_use]
    pub fn email(mut self) -> Self {
        self.kind = "email";
        self.spellcheck = false;
        self
    }

    /// A telephone number.
    #[must_use]
    pub fn telephone(mut self) -> Self {
        self.kind = "tel";
        self.class = " govuk-input--width-20";
        self
    }

    /// A code made of digits; leading zeros are kept.
    #[must_use]
    pub fn digits(mut self) -> Self {
        self.inputmode = Some("numeric");
        self.spellcheck = false;
        self.class = " govuk-input--width-10";
        self
    }

    /// The width of the expected answer.
    #[must_use]
    pub fn width(mut self, width: Width) -> Self {
        self.class = match width {
            Width::Short => " govuk-input--width-5",
            Width::Medium => " govuk-input--width-20",
            Width::TwoThirds => " govuk-!-width-two-thirds",
        };
        self
    }

    /// What the browser may fill in (`username`, `one-time-code`, `off` …); `off` for an assuré's data.
    #[must_use]
    pub fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = Some(token);
        self.spellcheck = false;
        self
    }
}

/// Widths of a [`TextInput`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// A few characters.
    Short,
    /// A name.
    Medium,
    /// An address.
    TwoThirds,
}

/// A password, with a button that shows it (with JavaScript); never filled in by the server.
#[derive(Debug, Template)]
#[template(path = "composants/champ_mot_de_passe.html")]
pub struct PasswordInput {
    f: Field,
    autocomplete: &'static str,
}

impl PasswordInput {
    /// The password somebody already has.
    #[must_use]
    pub fn current(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { f: Field::new(name, label), autocomplete: "current-password" }
    }

    /// A password being chosen.
    #[must_use]
    pub fn new_password(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { f: Field::new(name, label), autocomplete: "new-password" }
    }
}

/// A long text with the number of characters left.
#[derive(Debug, Template)]
#[template(path = "composants/texte_long.html")]
pub struct TextArea {
    f: Field,
    value: String,
    rows: u8,
    max: u32,
}

impl TextArea {
    /// `max` is the greatest number of characters; the server checks it too.
    #[must_use]
    pub fn new(name: impl Into<String>, label: impl Into<String>, max: u32) -> Self {
        Self { f: Field::new(name, label), value: String::new(), rows: 6, max }
    }

    /// Number of lines shown (6 by default).
    #[must_use]
    pub fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }
}

field_methods!(TextInput, |this, form| { this.value = form.value(&this.f.name).to_owned() });
field_methods!(PasswordInput, |_this, _form| {});
field_methods!(TextArea, |this, form| { this.value = form.value(&this.f.name).to_owned() });
html_safe!(TextInput, PasswordInput, TextArea);
