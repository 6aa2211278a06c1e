//! What the server hands to the pages when it starts. Values only; no reading of files here.

use crate::extract::fichiers::Places;
use crate::frame::Sessions;
use crate::jeton::Jetons;
use std::sync::Arc;

/// A source of fresh opaque texts; `web` has no randomness of its own.
pub type TextSource = Arc<dyn Fn() -> String + Send + Sync>;

/// The settings and ports every page and layer needs. One per process, shared.
#[derive(Clone)]
pub struct WebConfig {
    /// Name in the header and at the end of every title.
    pub product: String,
    /// The line at the bottom of every page.
    pub affiliation: String,
    /// Text of the band « Démonstration : … »; `None` in a real installation.
    pub demo: Option<String>,
    /// Origins a form may come from, such as `https://partenaires.example` (no slash at the end).
    pub origins: Vec<String>,
    /// Makes and checks the form tokens.
    pub jetons: Jetons,
    /// Request ids, unique and sortable.
    pub request_ids: TextSource,
    /// Values of the cookie of people not signed in: at least 128 random bits, URL-safe.
    pub visits: TextSource,
    /// Tells who a session cookie belongs to.
    pub sessions: Arc<dyn Sessions>,
    /// Who runs this installation, for the public pages.
    pub operator: Operator,
    /// Announcements shown on every page (maintenance), as sentences.
    pub announcements: Vec<String>,
    /// How many forms with files are read at once; one more is asked to come back.
    pub places: Places,
}

/// The line of every footer unless the installation sets another.
pub const DEFAULT_AFFILIATION: &str = "Réimplémentation libre, non affiliée à la Cnam";

/// The name of the portal unless the installation sets another.
pub const DEFAULT_PRODUCT: &str = "Espace Partenaires";

/// Who runs the installation. What is not set is said to be missing, never guessed.
#[derive(Debug, Clone, Default)]
pub struct Operator {
    /// Legal name.
    pub name: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Who answers for what is published.
    pub publisher: Option<String>,
    /// Who hosts the portal, with address.
    pub host: Option<String>,
    /// How to reach the data protection officer.
    pub dpo: Option<String>,
    /// Functional address for help, accessibility and outages.
    pub contact: Option<String>,
}
