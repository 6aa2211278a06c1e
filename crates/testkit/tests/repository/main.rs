//! Tests of the repository itself: its arrows and its table of requirements.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod architecture;
mod traceability;

/// The top folder of the repository.
fn top() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_path_buf()
}
