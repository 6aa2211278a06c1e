//! The page of the demonstration.

use super::{Page, instant_en_lettres};
use crate::frame::Frame;
use crate::routes::demo::{CLOCK_PATH, DemoMail, DemoView, Step};
use askama::Template;
use chrono_tz::Europe::Paris;

/// Accounts, mailbox and clock of the demonstration.
#[derive(Template)]
#[template(path = "demonstration.html")]
pub struct DemonstrationPage {
    page: Page,
    view: DemoView,
}

impl DemonstrationPage {
    /// The page of this request.
    #[must_use]
    pub fn new(frame: &Frame, view: DemoView) -> Self {
        Self { page: Page::new(frame, "Page de démonstration"), view }
    }

    fn now(&self) -> String {
        instant_en_lettres(self.view.now, Paris)
    }

    fn steps(&self) -> [Step; 4] {
        Step::ALL
    }

    fn clock(&self) -> &'static str {
        CLOCK_PATH
    }

    fn sent(&self, mail: &DemoMail) -> String {
        instant_en_lettres(mail.date, Paris)
    }
}
