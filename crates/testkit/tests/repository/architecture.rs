//! Who may import whom. The manifests say it; this says it was meant.
//! Adding an arrow or a dependency is a decision: it is written here or in `dependencies.toml`, with its reason.

use std::collections::BTreeMap;

use cargo_metadata::{DependencyKind, MetadataCommand};

/// Every arrow of the workspace that a build follows: from, to, why.
const ARROWS: &[(&str, &str, &str)] = &[
    ("vault", "domain", "keys belong to caisses and seal typed rows"),
    ("store", "domain", "rows become domain types or are corrupt"),
    ("store", "vault", "what is personal is sealed before SQL sees it"),
    ("app", "domain", "use cases ask the rules"),
    ("app", "store", "use cases load and write in transactions"),
    ("app", "vault", "use cases hold the keyring they seal with"),
    ("adapters", "app", "implements its ports"),
    ("adapters", "domain", "speaks the ports' types"),
    ("demo", "app", "fills a data folder through use cases"),
    ("demo", "domain", "writes personas and conventions in its types"),
    ("web", "app", "a route calls one use case"),
    ("web", "domain", "a page formats its types"),
    ("server", "app", "wires the ports"),
    ("server", "adapters", "chooses what stands behind them"),
    ("server", "demo", "the demo command"),
    ("server", "domain", "the check command"),
    ("server", "store", "opens the database"),
    ("server", "vault", "opens the keyring"),
    ("server", "web", "serves the routes"),
    ("testkit", "app", "runs use cases and jobs"),
    ("testkit", "adapters", "the cheap password hasher"),
    ("testkit", "demo", "its conventions and personas are the tests' too"),
    ("testkit", "domain", "builders of its types"),
    ("testkit", "store", "a database per test"),
    ("testkit", "vault", "a keyring per test"),
    ("testkit", "web", "the application in process"),
    ("bench", "app", "imports conventions and shows codes as a real installation does"),
    ("bench", "adapters", "the ports of its fillings, argon2 measured alone"),
    ("bench", "domain", "draws demandes in its types"),
    ("bench", "store", "fills in bulk and compares answers with the database"),
    ("bench", "vault", "the key of the database that it fills"),
];

/// Arrows of tests alone.
const TEST_ARROWS: &[(&str, &str, &str)] = &[
    ("store", "testkit", "a database per test"),
    ("app", "testkit", "use cases are tried with personas"),
    ("web", "testkit", "routes are tried with personas"),
    ("demo", "testkit", "the year is filled into a database per test"),
    ("demo", "store", "what was filled is counted"),
    ("server", "testkit", "the binary is tried with personas"),
    ("browser", "testkit", "journeys are led by personas"),
    ("browser", "web", "journeys know cookies and declared routes"),
    ("browser", "domain", "journeys name profils"),
];

/// What must never come in, whatever the reason. Holds for tests too.
const FORBIDDEN: &[(&str, &[&str], &str)] = &[
    ("domain", &["tokio", "axum", "sea-orm", "sqlx", "rand"], "pure rules: no runtime, no I/O, no randomness"),
    ("store", &["axum", "askama"], "knows SQL, not pages"),
    (
        "app",
        &["sea-orm", "sqlx", "axum", "lettre", "object_store", "krilla"],
        "SQL and the outside are behind store and ports",
    ),
    ("adapters", &["sea-orm", "axum"], "knows the outside, not SQL and not pages"),
    ("web", &["sea-orm", "sqlx"], "reads through app"),
];

/// A member of the workspace and what its manifest lists.
#[derive(Debug, Clone, Default)]
struct Member {
    name: String,
    folder: String,
    imports: Vec<Import>,
}

#[derive(Debug, Clone)]
struct Import {
    name: String,
    ours: bool,
    tests: bool,
}

/// Allowed dependencies of each crate: name to reason; the key `tests` holds a table of the same.
type Allowed = BTreeMap<String, toml::Table>;

fn faults(members: &[Member], allowed: &Allowed) -> Vec<String> {
    let mut found = Vec::new();
    for member in members {
        let Some(list) = allowed.get(&member.name) else {
            found.push(format!("{} is a crate that nobody announced", member.name));
            continue;
        };
        if member.folder != member.name {
            found.push(format!("{} lies in the folder {}", member.name, member.folder));
        }
        found.extend(member.imports.iter().filter_map(|import| fault(&member.name, import, list)));
    }
    found
}

