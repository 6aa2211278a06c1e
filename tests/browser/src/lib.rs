//! The harness of the browser tests: a Chromium of its own for each test, driven through WebDriver.
//!
//! What lives here knows browsers, not the portal; the journeys live in `tests/`.
//! Everything panics with what was being done: a test has nothing better to do with an error.
//! A missing Chromium is a failure that names the packages to install, never a skipped test.
//!
//! ```no_run
//! # async fn example(address: &str) {
//! use browser::{Browser, JavaScript};
//! let browser = Browser::start(JavaScript::On).await;
//! browser.open(&format!("{address}/connexion")).await;
//! browser.fill("#identifiant", "lea.martin").await;
//! browser.tab_to("button[type=submit]").await;
//! browser.press_enter().await;
//! assert_eq!(browser.text("h1").await, "Accueil");
//! browser.assert_sound().await; // axe, 320 pixels, title, h1, CSP, console
//! # }
//! ```

mod audit;
mod commands;
mod download;
mod driver;
mod keyboard;
mod session;

pub use driver::INSTALL;
pub use fantoccini::key::Key;
pub use session::{Browser, JavaScript};
