//! Seeded randomness: the same persons, passwords and demandes at each filling. Keys and nonces are drawn by the vault
//! from the system all the same, and the served demonstration has the system's randomness for its tokens.

use app::ports::Random;
use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use std::sync::{Mutex, PoisonError};

/// A generator that repeats itself.
pub(crate) struct HasardSeme(Mutex<StdRng>);

impl HasardSeme {
    pub(crate) fn new(graine: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(graine)))
    }

    /// A number below `borne` (0 when `borne` is 0).
    pub(crate) fn below(&self, borne: usize) -> usize {
        if borne == 0 {
            return 0;
        }
        self.0.lock().unwrap_or_else(PoisonError::into_inner).random_range(0..borne)
    }

    /// Whether something that happens so many times in a hundred happens now.
    pub(crate) fn percent(&self, chances: usize) -> bool {
        self.below(100) < chances
    }

    /// A number from 0 to `most`.
    pub(crate) fn small(&self, most: usize) -> u32 {
        u32::try_from(self.below(most + 1)).unwrap_or(0)
    }

    /// One of a list; nothing of an empty one.
    pub(crate) fn one<'a, T>(&self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
}

impl Random for HasardSeme {
    fn fill(&self, buffer: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(buffer);
    }
}
