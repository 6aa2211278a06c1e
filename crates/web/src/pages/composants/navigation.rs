//! Ways from one page to another.

use super::html_safe;
use askama::Template;

/// A link in a text, a list or a navigation.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(source = "<a class=\"govuk-link\" href=\"{{ href }}\">{{ text }}</a>", ext = "html")]
pub struct Link {
    pub(super) text: String,
    pub(super) href: String,
    pub(super) current: bool,
}

impl Link {
    /// Words and address (a path of the portal, `mailto:` or `tel:`).
    #[must_use]
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into(), current: false }
    }

    /// Marks the page being read.
    #[must_use]
    pub fn current(mut self, current: bool) -> Self {
        self.current = current;
        self
    }

    /// The address.
    #[must_use]
    pub fn href(&self) -> &str {
        &self.href
    }
}

/// « Retour » at the top of a page.
#[derive(Debug, Template)]
#[template(
    source = "<nav aria-label=\"Retour\"><a href=\"{{ href }}\" class=\"govuk-back-link\">{{ text }}</a></nav>",
    ext = "html"
)]
pub struct BackLink {
    text: String,
    href: String,
}

impl BackLink {
    /// Back to that address.
    #[must_use]
    pub fn new(href: impl Into<String>) -> Self {
        Self { text: "Retour".into(), href: href.into() }
    }

    /// Says where back is.
    #[must_use]
    pub fn to(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into() }
    }
}

/// The pages above this one, without it.
#[derive(Debug, Template)]
#[template(path = "composants/fil_d_ariane.html")]
pub struct Breadcrumbs {
    links: Vec<Link>,
}

impl Breadcrumbs {
    /// From the home page down.
    #[must_use]
    pub fn new(links: Vec<Link>) -> Self {
        Self { links }
    }
}

/// Keyset paging: only the neighbouring pages are known.
#[derive(Debug, Default, Template)]
#[template(path = "composants/pages.html")]
pub struct Pagination {
    previous: Option<String>,
    next: Option<String>,
}

impl Pagination {
    /// Addresses of the page before and after, where there is one; writes nothing without any.
    #[must_use]
    pub fn new(previous: Option<String>, next: Option<String>) -> Self {
        Self { previous, next }
    }
}

/// Views of one list, as links.
#[derive(Debug, Template)]
#[template(path = "composants/onglets.html")]
pub struct Tabs {
    label: String,
    tabs: Vec<(Link, Option<String>)>,
}

impl Tabs {
    /// The label names the group for screen readers.
    #[must_use]
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), tabs: Vec::new() }
    }

    /// Adds a view, with the number of lines in it if known.
    #[must_use]
    pub fn tab(mut self, link: Link, count: Option<String>) -> Self {
        self.tabs.push((link, count));
        self
    }
}

/// The main ways of the portal, under the header.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "composants/navigation.html")]
pub struct ServiceNavigation {
    links: Vec<Link>,
}

impl ServiceNavigation {
    /// In order; writes nothing without links.
    #[must_use]
    pub fn new(links: Vec<Link>) -> Self {
        Self { links }
    }

    /// Marks the link whose address is the path read, or the longest one above it.
    #[must_use]
    pub fn at(mut self, path: &str) -> Self {
        let above = |href: &str| {
            path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || (href != "/" && rest.starts_with('/')))
        };
        let best = self.links.iter().map(|l| l.href.clone()).filter(|h| above(h)).max_by_key(String::len);
        for link in &mut self.links {
            link.current = best.as_ref() == Some(&link.href);
        }
        self
    }
}

html_safe!(Link, BackLink, Breadcrumbs, Pagination, Tabs, ServiceNavigation);
