//! « Mes demandes »: the structure's demandes, the last filed first.

use crate::frame::Frame;
use crate::pages::Page;
use crate::pages::composants::{Button, Cell, Link, Pagination, Table};
use crate::pages::mots::{FORM_PATH, HISTORY_PATH, instant, next_page, person, reference_cell, state_cell};
use app::demande::{Ligne, Page as Liste};
use askama::Template;

/// A page of the history.
#[derive(Template)]
#[template(path = "demandes/liste.html")]
pub struct HistoriquePage {
    page: Page,
    lignes: Option<Table>,
    debut: Option<Link>,
    pages: Pagination,
    nouvelle: Button,
}

impl HistoriquePage {
    /// The rows of the use case; `suite` says that this is not the first page.
    #[must_use]
    pub fn new(frame: &Frame, liste: &Liste, suite: bool) -> Self {
        Self {
            page: Page::new(frame, "Mes demandes"),
            lignes: (!liste.lignes.is_empty())
                .then(|| table("Demandes de la structure, de la plus récente à la plus ancienne", &liste.lignes)),
            debut: suite.then(|| Link::new("Revenir aux plus récentes", HISTORY_PATH)),
            pages: Pagination::new(None, next_page(HISTORY_PATH, liste.suite.as_ref())),
            nouvelle: Button::link("Demander un document", FORM_PATH),
        }
    }
}

/// Rows of demandes as the partner side reads them.
pub(crate) fn table(caption: &str, lignes: &[Ligne]) -> Table {
    let headings = ["Référence", "Personne", "Caisse", "Envoyée le", "État"].map(Cell::new);
    lignes.iter().fold(Table::new(caption, headings.into()).hide_caption(), |table, l| {
        table.row(vec![
            Cell::new(reference_cell(l)),
            Cell::new(person("", &l.prenom, &l.nom)),
            Cell::new(l.caisse.as_str()),
            Cell::new(instant(l.zone, l.transmise_le)),
            Cell::new(state_cell(l, l.non_lus_partenaire)),
        ])
    })
}
