//! Pure rules of Espace Partenaires: no I/O, no clock, no randomness.

pub mod convention;
