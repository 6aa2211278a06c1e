//! What is wrong with the settings, said so that one can go and put it right.

use std::fmt;
use std::path::PathBuf;

/// Where a value was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The table's default: nobody gave one.
    Default,
    /// Line (from 1) of the configuration file.
    File(PathBuf, usize),
    /// Environment variable.
    Env(String),
    /// Command-line flag, with its dashes.
    Flag(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("valeur par défaut"),
            Self::File(path, line) => write!(f, "{}, ligne {line}", path.display()),
            Self::Env(name) => write!(f, "variable {name}"),
            Self::Flag(name) => write!(f, "option {name}"),
        }
    }
}

/// One thing wrong: where, which setting, why. Never repeats a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where the value was given; `None` when it is missing or the whole file could not be read.
    pub origin: Option<Origin>,
    /// Key of the setting, empty when the fault is the file's.
    pub key: String,
    /// The reason, in French.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(origin) = &self.origin {
            write!(f, "{origin} : ")?;
        }
        if !self.key.is_empty() {
            write!(f, "{} : ", self.key)?;
        }
        f.write_str(&self.reason)
    }
}

/// Everything wrong with the settings, at least one fault; one line each when shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// The file's faults in the order of its lines, then what is missing, then variables and flags.
    pub(super) fn sort(&mut self) {
        self.0.sort_by_key(|fault| match fault.origin {
            Some(Origin::File(_, line)) => (0, line),
            None | Some(Origin::Default) => (1, 0),
            Some(Origin::Env(_) | Origin::Flag(_)) => (2, 0),
        });
    }

    pub(super) fn add(&mut self, origin: Option<&Origin>, key: &str, reason: impl Into<String>) {
        self.0.push(Fault { origin: origin.cloned(), key: key.to_owned(), reason: reason.into() });
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for Faults {}
