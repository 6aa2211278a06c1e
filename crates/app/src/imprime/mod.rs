//! Printed documents as plain data (architecture, point 14): what stands on them, never how it looks. The port
//! [`crate::ports::Imprimeur`] makes a PDF of the value, a page shows the same value.

mod accuse;
mod bonne_fin;
mod convention;

pub use accuse::accuse;
pub use bonne_fin::bonne_fin;
pub use convention::convention;

/// A document to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprime {
    /// Its title, also the first heading.
    pub titre: String,
    /// Who issues it: stands at the top of every sheet.
    pub emetteur: String,
    /// Language of its texts, as in `fr`.
    pub langue: &'static str,
    /// What stands in it, in the order it is read.
    pub blocs: Vec<Bloc>,
}

/// A part of a document. Texts are plain: one paragraph each, with plain spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bloc {
    /// A heading below the title.
    Intertitre(String),
    /// A paragraph.
    Paragraphe(String),
    /// Entries in an order that means nothing.
    Liste(Vec<String>),
    /// Entries in the order they happen.
    Etapes(Vec<String>),
    /// Names with their values.
    Mentions(Vec<(String, String)>),
    /// Lines and columns.
    Tableau(Tableau),
}

/// Lines and columns; a line that lacks cells is filled up with empty ones, and what stands beyond the last column is
/// left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tableau {
    /// What the table shows.
    pub legende: String,
    /// Headings of the columns.
    pub colonnes: Vec<Colonne>,
    /// Lines; the first cell of each is its heading.
    pub lignes: Vec<Vec<String>>,
}

/// Heading of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colonne {
    /// Its words.
    pub titre: String,
    /// Whether numbers stand in it.
    pub nombres: bool,
}
