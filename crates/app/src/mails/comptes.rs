//! Mails on comptes: closed, opened again, signalled, deleted. Each letter is a template; its HTML part is made of its text.

use crate::context::Contexte;
use serde::{Deserialize, Serialize};

/// A letter: what it needs beside the name of whom it is for. Ids and codes only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "lettre", rename_all = "snake_case")]
pub enum Lettre {}

impl Lettre {
    /// Subject and text.
    pub(super) fn render(&self, _ctx: &Contexte, _nom: &str) -> (String, askama::Result<String>) {
        match *self {}
    }
}
