//! Form tokens (`_jeton`): bound by HMAC-SHA-256 to the visitor's cookie, salted anew on each page.
//!
//! The salt makes the token differ in every answer, so that compression tells nothing about it.

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// Name of the hidden field.
pub const TOKEN_FIELD: &str = "_jeton";
/// Name of the header a script may use instead.
pub const TOKEN_HEADER: &str = "x-jeton";

/// Makes and checks form tokens with the process's secret.
#[derive(Clone)]
pub struct Jetons {
    secret: [u8; 32],
}

impl Jetons {
    /// The secret must be random, kept for the life of the installation and used for nothing else.
    #[must_use]
    pub fn new(secret: [u8; 32]) -> Self {
        Self { secret }
    }

    /// A token for whoever holds this cookie value.
    #[must_use]
    pub fn issue(&self, binding: &str, salt: &str) -> String {
        format!("{salt}.{}", BASE64URL_NOPAD.encode(&self.mac(binding, salt)))
    }

    /// Whether the token was issued to the holder of this cookie value. An empty binding never is.
    #[must_use]
    pub fn verify(&self, binding: &str, token: &str) -> bool {
        let Some((salt, mac)) = token.rsplit_once('.') else {
            return false;
        };
        let Ok(mac) = BASE64URL_NOPAD.decode(mac.as_bytes()) else {
            return false;
        };
        !binding.is_empty() && bool::from(self.mac(binding, salt).ct_eq(&mac))
    }

    fn mac(&self, binding: &str, salt: &str) -> Vec<u8> {
        // A key of 32 bytes is always accepted; without a key nothing would verify.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.secret) else {
            return Vec::new();
        };
        mac.update(b"jeton de formulaire\0");
        mac.update(&u64::try_from(binding.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(binding.as_bytes());
        mac.update(salt.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_serves_only_the_cookie_it_was_issued_to() {
        let jetons = Jetons::new([7; 32]);
        let token = jetons.issue("cookie-a", "salt");
        assert!(jetons.verify("cookie-a", &token));
        assert!(!jetons.verify("cookie-b", &token));
        assert!(!jetons.verify("", &jetons.issue("", "salt")));
        assert!(!Jetons::new([8; 32]).verify("cookie-a", &token));
        assert!(!jetons.verify("cookie-a", &token.replace("salt", "other")));
        assert!(!jetons.verify("cookie-a", "salt."));
    }

    #[test]
    fn binding_and_salt_cannot_be_shifted_into_each_other() {
        let jetons = Jetons::new([7; 32]);
        let mac = jetons.issue("ab", "c").split_once('.').unwrap().1.to_owned();
        assert!(!jetons.verify("a", &format!("bc.{mac}")));
    }
}
