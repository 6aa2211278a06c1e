//! The structures of a caisse with their comptes in numbers, for its référent.

use crate::frame::Frame;
use crate::pages::Page;
use crate::pages::composants::{Cell, Link, Markup, Pagination, Table};
use app::compte::Structure;
use askama::Template;

/// « Comptes des structures ».
#[derive(Template)]
#[template(path = "comptes/structures.html")]
pub struct StructuresPage {
    page: Page,
    table: Option<Table>,
    pages: Pagination,
}

impl StructuresPage {
    /// A page of structures; where the next one begins.
    #[must_use]
    pub fn new(frame: &Frame, structures: &[Structure], suite: Option<&str>) -> Self {
        let heads = vec![Cell::new("Structure"), Cell::number("Comptes ouverts"), Cell::number("Comptes fermés")];
        let table = Table::new("Structures de la caisse", heads).hide_caption();
        let row = |table: Table, s: &Structure| {
            let lien = Link::new(s.nom.as_str(), format!("/partenaires/{}/comptes", s.slug));
            let number = |n: i64| Cell::number(n.to_string());
            table.row(vec![Cell::new(Markup::of(&lien)), number(s.ouverts), number(s.fermes)])
        };
        Self {
            page: Page::new(frame, "Comptes des structures"),
            table: (!structures.is_empty()).then(|| structures.iter().fold(table, row)),
            pages: Pagination::new(None, suite.map(|s| format!("/comptes?apres={s}"))),
        }
    }
}
