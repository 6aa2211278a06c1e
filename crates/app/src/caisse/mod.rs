//! Caisses: the list an installation starts from.

mod install;

pub use install::install;
