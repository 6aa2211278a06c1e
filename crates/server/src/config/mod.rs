//! Settings: one table ([`table::SETTINGS`]) says every key, its default and its meaning; flags, environment, file and
//! defaults are laid over each other in that order; everything wrong is told at once, with its file, line and reason.
//!
//! Stays out: settings that a caisse decides (they are data in the database) and settings that nothing reads.

mod build;
mod complement;
mod fault;
mod fichiers;
mod flags;
mod networks;
mod parse;
mod reference;
mod smtp;
mod sources;
pub mod table;
mod types;

use std::ffi::OsString;

pub use fault::{Fault, Faults, Origin};
pub use flags::Flags;
pub use networks::Network;
pub use reference::reference;
pub use types::{
    Antivirus, Argon2, Base, Bucket, Chiffrement, Config, Exploitant, Limites, LogFormat, LogLevel, Logs, Objets,
    Secret, Smtp, Travaux,
};

/// Prefix of the environment variables; one with this prefix that names no setting is refused.
pub const ENV_PREFIX: &str = "ESPACE_PARTENAIRES_";

/// Reads and checks all settings. `env` is the process's environment (`std::env::vars_os()`).
///
/// # Errors
/// Every fault found, the file's in the order of its lines: unknown names, values that do not fit, settings that contradict
/// each other.
pub fn load(flags: &Flags, env: impl IntoIterator<Item = (OsString, OsString)>) -> Result<Config, Faults> {
    let (raw, faults) = sources::gather(flags, env);
    build::build(raw, faults)
}

/// Text of `config check`: the effective value of every setting and where it comes from, secrets shown as « (secret) ».
///
/// # Errors
/// As [`load`].
pub fn check(flags: &Flags, env: impl IntoIterator<Item = (OsString, OsString)>) -> Result<String, Faults> {
    let (raw, faults) = sources::gather(flags, env);
    let text = reference::effective(&raw);
    build::build(raw, faults).map(|_| text)
}

#[cfg(test)]
mod tests;
