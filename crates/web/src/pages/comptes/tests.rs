//! The pages of comptes, rendered from samples.
