//! Ports made predictable: a clock that is moved by hand, seeded randomness, a cheap hasher, a mailbox in memory.

use ::app::ports::{Clock, Envoi, HashError, Imprimeur, Mailer, PasswordHasher, Random, SendError, Verification};
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A clock that stands still until it is moved.
pub struct ManualClock(Mutex<DateTime<Utc>>);

impl Default for ManualClock {
    /// Monday 8 January 2029, 9 h in Paris.
    fn default() -> Self {
        Self(Mutex::new(Utc.with_ymd_and_hms(2029, 1, 8, 8, 0, 0).unwrap()))
    }
}

impl ManualClock {
    /// Moves forward.
    pub fn advance(&self, by: TimeDelta) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }

    /// Sets the hour.
    pub fn set(&self, to: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = to;
    }
}

impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Randomness that is the same in every run of a test.
pub struct SeededRandom(Mutex<StdRng>);

impl SeededRandom {
    /// From a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }
}

impl Random for SeededRandom {
    fn fill(&self, buffer: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill(buffer);
    }
}

/// A hasher that costs nothing and protects nothing.
pub struct PlainHasher;

#[async_trait]
impl PasswordHasher for PlainHasher {
    async fn hash(&self, mot_de_passe: String) -> Result<String, HashError> {
        Ok(format!("plain:{mot_de_passe}"))
    }

    async fn verify(&self, mot_de_passe: String, empreinte: Option<String>) -> Result<Verification, HashError> {
        let right = empreinte.is_some_and(|e| e == format!("plain:{mot_de_passe}"));
        Ok(if right { Verification::Right { rehash: false } } else { Verification::Wrong })
    }
}

/// Keeps every mail sent; may be told to fail.
#[derive(Default)]
pub struct MemoryMailer {
    sent: Mutex<Vec<Envoi>>,
    failing: Mutex<Option<bool>>,
}

impl MemoryMailer {
    /// Every mail sent so far, oldest first.
    pub fn sent(&self) -> Vec<Envoi> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// From now on every mail fails, for good or for a time; `None` sends again.
    pub fn fail(&self, permanent: Option<bool>) {
        *self.failing.lock().unwrap_or_else(PoisonError::into_inner) = permanent;
    }
}

#[async_trait]
impl Mailer for MemoryMailer {
    async fn send(&self, envoi: &Envoi) -> Result<(), SendError> {
        match *self.failing.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(true) => return Err(SendError::Permanent("refused by the test".to_owned())),
            Some(false) => return Err(SendError::Transient("away in the test".to_owned())),
            None => {}
        }
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).push(envoi.clone());
        Ok(())
    }
}

/// The real printer: fast enough, and its file is what a test looks at. Its fonts are read once.
///
/// # Panics
/// When the shipped fonts cannot be read.
pub fn imprimeur() -> Arc<dyn Imprimeur> {
    static PRINTER: OnceLock<::adapters::imprimeur::Imprimeur> = OnceLock::new();
    Arc::new(PRINTER.get_or_init(|| ::adapters::imprimeur::Imprimeur::new().expect("the shipped fonts")).clone())
}
