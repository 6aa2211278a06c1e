//! The master key: wraps every scope key and is itself never stored by the application.

use std::fmt;

use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD, HEXLOWER, HEXLOWER_PERMISSIVE};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{VaultError, envelope};

/// 32 bytes that wrap all other keys. Wiped from memory when dropped; its `Debug` shows nothing.
pub struct MasterKey(Zeroizing<[u8; 32]>);

impl MasterKey {
    /// Reads a key from configuration text: 64 hexadecimal digits, or base64 (either alphabet, padding optional);
    /// surrounding white space is ignored, so a file may end with a line feed.
    ///
    /// # Errors
    /// [`VaultError::MasterKeyFormat`] for any other text, [`VaultError::MasterKeyWeak`] for one repeated byte.
    pub fn parse(text: &str) -> Result<Self, VaultError> {
        let text = text.trim().as_bytes();
        let decoded = [HEXLOWER_PERMISSIVE, BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD]
            .into_iter()
            .filter_map(|encoding| encoding.decode(text).ok().map(Zeroizing::new))
            .find_map(|bytes| <[u8; 32]>::try_from(bytes.as_slice()).ok().map(Zeroizing::new))
            .ok_or(VaultError::MasterKeyFormat)?;
        if decoded.iter().all(|byte| Some(byte) == decoded.first()) {
            return Err(VaultError::MasterKeyWeak);
        }
        Ok(Self(decoded))
    }

    /// Takes the bytes as they are, without the weakness test of [`MasterKey::parse`].
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Draws a new key from the operating system, for a fresh installation.
    ///
    /// # Errors
    /// [`VaultError::Randomness`] when the system gives none.
    pub fn generate() -> Result<Self, VaultError> {
        envelope::random().map(Self::from_bytes)
    }

    /// The 64 hexadecimal digits that [`MasterKey::parse`] reads back: the only way the key leaves this type, for the
    /// command that writes a new key file.
    #[must_use]
    pub fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(HEXLOWER.encode(self.0.as_slice()))
    }

    /// Key for one use, independent of the key of every other use.
    pub(crate) fn derive(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        derive(self.0.as_slice(), "master", purpose)
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(secret)")
    }
}

/// HKDF-SHA256; `level` keeps master and scope keys apart, `purpose` the uses of one key.
#[expect(clippy::expect_used, reason = "HKDF-SHA256 gives up to 8160 bytes and 32 are asked")]
pub(crate) fn derive(key: &[u8], level: &str, purpose: &str) -> Zeroizing<[u8; 32]> {
    let mut derived = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(Some(b"espace-partenaires/vault/1"), key)
        .expand_multi_info(&[level.as_bytes(), b"/", purpose.as_bytes()], derived.as_mut_slice())
        .expect("32 bytes from HKDF-SHA256");
    derived
}
