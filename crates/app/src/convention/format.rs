//! The two kinds of TOML files, as documents (CO-9). The schema itself is the declaration of
//! `domain::convention::Stipulations`; `docs/conventions.md` lists every field.
//!
//! A *convention*: `cle`, `cle_caisse`, `cle_partenaire`, then one table per theme, in which every parameter is
//! `{ valeur = …, article = "…" }` (or `deduit`, or `nous`, in place of `article`).
//!
//! A *complément*: `mention` (why these values are there), then `[complement.CLE.theme]` tables in which a
//! parameter is its bare value. Dates are strings `AAAA-MM-JJ`.

use std::collections::BTreeMap;

use domain::convention::{Dossier, Stipulations};

/// One document read from a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Document {
    /// A convention as its papers stand.
    Convention(Convention),
    /// Values given beside the papers for one convention.
    Complement(Complement),
}

/// A convention read from a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Convention {
    /// Name of the file.
    pub fichier: String,
    /// Line of `cle`.
    pub ligne: usize,
    /// What it says.
    pub dossier: Dossier,
}

/// A complement of one convention.
#[derive(Debug, Clone, PartialEq)]
pub struct Complement {
    /// Name of the file.
    pub fichier: String,
    /// Key of the convention.
    pub cle: String,
    /// Line of the first table of that key.
    pub ligne: usize,
    /// Line of each parameter given, by path.
    pub lignes: BTreeMap<String, usize>,
    /// The values.
    pub stipulations: Stipulations,
}

/// What is wrong in a file, exactly where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{fichier}, ligne {ligne}, {champ} : {raison}")]
pub struct ErreurImport {
    /// Name of the file.
    pub fichier: String,
    /// Line, from 1.
    pub ligne: usize,
    /// Path of the field, « fichier » for the whole file.
    pub champ: String,
    /// What is wrong, in French.
    pub raison: String,
}
