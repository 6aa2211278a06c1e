//! The key of one caisse, or of comptes: seals, opens and blinds.

use std::fmt;

use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use zeroize::Zeroizing;

use crate::mac::Mac;
use crate::master::derive;
use crate::{Place, Scope, VaultError, envelope};

/// Unlocked key of one scope. Its two sub-keys (sealing, blinding) are derived once, here. Its `Debug` shows the scope only.
pub struct ScopeKey {
    scope: Scope,
    cipher: XChaCha20Poly1305,
    blind: Mac,
}

impl ScopeKey {
    pub(crate) fn new(scope: Scope, key: &[u8; 32]) -> Self {
        Self { scope, cipher: cipher(&derive(key, "scope", "seal")), blind: Mac::new(derive(key, "scope", "blind")) }
    }

    /// Whose key this is.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Encrypts a value for its place: 41 bytes longer than the plain one, different at each call.
    ///
    /// # Errors
    /// [`VaultError::Randomness`] or [`VaultError::TooLong`]; never for what the value says.
    pub fn seal(&self, place: &Place<'_>, plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        envelope::seal(&self.cipher, &place.bound_to(self.scope), plain)
    }

    /// Decrypts a value at its place; the plain bytes are wiped when dropped.
    ///
    /// # Errors
    /// [`VaultError::Unreadable`] when it was changed, moved, or sealed for another scope;
    /// [`VaultError::UnknownFormat`] when a later version wrote it.
    pub fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        envelope::open(&self.cipher, &place.bound_to(self.scope), sealed)
    }

    /// Keyed value for equality search: the same for the same purpose and value under this key, unrelated otherwise.
    /// Cut to 16 bytes, which is what an index row costs.
    #[must_use]
    pub fn blind(&self, purpose: &str, value: &str) -> [u8; 16] {
        let length = (purpose.len() as u64).to_le_bytes();
        let full = self.blind.sign_parts(&[&length, purpose.as_bytes(), value.as_bytes()]);
        let mut cut = [0; 16];
        cut.iter_mut().zip(full).for_each(|(slot, byte)| *slot = byte);
        cut
    }
}

impl fmt::Debug for ScopeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ScopeKey({:?}, secret)", self.scope)
    }
}

pub(crate) fn cipher(key: &Zeroizing<[u8; 32]>) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new((&**key).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_scope_binds_a_value_even_when_two_scopes_share_a_key() {
        let caisse = ScopeKey::new(Scope::Caisse(Uuid::nil()), &[7; 32]);
        let comptes = ScopeKey::new(Scope::Comptes, &[7; 32]);
        let place = Place { table: "demande", column: "identite", row: Uuid::nil() };
        let sealed = caisse.seal(&place, b"texte").unwrap();
        assert_eq!(comptes.open(&place, &sealed).unwrap_err(), VaultError::Unreadable);
    }
}
