//! Signing in while a caisse has stopped the structure: whom to call, never why (PA-3).

use crate::frame::Frame;
use crate::pages::Page;
use app::partenaire::Arret;
use askama::Template;

/// Answers 403, after both factors were shown.
#[derive(Template)]
#[template(path = "partenaires/arret.html")]
pub struct ArretPage {
    page: Page,
    arret: Arret,
}

impl ArretPage {
    /// The caisses that may be called.
    #[must_use]
    pub fn new(frame: &Frame, arret: &Arret) -> Self {
        Self { page: Page::new(frame, "L’accès de votre structure est suspendu").unmarked(), arret: arret.clone() }
    }
}
