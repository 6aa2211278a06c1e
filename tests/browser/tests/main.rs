//! Tests in a real Chromium. `harness` proves that the harness can fail; `parcours` leads the portal's own pages, served
//! by the application under test.

mod harness;
mod parcours;
