//! Deferred and scheduled work: the worker on the outbox, the sealer of the journal, one reconciler a file.

mod analyse;
mod archive;
mod complement;
mod conventions;
mod departs;
mod expire;
mod orphelins;
mod recapitulatif;
mod reprises;
mod revues;
mod suppression;
mod worker;

pub use worker::{Echeancier, run_due, work_off};
