//! The request filed for an assure: its public number and, beside it, its states and clocks.

pub mod reference;
