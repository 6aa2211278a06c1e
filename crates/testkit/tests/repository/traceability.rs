//! `docs/traceability.md` has one row per requirement, and what it calls `done` names tests that exist.

use std::collections::BTreeSet;
use std::path::Path;

/// The families of requirements and how many each has.
const FAMILIES: &[(&str, u32)] = &[
    ("CO", 12),
    ("PA", 5),
    ("HA", 15),
    ("DE", 15),
    ("RV", 3),
    ("DO", 2),
    ("PJ", 3),
    ("GA", 3),
    ("CA", 4),
    ("RG", 6),
    ("JO", 2),
    ("DI", 6),
    ("PI", 3),
    ("AC", 3),
];

const HEADING: &str = "| id | state | code | test |";

fn ids() -> impl Iterator<Item = String> {
    FAMILIES.iter().flat_map(|(family, last)| (1..=*last).map(move |n| format!("{family}-{n}")))
}

/// What is wrong with the page `text`, whose paths start at `top`.
fn faults(text: &str, top: &Path) -> Vec<String> {
    let Some((_, table)) = text.split_once(HEADING) else {
        return vec![format!("the table must start with {HEADING}")];
    };
    let mut missing: BTreeSet<String> = ids().collect();
    let mut found = Vec::new();
    for row in table.lines().filter(|line| line.starts_with('|') && !line.starts_with("|---")) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [id, state, code, tests] = cells[..] else {
            found.push(format!("{row}: not four cells"));
            continue;
        };
        if !missing.remove(id) {
            found.push(format!("{id}: unknown, or there twice"));
        }
        match state {
            "open" => {}
            "done" => found.extend(unproven(code, tests, top).into_iter().map(|fault| format!("{id}: {fault}"))),
            _ => found.push(format!("{id}: {state} is no state")),
        }
    }
    found.extend(missing.into_iter().map(|id| format!("{id}: missing")));
    found
}

/// Why a row may not be called done.
fn unproven(code: &str, tests: &str, top: &Path) -> Vec<String> {
    let mut found = Vec::new();
    if items(code).next().is_none() || items(tests).next().is_none() {
        found.push("done without code or without a test".to_owned());
    }
    found.extend(items(code).filter(|path| !top.join(path).exists()).map(|path| format!("{path} does not exist")));
    for test in items(tests) {
        let source = test.split_once("::").and_then(|(file, name)| {
            Some((std::fs::read_to_string(top.join(file)).ok().filter(|_| file.ends_with(".rs"))?, name))
        });
        if !source.is_some_and(|(source, name)| is_a_test(&source, name)) {
            found.push(format!("{test} is no test"));
        }
    }
    found
}

fn items(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(',').map(|item| item.trim().trim_matches('`')).filter(|item| !item.is_empty())
}

/// Whether `source` has a function of this name that the test runner runs: `#[test]` (proptest's too) or
/// `#[tokio::test]` among its attributes, and no `#[ignore]`.
fn is_a_test(source: &str, name: &str) -> bool {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let is_declared = |line: &str| {
        let rest = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ").and_then(|r| r.strip_prefix(name));
        rest.is_some_and(|rest| rest.starts_with(['(', '<']))
    };
    lines.iter().enumerate().filter(|(_, line)| is_declared(line)).any(|(at, _)| {
        let above = lines[..at].iter().rev();
        let attributes: Vec<_> = above.take_while(|l| l.starts_with("#[") || l.starts_with("//")).collect();
        let has = |start: &str| attributes.iter().any(|a| a.starts_with(start));
        (has("#[test]") || has("#[tokio::test")) && !has("#[ignore")
    })
}

#[test]
fn every_requirement_has_its_row_and_what_is_done_has_its_test() {
    let text = std::fs::read_to_string(super::top().join("docs/traceability.md")).unwrap();
    assert_eq!(faults(&text, &super::top()), Vec::<String>::new());
}

/// A whole page with the row of one id replaced.
fn page(id: &str, row: &str) -> Vec<String> {
    let rows = ids().map(|i| if i == id { row.to_owned() } else { format!("| {i} | open |  |  |") });
    let text = format!("{HEADING}\n|---|---|---|---|\n{}\n", rows.collect::<Vec<_>>().join("\n"));
    faults(&text, &super::top())
}

#[test]
fn a_missing_unknown_or_doubled_id_is_refused() {
    assert_eq!(page("CO-1", "| CO-1 | open | | |"), Vec::<String>::new());
    assert_eq!(page("CO-1", ""), ["CO-1: missing"]);
    assert_eq!(page("CO-1", "| CO-13 | open | | |"), ["CO-13: unknown, or there twice", "CO-1: missing"]);
    assert_eq!(page("CO-1", "| CO-2 | open | | |").len(), 2);
    assert_eq!(faults("| id | code | state | test |", &super::top()).len(), 1);
}

#[test]
fn another_state_or_another_number_of_cells_is_refused() {
    assert_eq!(page("CO-1", "| CO-1 | partly | | |"), ["CO-1: partly is no state"]);
    assert_eq!(page("CO-1", "| CO-1 | done | |").len(), 2);
}

#[test]
fn a_done_row_names_code_and_tests_that_exist() {
    const HERE: &str = "crates/testkit/tests/repository/traceability.rs";
    const SMTP: &str = "crates/adapters/tests/smtp/main.rs";
    let done = |code: &str, test: &str| page("CO-1", &format!("| CO-1 | done | {code} | {test} |")).len();
    let real = "a_done_row_names_code_and_tests_that_exist";
    assert_eq!(done("crates/domain", &format!("`{HERE}::{real}`, {SMTP}::an_error_never_repeats_the_address")), 0);
    assert_eq!(done("", &format!("{HERE}::{real}")), 1);
    assert_eq!(done("crates/domain", ""), 1);
    assert_eq!(done("crates/absent", &format!("{HERE}::{real}")), 1);
    assert_eq!(done("crates/domain, crates/absent", &format!("{HERE}::{real}, {HERE}::absent")), 2);
    assert_eq!(done("crates/domain", &format!("{HERE}::is_a_test")), 1);
    assert_eq!(done("crates/domain", real), 1);
    assert_eq!(done("crates/domain", "crates/absent.rs::absent"), 1);
    let ignored = "a_real_relay_s_refusals_are_told_apart";
    assert_eq!(done("crates/domain", &format!("{SMTP}::{ignored}")), 1, "nobody sees an ignored test fail");
}

#[test]
fn every_form_of_test_is_recognised_and_nothing_else() {
    for source in [
        "#[test]\nfn it_holds() {",
        "#[tokio::test(flavor = \"multi_thread\")]\n#[should_panic]\n/// Doc.\nasync fn it_holds() {",
        "proptest! {\n    #[test]\n    fn it_holds(a in 0..3u8) {",
        "fn it_holds() {}\n#[test]\nfn it_holds() {",
    ] {
        assert!(is_a_test(source, "it_holds"), "{source}");
    }
    for source in [
        "fn it_holds() {",
        "#[test]\nfn other() {}\nfn it_holds() {",
        "#[test]\nfn it_holds_not() {",
        "#[test]\n// fn it_holds() {",
        "#[test]\n#[ignore = \"later\"]\nfn it_holds() {",
    ] {
        assert!(!is_a_test(source, "it_holds"), "{source}");
    }
}
