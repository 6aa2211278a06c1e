//! Lists of facts: bullets, summary list, table, task list.

use super::{Markup, Tag, html_safe};
use askama::Template;

/// Texts or components under each other, each with a bullet.
#[derive(Debug, Template)]
#[template(
    source = "{% if !items.is_empty() %}<ul class=\"govuk-list govuk-list--bullet\">{% for item in items %}<li>{{ item }}</li>{% endfor %}</ul>{% endif %}",
    ext = "html"
)]
pub struct BulletList {
    items: Vec<Markup>,
}

impl BulletList {
    /// The items in order; writes nothing without any.
    #[must_use]
    pub fn new<T: Into<Markup>>(items: impl IntoIterator<Item = T>) -> Self {
        Self { items: items.into_iter().map(Into::into).collect() }
    }
}

/// One line of a [`SummaryList`].
#[derive(Debug, Clone)]
pub struct SummaryRow {
    key: String,
    value: Markup,
    actions: Vec<(String, String)>,
}

impl SummaryRow {
    /// What it is and its value.
    #[must_use]
    pub fn new(key: impl Into<String>, value: impl Into<Markup>) -> Self {
        Self { key: key.into(), value: value.into(), actions: Vec::new() }
    }

    /// A link at the end of the line, such as « Modifier »; the key is added for those who hear it.
    #[must_use]
    pub fn action(mut self, text: impl Into<String>, href: impl Into<String>) -> Self {
        self.actions.push((text.into(), href.into()));
        self
    }
}

/// Names and values.
#[derive(Debug, Default, Template)]
#[template(path = "composants/recapitulatif.html")]
pub struct SummaryList {
    rows: Vec<SummaryRow>,
}

impl SummaryList {
    /// The lines in order.
    #[must_use]
    pub fn new(rows: Vec<SummaryRow>) -> Self {
        Self { rows }
    }

    fn has_actions(&self) -> bool {
        self.rows.iter().any(|row| !row.actions.is_empty())
    }
}

/// A cell of a [`Table`].
#[derive(Debug, Clone)]
pub struct Cell {
    content: Markup,
    numeric: bool,
}

impl Cell {
    /// A text or a component.
    #[must_use]
    pub fn new(content: impl Into<Markup>) -> Self {
        Self { content: content.into(), numeric: false }
    }

    /// A number, aligned right.
    #[must_use]
    pub fn number(content: impl Into<Markup>) -> Self {
        Self { content: content.into(), numeric: true }
    }
}

/// A table with a caption. On a narrow screen it scrolls inside its own frame.
#[derive(Debug, Template)]
#[template(path = "composants/tableau.html")]
pub struct Table {
    caption: String,
    hidden_caption: bool,
    headings: Vec<Cell>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// The caption names the table; the first cell of each line is its heading.
    #[must_use]
    pub fn new(caption: impl Into<String>, headings: Vec<Cell>) -> Self {
        Self { caption: caption.into(), hidden_caption: false, headings, rows: Vec::new() }
    }

    /// Keeps the caption for screen readers only, where a heading above already says it.
    #[must_use]
    pub fn hide_caption(mut self) -> Self {
        self.hidden_caption = true;
        self
    }

    /// Adds a line.
    #[must_use]
    pub fn row(mut self, cells: Vec<Cell>) -> Self {
        self.rows.push(cells);
        self
    }
}

/// One step of a [`TaskList`].
#[derive(Debug, Clone)]
pub struct Task {
    title: String,
    href: Option<String>,
    status: Markup,
}

impl Task {
    /// A step that is finished or cannot begin yet: its state in words.
    #[must_use]
    pub fn new(title: impl Into<String>, status: impl Into<Markup>) -> Self {
        Self { title: title.into(), href: None, status: status.into() }
    }

    /// A step one can open.
    #[must_use]
    pub fn to(title: impl Into<String>, href: impl Into<String>, status: Tag) -> Self {
        Self { title: title.into(), href: Some(href.into()), status: status.into() }
    }
}

/// Steps to do, each with its state.
#[derive(Debug, Template)]
#[template(path = "composants/etapes.html")]
pub struct TaskList {
    id: String,
    tasks: Vec<Task>,
}

impl TaskList {
    /// `id` is unique on the page.
    #[must_use]
    pub fn new(id: impl Into<String>, tasks: Vec<Task>) -> Self {
        Self { id: id.into(), tasks }
    }
}

html_safe!(BulletList, SummaryList, Table, TaskList);
