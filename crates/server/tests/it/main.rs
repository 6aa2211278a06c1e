//! The binary from outside: what its command line refuses, what it answers, and what it does to a folder.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that panics is a test that fails"
)]

mod arret_brutal;
mod canari;
mod demonstration;
mod eicar;
mod installation;
mod ligne;
mod navigateur;
mod pannes;
mod premier_administrateur;
mod processus;
mod reglages;
mod verifications;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the binary in a folder with these words and this standard input; no setting comes from outside.
pub(crate) fn run(folder: &Path, words: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_espace-partenaires"));
    command.current_dir(folder).args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("ESPACE_PARTENAIRES_") {
            command.env_remove(name);
        }
    }
    let mut child = command.spawn().expect("the binary starts");
    let mut stdin = child.stdin.take().expect("its input");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || _ = stdin.write_all(&input));
    let output = child.wait_with_output().expect("the binary ends");
    writer.join().expect("its input is written");
    output
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// Names in a folder.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("folder");
    let mut names: Vec<String> = entries.map(|e| e.expect("entry").file_name().into_string().expect("name")).collect();
    names.sort();
    names
}
