//! The page of the demonstration: accounts with their codes, the mailbox, the clock. Declared only by the demo.

use crate::error::PageError;
use crate::extract::ReceivedForm;
use crate::frame::Frame;
use crate::pages::DemonstrationPage;
use crate::registry::{Access, Registry, RegistryError, Route};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// Address of the page.
pub const DEMO_PATH: &str = "/demonstration";

/// Address that moves the clock.
pub const CLOCK_PATH: &str = "/demonstration/horloge";

/// What a [`DemoDesk`] answers, later.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = Result<T, PageError>> + Send + 'a>>;

/// The demonstration's own desk. Implemented where the demonstration is wired.
pub trait DemoDesk: Send + Sync {
    /// What the page shows.
    fn show(&self) -> Later<'_, DemoView>;
    /// Moves the clock forward day by day, and runs what becomes due on each.
    fn advance(&self, step: Step) -> Later<'_, ()>;
}

/// How far the clock moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// One day.
    Day,
    /// Seven days.
    Week,
    /// One month.
    Month,
    /// Six months.
    HalfYear,
}

impl Step {
    /// Every step, shortest first.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::HalfYear];

    /// Value of the form's field.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Day => "jour",
            Self::Week => "semaine",
            Self::Month => "mois",
            Self::HalfYear => "six-mois",
        }
    }

    /// Words of the button.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Day => "Avancer d’un jour",
            Self::Week => "Avancer de 7 jours",
            Self::Month => "Avancer d’un mois",
            Self::HalfYear => "Avancer de 6 mois",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }
}

/// An account to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    /// Words of the profil.
    pub profil: &'static str,
    /// What the person does there.
    pub fonction: String,
    /// Person.
    pub nom: String,
    /// What is typed at the sign-in.
    pub login: String,
    /// Password.
    pub password: String,
    /// Code of this half minute.
    pub code: String,
}

/// Something worth looking at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoStep {
    /// What is to be seen, as it stood on the first day.
    pub quoi: String,
    /// Who sees it; nobody has to sign in where there is none.
    pub compte: Option<DemoAccount>,
    /// Path.
    pub adresse: String,
}

/// A mail the portal has written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoMail {
    /// When.
    pub date: DateTime<Utc>,
    /// To whom.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Text.
    pub body: String,
    /// Path of the link in it, when it has one to this portal.
    pub link: Option<String>,
}

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoView {
    /// The demonstration's time.
    pub now: DateTime<Utc>,
    /// Where to begin.
    pub visite: Vec<DemoStep>,
    /// Whether files are analysed: without a scanner they wait.
    pub antivirus: bool,
    /// Accounts by organisation, in the order of the file.
    pub organisations: Vec<(String, Vec<DemoAccount>)>,
    /// Last mails, the last first.
    pub mails: Vec<DemoMail>,
    /// How many mails there are in all.
    pub mail_count: usize,
}

/// Declares the page and its clock.
///
/// # Errors
/// When a route of the same address was declared before.
pub fn declare<S: Clone + Send + Sync + 'static>(
    registry: &mut Registry<S>,
    desk: Arc<dyn DemoDesk>,
) -> Result<(), RegistryError> {
    let clock = desk.clone();
    registry.add(Route::get(DEMO_PATH, Access::Public), move |frame: Frame| {
        let desk = desk.clone();
        async move { show(&frame, desk.as_ref()).await }
    })?;
    registry.add(Route::post(CLOCK_PATH, Access::Public), move |received: ReceivedForm| {
        let desk = clock.clone();
        async move { advance(received, desk).await }
    })
}

async fn show(frame: &Frame, desk: &dyn DemoDesk) -> Result<Response, PageError> {
    let view = desk.show().await?;
    Ok(frame.ok(&DemonstrationPage::new(frame, view)))
}

/// In a task of its own: a browser that goes away leaves no clock moved without its jobs run.
async fn advance(received: ReceivedForm, desk: Arc<dyn DemoDesk>) -> Result<Response, PageError> {
    let form = received.only(&["pas"], &[])?;
    let step = Step::from_code(form.text("pas")).ok_or_else(|| PageError::new(crate::error::Kind::Malformed))?;
    let moved = tokio::spawn(async move { desk.advance(step).await }).await;
    moved.map_err(PageError::internal)??;
    Ok(Redirect::to(DEMO_PATH).into_response())
}
