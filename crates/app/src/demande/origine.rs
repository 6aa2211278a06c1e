//! What a form of a draft was made from: two windows on one draft never overwrite each other (DE-12).

use super::depot::one;
use domain::ids::BrouillonId;
use std::fmt;
use std::str::FromStr;
use store::brouillon::{Brouillon, Saisie};

/// The field that carries an [`Origine`].
pub const VERSION: &str = "version";

/// What a form shows, written `3.0190…` in its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origine {
    /// Version of the draft shown; 0 where there was none yet.
    pub version: i64,
    /// The page itself: sent twice, or again after « back », it follows its own earlier sending.
    pub page: BrouillonId,
}

impl fmt::Display for Origine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.version, self.page)
    }
}

impl Origine {
    /// What the form says it was made from, if it says so in due form.
    pub(super) fn of(saisie: &Saisie) -> Option<Self> {
        let (version, page) = one(saisie, VERSION).split_once('.')?;
        Some(Self { version: version.parse().ok()?, page: BrouillonId::from_str(page).ok()? })
    }
}

/// Whether what a form sends may replace the draft: nobody wrote since the form was made, or only the same page did.
pub(super) fn follows(brouillon: &Brouillon, sent: Option<Origine>) -> bool {
    sent == Origine::of(&brouillon.saisie) || sent.is_some_and(|origine| origine.version == brouillon.version)
}
