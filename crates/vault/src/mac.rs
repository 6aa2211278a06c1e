//! Keyed signatures (form tokens, search tokens) and hashes of bearer tokens.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac as _};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// HMAC-SHA256 under a key of its own purpose; made by [`crate::Keyring::mac`]. Its `Debug` shows nothing.
#[derive(Clone)]
pub struct Mac(Zeroizing<[u8; 32]>);

impl Mac {
    pub(crate) fn new(key: Zeroizing<[u8; 32]>) -> Self {
        Self(key)
    }

    /// Signature of the message, 32 bytes.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 32] {
        self.sign_parts(&[message])
    }

    /// Whether the signature is this message's, compared in constant time; one of another length is refused.
    #[must_use]
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        self.sign(message).ct_eq(signature).into()
    }

    /// Signature of parts laid end to end; the caller makes the parts unambiguous.
    pub(crate) fn sign_parts(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut hmac = keyed(&self.0);
        for part in parts {
            hmac.update(part);
        }
        hmac.finalize().into_bytes().into()
    }
}

impl fmt::Debug for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mac(secret)")
    }
}

#[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes a key of any length")
}

/// SHA-256 of a bearer token (session, invitation, reset): what the database keeps in its place. Enough only for tokens
/// of at least 128 random bits; a password goes through argon2.
#[must_use]
pub fn hash_token(token: &[u8]) -> [u8; 32] {
    Sha256::digest(token).into()
}
