//! Use cases, ports, mails and jobs.

pub mod convention;
