//! Buttons. What leads to a page is a link; what changes something is a button in a form.

use super::{Markup, html_safe};
use askama::Template;

/// A submit button, or a link that looks like one ([`Button::link`]).
#[derive(Debug, Template)]
#[template(path = "composants/bouton.html")]
pub struct Button {
    text: String,
    class: &'static str,
    href: Option<String>,
    name: Option<(String, String)>,
}

impl Button {
    /// Submits the form it stands in; a second click within a second is ignored.
    #[must_use]
    pub fn submit(text: impl Into<String>) -> Self {
        Self { text: text.into(), class: "", href: None, name: None }
    }

    /// A link with the look of a button, for the one main way on.
    #[must_use]
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { href: Some(href.into()), ..Self::submit(text) }
    }

    /// The less prominent look.
    #[must_use]
    pub fn secondary(mut self) -> Self {
        self.class = " govuk-button--secondary";
        self
    }

    /// The look of an act that cannot be undone.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.class = " govuk-button--warning";
        self
    }

    /// Sends this name and value when this button is the one pressed.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.name = Some((name.into(), value.into()));
        self
    }
}

/// Buttons and links side by side.
#[derive(Debug, Template)]
#[template(path = "composants/boutons.html")]
pub struct ButtonGroup {
    content: Markup,
}

impl ButtonGroup {
    /// Starts with the main button.
    #[must_use]
    pub fn new(first: &Button) -> Self {
        Self { content: Markup::of(first) }
    }

    /// Adds a button or a link.
    #[must_use]
    pub fn with(mut self, other: &impl Template) -> Self {
        self.content = self.content.and(other);
        self
    }
}

/// A value a form sends without showing it: its token, its idempotency key, a version.
#[derive(Debug, Clone, Template)]
#[template(source = "<input type=\"hidden\" name=\"{{ name }}\" value=\"{{ value }}\">", ext = "html")]
pub struct Hidden {
    name: String,
    value: String,
}

impl Hidden {
    /// Name and value; declare the name among the form's fields (`_jeton` excepted).
    #[must_use]
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

html_safe!(Button, ButtonGroup, Hidden);
