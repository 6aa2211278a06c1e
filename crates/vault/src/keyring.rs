//! The keyring: the master key and the scope keys unlocked so far, shared by all tasks of the process.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use chacha20poly1305::XChaCha20Poly1305;
use zeroize::Zeroizing;

use crate::mac::Mac;
use crate::scope_key::cipher;
use crate::{MasterKey, Scope, ScopeKey, VaultError, envelope};

/// Master key and unlocked scope keys. Share it in an `Arc`; its `Debug` shows nothing.
pub struct Keyring {
    master: MasterKey,
    unlocked: RwLock<HashMap<Scope, Arc<ScopeKey>>>,
}

impl Keyring {
    /// A ring with no scope key unlocked yet.
    #[must_use]
    pub fn new(master: MasterKey) -> Self {
        Self { master, unlocked: RwLock::default() }
    }

    /// Value stored at first start and shown to [`Keyring::accepts`] at every later one. Always the same for one master
    /// key; tells nothing about it.
    #[must_use]
    pub fn check_value(&self) -> Vec<u8> {
        self.mac("check value").sign(b"espace-partenaires").to_vec()
    }

    /// Whether the stored check value is this master key's (constant time). `false` must stop the start: rows written
    /// under another master key could not be read together with the old ones.
    #[must_use]
    pub fn accepts(&self, check_value: &[u8]) -> bool {
        self.mac("check value").verify(b"espace-partenaires", check_value)
    }

    /// Draws a key for a scope and returns it wrapped, to be stored. It is not in the ring yet: call
    /// [`Keyring::unlock`] once the row is committed.
    ///
    /// # Errors
    /// [`VaultError::Randomness`] when the system gives none.
    pub fn generate(&self, scope: Scope) -> Result<Vec<u8>, VaultError> {
        let key = Zeroizing::new(envelope::random::<32>()?);
        envelope::seal(&self.wrapping(), &scope.to_bytes(), key.as_slice())
    }

    /// Unwraps a stored key and keeps it for [`Keyring::key`].
    ///
    /// # Errors
    /// [`VaultError::Unreadable`] when it was wrapped by another master key, for another scope, or changed.
    pub fn unlock(&self, scope: Scope, wrapped: &[u8]) -> Result<(), VaultError> {
        let key = self.unwrap_key(scope, wrapped)?;
        self.unlocked.write().unwrap_or_else(PoisonError::into_inner).insert(scope, key);
        Ok(())
    }

    /// Unwraps a key without keeping it: for one that is not committed yet and may never be.
    ///
    /// # Errors
    /// As for [`Keyring::unlock`].
    pub fn unwrap_key(&self, scope: Scope, wrapped: &[u8]) -> Result<Arc<ScopeKey>, VaultError> {
        let plain = envelope::open(&self.wrapping(), &scope.to_bytes(), wrapped)?;
        let key = plain.first_chunk::<32>().ok_or(VaultError::Unreadable)?;
        Ok(Arc::new(ScopeKey::new(scope, key)))
    }

    /// The unlocked key of a scope; `None` when [`Keyring::unlock`] was not called for it in this process.
    #[must_use]
    pub fn key(&self, scope: Scope) -> Option<Arc<ScopeKey>> {
        self.unlocked.read().unwrap_or_else(PoisonError::into_inner).get(&scope).cloned()
    }

    /// Signing key for one purpose (form tokens, search tokens …), the same after each start.
    #[must_use]
    pub fn mac(&self, purpose: &str) -> Mac {
        Mac::new(self.master.derive(&format!("mac/{purpose}")))
    }

    fn wrapping(&self) -> XChaCha20Poly1305 {
        cipher(&self.master.derive("wrap"))
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keyring(secret)")
    }
}
