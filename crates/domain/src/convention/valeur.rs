//! A value and where it comes from.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Where a value comes from; shown beside it everywhere (CO-12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A paper says it: the article (« métier art. 9.4 »).
    Article(String),
    /// No paper says it: our rule, and its reason.
    Nous(String),
    /// Follows from what a paper says: from what.
    Deduit(String),
    /// Given beside the papers: by whom (« fictif, pour la démonstration »).
    Complement(String),
    /// Kept on the sheet of the party: since when (PA-1, PA-4). It stands whatever the papers say of it later.
    Fiche(String),
}

impl Source {
    /// The source in French, as pages and `convention show` print it.
    #[must_use]
    pub fn mention(&self) -> String {
        match self {
            Self::Article(article) => article.clone(),
            Self::Nous(raison) => format!("notre règle : {raison}"),
            Self::Deduit(de) => format!("déduit : {de}"),
            Self::Complement(mention) => format!("complément : {mention}"),
            Self::Fiche(mention) => format!("fiche : {mention}"),
        }
    }

    /// Whether the value was given beside the papers.
    #[must_use]
    pub const fn est_complement(&self) -> bool {
        matches!(self, Self::Complement(_))
    }

    /// Whether the value is kept on the sheet of the party.
    #[must_use]
    pub const fn est_fiche(&self) -> bool {
        matches!(self, Self::Fiche(_))
    }
}

/// One value of a convention with its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Valeur<T> {
    /// The value.
    pub valeur: T,
    /// Where it comes from.
    pub source: Source,
}

/// Shortcut of the rules: the value of an optional parameter.
pub(super) fn lue<T>(parametre: Option<&Valeur<T>>) -> Option<&T> {
    parametre.map(|p| &p.valeur)
}

/// The elements of an optional list, none when nothing is stated.
pub(super) fn liste<T>(parametre: Option<&Valeur<Vec<T>>>) -> &[T] {
    parametre.map_or(&[], |p| p.valeur.as_slice())
}

/// Whether an optional clause is stated and true.
pub(super) fn vrai(parametre: Option<&Valeur<bool>>) -> bool {
    parametre.is_some_and(|p| p.valeur)
}

/// The later of two optional dates; nothing when one of a non-empty list is missing is the caller's business.
pub(super) fn derniere(dates: impl Iterator<Item = NaiveDate>) -> Option<NaiveDate> {
    dates.max()
}
