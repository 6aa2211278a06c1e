//! The key of one file: drawn for it, wrapped by the key of a scope, destroyed with its row.

use std::fmt;

use chacha20poly1305::XChaCha20Poly1305;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::master::derive;
use crate::scope_key::cipher;
use crate::{Place, ScopeKey, VaultError, envelope};

/// Key of one file. Its `Debug` shows nothing.
#[derive(Clone)]
pub struct DataKey(Zeroizing<[u8; 32]>);

impl DataKey {
    /// Draws a key.
    ///
    /// # Errors
    /// [`VaultError::Randomness`] when the system gives none.
    pub fn generate() -> Result<Self, VaultError> {
        envelope::random().map(|key| Self(Zeroizing::new(key)))
    }

    /// The key sealed under the key of a scope, for its row.
    ///
    /// # Errors
    /// As for [`ScopeKey::seal`].
    pub fn wrap(&self, scope: &ScopeKey, place: &Place<'_>) -> Result<Vec<u8>, VaultError> {
        scope.seal(place, self.0.as_slice())
    }

    /// The key that [`DataKey::wrap`] sealed.
    ///
    /// # Errors
    /// [`VaultError::Unreadable`] when it was changed, moved, or wrapped for another scope.
    pub fn unwrap(scope: &ScopeKey, place: &Place<'_>, wrapped: &[u8]) -> Result<Self, VaultError> {
        let plain = scope.open(place, wrapped)?;
        let key = plain.first_chunk::<32>().filter(|_| plain.len() == 32).ok_or(VaultError::Unreadable)?;
        Ok(Self(Zeroizing::new(*key)))
    }

    /// Encrypts the content of the file of this id; it opens for no other id.
    ///
    /// # Errors
    /// [`VaultError::Randomness`] or [`VaultError::TooLong`].
    pub fn seal(&self, file: Uuid, plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        envelope::seal(&self.cipher(), file.as_bytes(), plain)
    }

    /// Decrypts the content of the file of this id.
    ///
    /// # Errors
    /// [`VaultError::Unreadable`] when it was changed, or is another file's.
    pub fn open(&self, file: Uuid, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        envelope::open(&self.cipher(), file.as_bytes(), sealed)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        cipher(&derive(self.0.as_slice(), "data", "seal"))
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(secret)")
    }
}
