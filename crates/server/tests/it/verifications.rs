//! `check` from end to end: one answer line for each line read.

use crate::{run, stdout};

fn answers(kind: &str, input: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["check", kind], input.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    stdout(&output)
}

#[test]
fn numbers_are_answered_with_their_canonical_form() {
    assert_eq!(answers("siret", "732 829 320 00074\n\nx"), "valid\t73282932000074\ninvalid\t\ninvalid\t\n");
    assert_eq!(answers("siren", "732829320\n"), "valid\t732829320\n");
    assert_eq!(answers("nir", "\n"), "invalid\t\n");
}

#[test]
fn texts_and_working_days_are_answered_line_by_line() {
    assert_eq!(answers("text", "Bonjour\n\n"), "clean\nclean\n");
    let days = "2028-12-22\talsace-moselle\t1\n2028-12-22\tmetropole\t1\nbof\n";
    assert_eq!(answers("working-days", days), "2028-12-27\n2028-12-26\nerror\n");
}

#[test]
fn a_long_list_is_answered_to_its_end() {
    let lines = "732829320\n".repeat(20_000);
    assert_eq!(answers("siren", &lines).lines().count(), 20_000);
}
