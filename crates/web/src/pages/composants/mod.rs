//! Components: one struct and one partial each, after govuk-frontend's markup.
//!
//! A component is typed, escapes what it is given and is `HtmlSafe`, so that a page template writes
//! `{{ nom }}`. What may not live here: anything that knows a route, a use case or a demande.

mod actions;
mod blocs;
mod champs;
mod choix;
mod dates;
mod listes;
mod messages;
mod navigation;
mod pieces;
#[cfg(test)]
mod tests;

pub use actions::{Button, ButtonGroup, Hidden};
pub use blocs::{Details, Fieldset, InsetText, NotificationBanner, Panel, Tag, TagColour, WarningText};
pub use champs::{PasswordInput, TextArea, TextInput, Width};
pub use choix::{Checkboxes, Choice, Radios, Select};
pub use dates::DateInput;
pub use listes::{BulletList, Cell, SummaryList, SummaryRow, Table, Task, TaskList};
pub use messages::ErrorSummary;
pub use navigation::{BackLink, Breadcrumbs, Link, Pagination, ServiceNavigation, Tabs};
pub use pieces::{FileInput, PieceList, PieceRow, size};

use askama::Template;
use askama::filters::HtmlSafe;
use std::fmt;

/// HTML that is already escaped: components put together, or a text made safe.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markup(String);

#[derive(Template)]
#[template(source = "{{ text }}", ext = "html")]
struct Escaped<'a> {
    text: &'a str,
}

impl Markup {
    /// The text with its special characters escaped.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::of(&Escaped { text })
    }

    /// A component or template, rendered. A template that cannot be written gives nothing; writing to
    /// memory does not fail.
    #[must_use]
    pub fn of(template: &impl Template) -> Self {
        Self(template.render().unwrap_or_default())
    }

    /// This, followed by another component.
    #[must_use]
    pub fn and(mut self, template: &impl Template) -> Self {
        self.0.push_str(&Self::of(template).0);
        self
    }

    /// This, followed by what is already rendered.
    #[must_use]
    pub fn and_markup(mut self, other: &Self) -> Self {
        self.0.push_str(&other.0);
        self
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl HtmlSafe for Markup {}

impl From<&str> for Markup {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}
impl From<String> for Markup {
    fn from(text: String) -> Self {
        Self::text(&text)
    }
}

/// Marks templates as safe to put into another one, and lets them become [`Markup`].
macro_rules! html_safe {
    ($($name:ty),+ $(,)?) => { $(
        impl askama::filters::HtmlSafe for $name {}
        impl From<$name> for crate::pages::composants::Markup {
            fn from(component: $name) -> Self {
                Self::of(&component)
            }
        }
    )+ };
}
pub(crate) use html_safe;
