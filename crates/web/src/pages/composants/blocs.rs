//! Blocks of text: panel, banners, tags, details, fieldset.

use super::{Markup, html_safe};
use askama::Template;

/// The green panel that confirms, with the page's only `h1`.
#[derive(Debug, Template)]
#[template(path = "composants/panneau.html")]
pub struct Panel {
    title: String,
    text: Markup,
}

impl Panel {
    /// Title and what stands under it, usually the reference number.
    #[must_use]
    pub fn new(title: impl Into<String>, text: impl Into<Markup>) -> Self {
        Self { title: title.into(), text: text.into() }
    }
}

/// A banner at the top of a page: what has just been done, or what must be known first.
#[derive(Debug, Template)]
#[template(path = "composants/avis.html")]
pub struct NotificationBanner {
    title: String,
    text: Markup,
    success: bool,
}

impl NotificationBanner {
    /// « Important »: something to know before going on.
    #[must_use]
    pub fn important(text: impl Into<Markup>) -> Self {
        Self { title: "Important".into(), text: text.into(), success: false }
    }

    /// « C’est fait »: the act of the page before succeeded; read out at once.
    #[must_use]
    pub fn success(text: impl Into<Markup>) -> Self {
        Self { title: "C’est fait".into(), text: text.into(), success: true }
    }
}

/// A sentence nobody may miss: a consequence in law or an act without return.
#[derive(Debug, Template)]
#[template(path = "composants/avertissement.html")]
pub struct WarningText {
    text: String,
}

impl WarningText {
    /// The sentence; « Attention » is added for those who do not see the sign.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }
}

/// A text set apart from the rest by a bar.
#[derive(Debug, Template)]
#[template(path = "composants/encart.html")]
pub struct InsetText {
    content: Markup,
}

impl InsetText {
    /// The text or component to set apart.
    #[must_use]
    pub fn new(content: impl Into<Markup>) -> Self {
        Self { content: content.into() }
    }
}

/// Colours of a [`Tag`]. The word always says the state, the colour repeats it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagColour {
    /// Waiting for the reader.
    Yellow,
    /// In the hands of the other side.
    Blue,
    /// Finished well.
    Green,
    /// Late, refused or blocked.
    Red,
    /// Over, without interest today.
    Grey,
}

/// A state as a word.
#[derive(Debug, Clone, Template)]
#[template(path = "composants/etiquette.html")]
pub struct Tag {
    text: String,
    class: &'static str,
}

impl Tag {
    /// The word and its colour.
    #[must_use]
    pub fn new(text: impl Into<String>, colour: TagColour) -> Self {
        let class = match colour {
            TagColour::Yellow => "govuk-tag--yellow",
            TagColour::Blue => "govuk-tag--blue",
            TagColour::Green => "govuk-tag--green",
            TagColour::Red => "govuk-tag--red",
            TagColour::Grey => "govuk-tag--grey",
        };
        Self { text: text.into(), class }
    }
}

/// A text opened on demand.
#[derive(Debug, Template)]
#[template(path = "composants/details.html")]
pub struct Details {
    summary: String,
    content: Markup,
    open: bool,
}

impl Details {
    /// The line to press and what it opens.
    #[must_use]
    pub fn new(summary: impl Into<String>, content: impl Into<Markup>) -> Self {
        Self { summary: summary.into(), content: content.into(), open: false }
    }

    /// Shown open from the start.
    #[must_use]
    pub fn open(mut self) -> Self {
        self.open = true;
        self
    }
}

/// Fields that belong together under one legend.
#[derive(Debug, Template)]
#[template(path = "composants/groupe.html")]
pub struct Fieldset {
    legend: String,
    content: Markup,
}

impl Fieldset {
    /// An empty group; the legend is shown as a heading of the form.
    #[must_use]
    pub fn new(legend: impl Into<String>) -> Self {
        Self { legend: legend.into(), content: Markup::default() }
    }

    /// Adds a field.
    #[must_use]
    pub fn with(mut self, field: &impl Template) -> Self {
        self.content = self.content.and(field);
        self
    }

    /// Adds what is already rendered.
    #[must_use]
    pub fn with_markup(mut self, content: &Markup) -> Self {
        self.content = self.content.and_markup(content);
        self
    }
}

html_safe!(Panel, NotificationBanner, WarningText, InsetText, Tag, Details, Fieldset);
