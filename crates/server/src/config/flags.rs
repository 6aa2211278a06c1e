//! Command-line flags, one per setting that holds no secret, made from the table.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};

use super::table::SETTINGS;

const FILE: &str = "config";

/// Settings given on the command line; flatten it into a command (`#[command(flatten)]`). `Flags::default()` gives none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flags {
    /// Configuration file (`--config`); `ESPACE_PARTENAIRES_CONFIG` otherwise.
    pub file: Option<PathBuf>,
    pub(super) given: BTreeMap<&'static str, String>,
}

impl Flags {
    /// Gives one setting as if by its flag; for callers that choose a value themselves (a free port, a demo's folder).
    /// A key that is in no table is refused by [`super::load`].
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.given.insert(key, value.into());
        self
    }
}

impl FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut flags = Self::default();
        flags.update_from_arg_matches(matches)?;
        Ok(flags)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        if let Some(file) = matches.get_one::<PathBuf>(FILE) {
            self.file = Some(file.clone());
        }
        for setting in SETTINGS.iter().filter(|setting| setting.flag().is_some()) {
            if let Some(value) = matches.get_one::<String>(setting.key) {
                self.given.insert(setting.key, value.clone());
            }
        }
        Ok(())
    }
}

impl Args for Flags {
    fn augment_args(command: Command) -> Command {
        let file = Arg::new(FILE)
            .long(FILE)
            .value_name("FICHIER")
            .value_parser(clap::value_parser!(PathBuf))
            .help_heading("Réglages")
            .help("Fichier de configuration (TOML)");
        SETTINGS.iter().fold(command.arg(file), |command, setting| match setting.flag() {
            Some(flag) => command.arg(
                Arg::new(setting.key)
                    .long(flag)
                    .value_name("VALEUR")
                    .hide_short_help(true)
                    .help_heading("Réglages")
                    .help(setting.doc),
            ),
            None => command,
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}
