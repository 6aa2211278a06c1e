//! Keys, sealing and blind indexes: everything that turns personal data into bytes a database may keep.
//!
//! Lives here: the master key, the keyring of unlocked keys (one per caisse, one for comptes), authenticated
//! encryption bound to the place of a value, keyed blind values for equality search, keyed signatures and token hashes.
//! Stays out: SQL, files, configuration, and every rule about who may read what.
//!
//! The master key comes to [`MasterKey::parse`] as text, from a file or the environment; a key management service
//! would end in the same call. Randomness (keys and nonces) is taken from the operating system by this crate alone,
//! not from the context's `Random`: a nonce drawn from a test's seeded generator would repeat under a real key.

mod data_key;
mod envelope;
mod error;
mod keyring;
mod mac;
mod master;
mod names;
mod scope;
mod scope_key;

pub use data_key::DataKey;
pub use error::VaultError;
pub use keyring::Keyring;
pub use mac::{Mac, hash_token};
pub use master::MasterKey;
pub use names::{MAX_NAME_TOKENS, name_lookups, name_tokens};
pub use scope::{Place, Scope};
pub use scope_key::ScopeKey;
