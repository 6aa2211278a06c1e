//! The error page, written by the edge layer.

use super::Page;
use super::composants::{InsetText, Markup};
use crate::error::PageError;
use crate::frame::{Contact, Frame};
use askama::Template;

/// Status, sentence, way out, whom to reach, request id.
#[derive(Template)]
#[template(path = "erreur.html")]
pub(crate) struct ErrorPage {
    page: Page,
    sentence: String,
    way_out: &'static str,
    contact: Option<InsetText>,
    code: &'static str,
    request_id: String,
}

#[derive(Template)]
#[template(path = "contact.html")]
struct ContactLines<'a> {
    contact: &'a Contact,
}

impl ErrorPage {
    pub(crate) fn new(frame: &Frame, error: &PageError) -> Self {
        Self {
            page: Page::new(frame, error.title()).unmarked(),
            sentence: error.sentence().to_owned(),
            way_out: error.way_out(),
            contact: contact_of(frame).map(InsetText::new),
            code: error.code(),
            request_id: frame.request_id().to_owned(),
        }
    }
}

/// The caisse's contact for those signed in, the operator's functional address for others.
fn contact_of(frame: &Frame) -> Option<Markup> {
    if let Some(contact) = frame.signed().and_then(|signed| signed.contact.as_ref()) {
        return Some(Markup::of(&ContactLines { contact }));
    }
    let contact = frame.config().operator.contact.as_deref()?;
    Some(Markup::text(&format!("Besoin d’aide : {contact}")))
}
