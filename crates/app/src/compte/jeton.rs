//! Bearer tokens of sessions and browsers: 256 random bits, of which the database keeps the hash only.

use crate::context::Contexte;
use data_encoding::BASE64URL_NOPAD;

/// A new token, for a cookie.
#[must_use]
pub(super) fn nouveau(ctx: &Contexte) -> String {
    BASE64URL_NOPAD.encode(&ctx.random_bytes::<32>())
}

/// The hash kept of a token: what [`crate::Appelant::Session`] takes.
#[must_use]
pub fn empreinte(jeton: &str) -> [u8; 32] {
    vault::hash_token(jeton.as_bytes())
}
