//! The harness against pages written for it, each with one thing that must be noticed.

mod pages;

use browser::{Browser, JavaScript, Key};
use data_encoding::HEXLOWER;
use pages::Site;
use sha2::{Digest, Sha256};

/// The faults of each page, found by one browser.
async fn faults<const N: usize>(paths: [&str; N]) -> [Vec<String>; N] {
    let site = Site::start().await;
    let browser = Browser::start(JavaScript::On).await;
    let mut found = [const { Vec::new() }; N];
    for (path, found) in paths.iter().zip(&mut found) {
        browser.open(&site.address(path)).await;
        *found = browser.faults().await;
    }
    found
}

/// One fault, which says `what`.
fn assert_only(faults: &[String], what: &str) {
    assert!(faults.len() == 1 && faults[0].contains(what), "{what} alone was expected: {faults:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sound_page_under_the_portal_s_policy_has_no_fault_even_when_looked_at_twice() {
    let [first, second] = faults(["/sound", "/sound"]).await;
    assert_eq!((first, second), (vec![], vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_sees_a_field_without_a_label() {
    let [found] = faults(["/unlabelled"]).await;
    assert_only(&found, "axe label");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_out_of_axe_is_one_finding_at_one_place() {
    let [odd, known] = faults(["/odd-radio", "/known-radio"]).await;
    assert_only(&odd, "axe aria-allowed-attr");
    assert_eq!(known, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_wider_than_320_pixels_is_seen_with_what_is_wide() {
    let [found] = faults(["/wide"]).await;
    assert_only(&found, "900 pixels wide at 320: table#tableau");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_h1_and_a_missing_title_are_seen_also_without_scripts() {
    let [headings, untitled] = faults(["/two-headings", "/untitled"]).await;
    assert_only(&headings, "2 h1 instead of one");
    assert!(untitled.contains(&"no title".to_owned()), "{untitled:?}");
    let site = Site::start().await;
    let browser = Browser::start(JavaScript::Off).await;
    browser.open(&site.address("/sound")).await;
    assert_eq!(browser.faults().await, Vec::<String>::new());
    browser.open(&site.address("/two-headings")).await;
    assert_only(&browser.faults().await, "2 h1 instead of one");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_security_policy_refuses_is_seen() {
    let [style, script, html] = faults(["/inline-style", "/inline-script", "/html-from-text"]).await;
    assert_only(&style, "Content Security Policy");
    assert_only(&script, "Content Security Policy");
    assert!(html.iter().any(|f| f.contains("TrustedHTML")), "{html:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_script_and_a_missing_file_are_seen_but_a_wanted_404_page_is_not() {
    let [script, file, wanted] = faults(["/failing-script", "/missing-file", "/introuvable"]).await;
    assert_only(&script, "volontaire");
    assert_only(&file, "absent.css");
    assert_eq!(wanted, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_run_only_where_they_may() {
    let site = Site::start().await;
    for (javascript, expected) in [(JavaScript::On, "avec script"), (JavaScript::Off, "sans script")] {
        let browser = Browser::start(javascript).await;
        browser.open(&site.address("/enhanced")).await;
        assert_eq!(browser.text("#etat").await, expected, "{javascript:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_filled_and_sent_with_the_keyboard_alone() {
    let site = Site::start().await;
    for javascript in [JavaScript::On, JavaScript::Off] {
        let browser = Browser::start(javascript).await;
        browser.open(&site.address("/sound")).await;
        browser.tab_to("#nom").await;
        browser.type_text("Éloïse").await;
        browser.press(Key::Tab).await;
        assert_eq!(browser.focused().await, "button#envoyer");
        browser.press_with_shift(Key::Tab).await;
        assert_eq!(browser.focused().await, "input#nom");
        browser.press_enter().await;
        assert_eq!(browser.text("h1").await, "Bonjour %C3%89lo%C3%AFse", "{javascript:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_filled_and_sent_with_the_mouse() {
    let site = Site::start().await;
    let browser = Browser::start(JavaScript::On).await;
    browser.open(&site.address("/sound")).await;
    browser.fill("#nom", "Autre").await;
    browser.fill("#nom", "Nadia").await;
    browser.click("#envoyer").await;
    assert_eq!(browser.text("h1").await, "Bonjour Nadia");
    browser.click_link("Retour").await;
    assert_eq!((browser.title().await, browser.count("input").await), ("Page saine".into(), 1));
    assert_eq!(browser.address().await, site.address("/sound"));
}

#[tokio::test(flavor = "multi_thread")]
#[should_panic(expected = "it stops at: input#nom, body")]
async fn what_the_keyboard_cannot_reach_is_seen() {
    let site = Site::start().await;
    let browser = Browser::start(JavaScript::On).await;
    browser.open(&site.address("/mouse-only")).await;
    browser.tab_to("#trompe").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_that_panics_leaves_no_process_behind() {
    let (send, receive) = std::sync::mpsc::channel();
    let test = tokio::spawn(async move {
        let browser = Browser::start(JavaScript::On).await;
        send.send(browser.processes()).unwrap();
        panic!("on purpose");
    });
    assert!(test.await.unwrap_err().is_panic());
    let started = receive.recv().unwrap();
    assert!(!started.is_empty());
    let alive = |pid: &u32| {
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        status.contains("State:") && !status.contains("State:\tZ") && !status.contains("State:\tX")
    };
    for _ in 0..50 {
        if !started.iter().any(alive) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("still alive: {:?}", started.iter().filter(|pid| alive(pid)).collect::<Vec<_>>());
}

#[test]
fn the_vendored_rules_are_the_published_ones() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/vendor/axe-core");
    let sums = std::fs::read_to_string(format!("{folder}/SHA256SUMS")).unwrap();
    assert_eq!(sums.lines().count(), 3);
    for line in sums.lines() {
        let (expected, name) = line.split_once("  ").unwrap();
        let content = std::fs::read(format!("{folder}/{name}")).unwrap();
        assert_eq!(HEXLOWER.encode(&Sha256::digest(content)), expected, "{name}");
    }
}
