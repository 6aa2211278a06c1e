//! The one sealed format: version byte, 24-byte nonce, XChaCha20-Poly1305 text and 16-byte tag.
//!
//! Random 24-byte nonces may be drawn without counting for as long as the installation lives. The version byte is
//! authenticated with the rest.

use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::XNonce;
use chacha20poly1305::aead::AeadInOut;
use zeroize::Zeroizing;

use crate::VaultError;

const VERSION: u8 = 1;
const NONCE: usize = 24;
const TAG: usize = 16;

/// Bytes a sealed value has more than its plain one.
pub(crate) const OVERHEAD: usize = 1 + NONCE + TAG;

/// Fills an array from the operating system's generator.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| VaultError::Randomness)?;
    Ok(bytes)
}

pub(crate) fn seal(cipher: &XChaCha20Poly1305, bound: &[u8], plain: &[u8]) -> Result<Vec<u8>, VaultError> {
    let nonce: [u8; NONCE] = random()?;
    // Full capacity at once: a buffer that grew would leave a plain copy behind.
    let mut text = Vec::with_capacity(plain.len() + TAG);
    text.extend_from_slice(plain);
    cipher
        .encrypt_in_place(&XNonce::from(nonce), &associated(VERSION, bound), &mut text)
        .map_err(|_| VaultError::TooLong)?;
    let mut sealed = Vec::with_capacity(plain.len() + OVERHEAD);
    sealed.push(VERSION);
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(&text);
    Ok(sealed)
}

pub(crate) fn open(cipher: &XChaCha20Poly1305, bound: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let (&version, rest) = sealed.split_first().ok_or(VaultError::Unreadable)?;
    if version != VERSION {
        return Err(VaultError::UnknownFormat(version));
    }
    let (nonce, text) = rest.split_first_chunk::<NONCE>().ok_or(VaultError::Unreadable)?;
    let mut plain = Zeroizing::new(text.to_vec());
    cipher
        .decrypt_in_place(&XNonce::from(*nonce), &associated(version, bound), &mut *plain)
        .map_err(|_| VaultError::Unreadable)?;
    Ok(plain)
}

fn associated(version: u8, bound: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(1 + bound.len());
    bytes.push(version);
    bytes.extend_from_slice(bound);
    bytes
}
