//! Time-based codes: 6 digits, 30 seconds, one step of tolerance on each side (RFC 6238).

use crate::error::{AppError, Outcome};
use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use totp_rs::{Algorithm, Builder, Totp};

/// Bytes of a seed.
pub(super) const GRAINE: usize = 20;

/// The generator of a compte.
pub(super) fn generateur(secret: &[u8], identifiant: &str, produit: &str) -> Outcome<Totp> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(30)
        .with_secret(secret.to_vec())
        .with_account_name(identifiant.replace(':', " "))
        .with_issuer(Some(produit.replace(':', " ")))
        .build()
        .map_err(|e| AppError::Interne(e.to_string()))
}

/// Digits of a typed code, without the spaces people put in.
pub(super) fn chiffres(saisi: &str) -> Option<String> {
    let chiffres: String = saisi.chars().filter(|c| !c.is_whitespace()).take(7).collect();
    (chiffres.len() == 6 && chiffres.bytes().all(|b| b.is_ascii_digit())).then_some(chiffres)
}

/// The step at which a code is right, if it is.
pub(super) fn pas(totp: &Totp, code: &str, now: DateTime<Utc>) -> Option<i64> {
    let instant = u64::try_from(now.timestamp()).ok()?;
    totp.check(code, instant).and_then(|pas| i64::try_from(pas).ok())
}

/// The code of a seed (base 32, as shown at the enrolment) at an instant: for the demonstration and for tests.
#[must_use]
pub fn code_at(secret: &str, now: DateTime<Utc>) -> Option<String> {
    let secret = BASE32_NOPAD.decode(secret.replace(' ', "").as_bytes()).ok()?;
    let instant = u64::try_from(now.timestamp()).ok()?;
    Some(generateur(&secret, "demonstration", "demonstration").ok()?.generate(instant).to_string())
}
