//! The program's own logs, on standard error: one line an event, as text or JSON, with the fields of the current span
//! (the request id is one of them).
//!
//! What may be logged is the caller's affair (`security.md`: no name, no NIR, no free text, no token). This module closes
//! the two ways by which others' text would get in: libraries stay at `warn` whatever the level (their details quote
//! queries with values), and a panic is told by its place, never by its message.

use std::io::{self, IsTerminal as _};
use std::panic;

use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::{SubscriberInitExt as _, TryInitError};
use tracing_subscriber::{Layer as _, Registry, fmt};

use crate::config::{LogFormat, LogLevel, Logs};

/// Crates whose level is the setting's.
const OURS: &[&str] = &["adapters", "app", "demo", "domain", "espace_partenaires", "server", "store", "vault", "web"];

/// Sets up logging for the whole process, and the way panics are told. Call it once, first.
///
/// # Errors
/// When it was called before.
pub fn init(logs: Logs) -> Result<(), TryInitError> {
    let colours = io::stderr().is_terminal();
    subscriber(logs, colours, io::stderr).try_init()?;
    panic::set_hook(Box::new(|panicked| {
        let place = panicked.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
    Ok(())
}

/// What [`init`] sets up, with another place to write to: for tests that read the logs.
pub fn subscriber<W>(logs: Logs, colours: bool, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let layer = match logs.format {
        LogFormat::Texte => fmt::layer().with_ansi(colours).with_writer(writer).boxed(),
        LogFormat::Json => fmt::layer().json().flatten_event(true).with_span_list(false).with_writer(writer).boxed(),
    };
    Registry::default().with(layer.with_filter(filter(logs.niveau)))
}

fn filter(level: LogLevel) -> Targets {
    let level = match level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    Targets::new()
        .with_default(level.min(LevelFilter::WARN))
        .with_targets(OURS.iter().map(|target| (*target, level)))
        // What it says of a broken PDF quotes the PDF; who sent it is told by us.
        .with_target("lopdf", LevelFilter::OFF)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tracing::subscriber::with_default;

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn written(format: LogFormat, niveau: LogLevel, work: impl FnOnce()) -> String {
        let lines = Lines::default();
        let writer = lines.clone();
        with_default(subscriber(Logs { format, niveau }, false, move || writer.clone()), work);
        let bytes = lines.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    fn answered() {
        let span = tracing::info_span!("requete", id = "0190-abc");
        span.in_scope(|| tracing::info!(status = 200, "answered"));
    }

    #[test]
    fn a_json_line_carries_the_request_id_as_a_field() {
        let said = written(LogFormat::Json, LogLevel::Info, answered);
        let line: serde_json::Value = serde_json::from_str(said.trim_end()).unwrap();
        assert_eq!(line["span"]["id"], "0190-abc");
        assert_eq!((&line["status"], &line["message"]), (&200.into(), &"answered".into()));
    }

    #[test]
    fn a_text_line_carries_the_request_id() {
        let said = written(LogFormat::Texte, LogLevel::Info, answered);
        assert!(said.contains("id=\"0190-abc\"") && said.contains("status=200") && said.lines().count() == 1, "{said}");
    }

    #[test]
    fn a_line_feed_in_a_value_begins_no_line_of_its_own() {
        let value = "a\n2029-01-03T00:00:00Z ERROR forged";
        for format in [LogFormat::Texte, LogFormat::Json] {
            let said = written(format, LogLevel::Info, || tracing::info!(value, "event"));
            assert_eq!(said.lines().count(), 1, "{said}");
        }
    }

    #[test]
    fn libraries_stay_at_warn_when_ours_are_at_debug() {
        let said = written(LogFormat::Texte, LogLevel::Debug, || {
            tracing::debug!(target: "store::db", "ours");
            tracing::info!(target: "sqlx::query", "theirs, info");
            tracing::warn!(target: "sqlx::query", "theirs, warn");
        });
        assert!(said.contains("ours") && said.contains("theirs, warn") && !said.contains("theirs, info"), "{said}");
    }

    #[test]
    fn a_level_of_error_holds_for_libraries_too() {
        let said = written(LogFormat::Texte, LogLevel::Error, || {
            tracing::warn!(target: "sqlx::query", "theirs");
            tracing::warn!(target: "web", "ours");
        });
        assert_eq!(said, "");
    }
}
