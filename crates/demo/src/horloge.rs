//! The clock of the filling: it stands where it was put, and is put forward only.

use app::ports::Clock;
use chrono::{DateTime, Utc};
use std::sync::{Mutex, PoisonError};

/// A clock moved by hand.
pub(crate) struct HorlogeManuelle(Mutex<DateTime<Utc>>);

impl HorlogeManuelle {
    pub(crate) fn new(debut: DateTime<Utc>) -> Self {
        Self(Mutex::new(debut))
    }

    /// Puts it at an instant, unless it is past it already.
    pub(crate) fn advance_to(&self, instant: DateTime<Utc>) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = instant.max(*now);
    }
}

impl Clock for HorlogeManuelle {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
