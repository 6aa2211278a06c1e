//! Tests in a real Chromium. `harness` proves that the harness can fail; the journeys come beside it.

mod harness;
