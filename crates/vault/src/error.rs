//! What can go wrong with keys and sealed values. No variant carries a key, a plain value or a sealed one.

use thiserror::Error;

/// Failure of a vault operation; safe to log, as no variant carries secret or personal bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum VaultError {
    /// The text is neither 64 hexadecimal digits nor the base64 of 32 bytes.
    #[error("the master key must be 64 hexadecimal digits or the base64 of 32 bytes")]
    MasterKeyFormat,
    /// The master key is one byte repeated, which no generator gives: a placeholder left in place.
    #[error("the master key is one repeated byte: generate a random one")]
    MasterKeyWeak,
    /// The operating system gave no randomness.
    #[error("the operating system gave no randomness")]
    Randomness,
    /// The first byte of the sealed value names a format this version does not know.
    #[error("unknown sealing format {0}")]
    UnknownFormat(u8),
    /// The sealed value was changed, cut, moved to another place, or sealed with another key.
    #[error("the sealed value does not open with this key at this place")]
    Unreadable,
    /// The value is longer than the cipher takes (256 GiB).
    #[error("the value is too long to be sealed")]
    TooLong,
}