fn fault(from: &str, import: &Import, list: &toml::Table) -> Option<String> {
    let to = import.name.as_str();
    if let Some((_, _, why)) = FORBIDDEN.iter().find(|(f, forbidden, _)| *f == from && forbidden.contains(&to)) {
        return Some(format!("{from} must not import {to}: {why}"));
    }
    if import.ours {
        let arrows = if import.tests { [TEST_ARROWS, ARROWS].concat() } else { ARROWS.to_vec() };
        let drawn = arrows.iter().any(|(f, t, why)| (*f, *t) == (from, to) && !why.is_empty());
        return (!drawn).then(|| format!("{from} → {to} is no arrow of the workspace"));
    }
    let reason = |list: &toml::Table| list.get(to).and_then(|r| r.as_str()).is_some_and(|r| !r.trim().is_empty());
    let known = reason(list) || import.tests && list.get("tests").and_then(|t| t.as_table()).is_some_and(reason);
    (!known).then(|| format!("{from} imports {to} without a reason in dependencies.toml"))
}

fn members() -> Vec<Member> {
    let metadata = MetadataCommand::new().manifest_path(super::top().join("Cargo.toml")).no_deps().exec().unwrap();
    let members = metadata.packages.iter().map(|package| Member {
        name: package.name.to_string(),
        folder: package.manifest_path.parent().unwrap().file_name().unwrap().to_owned(),
        imports: package
            .dependencies
            .iter()
            .map(|d| Import {
                name: d.name.clone(),
                ours: d.path.is_some(),
                tests: d.kind == DependencyKind::Development,
            })
            .collect(),
    });
    members.collect()
}

fn allowed() -> Allowed {
    toml::from_str(include_str!("dependencies.toml")).unwrap()
}

#[test]
fn every_arrow_and_every_dependency_of_the_workspace_was_meant() {
    let members = members();
    assert_eq!(members.len(), 11, "nine crates, the benchmark and the browser tests");
    assert_eq!(faults(&members, &allowed()), Vec::<String>::new());
}

/// The fault found in `from` when it imports one more crate.
fn fault_of(from: &str, name: &str, ours: bool, tests: bool) -> Option<String> {
    fault(from, &Import { name: name.into(), ours, tests }, &allowed()[from])
}

#[test]
fn an_arrow_that_nobody_drew_is_seen() {
    assert_eq!(fault_of("web", "store", true, false).unwrap(), "web → store is no arrow of the workspace");
    assert!(fault_of("domain", "vault", true, false).is_some());
    assert!(fault_of("store", "app", true, false).is_some());
    assert!(fault_of("adapters", "web", true, false).is_some());
    assert!(fault_of("app", "testkit", true, false).is_some(), "only tests use testkit");
    assert_eq!(fault_of("app", "testkit", true, true), None);
}

#[test]
fn a_forbidden_dependency_is_seen_even_with_a_reason() {
    let mut list = toml::Table::new();
    list.insert("tokio".into(), "we like it".into());
    let import = Import { name: "tokio".into(), ours: false, tests: false };
    assert!(fault("domain", &import, &list).unwrap().starts_with("domain must not import tokio"));
    for (crate_name, forbidden, _) in FORBIDDEN {
        for name in *forbidden {
            assert!(fault_of(crate_name, name, false, false).is_some(), "{crate_name} {name}");
        }
    }
}

#[test]
fn a_dependency_without_a_reason_and_a_crate_without_a_list_are_seen() {
    assert!(fault_of("domain", "regex", false, false).unwrap().contains("without a reason"));
    assert!(fault_of("domain", "proptest", false, false).is_some(), "listed for tests only");
    assert_eq!(fault_of("domain", "proptest", false, true), None);
    let stranger = Member { name: "extra".into(), folder: "extra".into(), ..Member::default() };
    assert_eq!(faults(&[stranger], &allowed()), ["extra is a crate that nobody announced"]);
    let moved = Member { name: "web".into(), folder: "pages".into(), ..Member::default() };
    assert_eq!(faults(&[moved], &allowed()), ["web lies in the folder pages"]);
}

#[test]
fn the_rules_speak_of_crates_that_exist() {
    let names: Vec<_> = members().into_iter().map(|m| m.name).collect();
    let lists = allowed();
    let arrows = ARROWS.iter().chain(TEST_ARROWS).flat_map(|(from, to, _)| [*from, *to]);
    let forbidden = FORBIDDEN.iter().map(|(from, _, _)| *from);
    for name in arrows.chain(forbidden).chain(lists.keys().map(String::as_str)) {
        assert!(names.iter().any(|n| n == name), "{name}");
    }
}
