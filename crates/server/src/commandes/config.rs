//! `config check`: what is wrong, or what holds and where it comes from.

use crate::cli::Reglages;
use crate::config;
use crate::echec::Echec;

pub(super) fn check(reglages: &Reglages) -> Result<(), Echec> {
    super::print(&config::check(&reglages.flags, std::env::vars_os())?);
    Ok(())
}
