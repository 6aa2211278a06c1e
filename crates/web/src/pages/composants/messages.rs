//! The error summary.

use super::html_safe;
use askama::Template;

/// All errors of a form at the top of the page, each with a link to its field; takes the focus.
/// Writes nothing when there is no error.
#[derive(Debug, Template)]
#[template(path = "composants/resume_erreurs.html")]
pub struct ErrorSummary {
    errors: Vec<(String, String)>,
}

impl ErrorSummary {
    /// Field name (also its id on the page) and message, in order; an empty name has no link.
    #[must_use]
    pub fn new(errors: Vec<(String, String)>) -> Self {
        Self { errors }
    }
}

html_safe!(ErrorSummary);
