//! The journeys live in `tests/`; this crate exports nothing.
