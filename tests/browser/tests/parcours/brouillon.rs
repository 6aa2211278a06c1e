//! A draft saved without a click, and how the page says so (DE-12).

use super::{FORM, Poste, SUBMIT, site};
use browser::JavaScript;

const TEXTE: &str = "Carte perdue lors du déménagement.";
/// Where the page says that the draft is saved: no longer empty.
const SAID: &str = "[data-ep-brouillon]:not(:empty)";

/// The text of the draft that the home shows, opened again.
async fn assert_kept(poste: &Poste<'_>, titre: &str) {
    poste.open("/").await;
    poste.assert_says(titre).await;
    poste.browser.follow("main a[href^='/demandes/nouvelle/'][href*='brouillon=']").await;
    assert_eq!(poste.browser.evaluate("return document.querySelector('#precisions').value").await, TEXTE);
    poste.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_saved_while_typing_and_the_page_says_when() {
    let site = site().await;
    let poste = Poste::start(&site, JavaScript::On).await;
    poste.become_persona("82.technicien").await;
    poste.open(FORM).await;
    poste.browser.fill("#nom", "Durand").await;
    poste.browser.fill("#precisions", TEXTE).await;
    let said = poste.browser.find(SAID).await.text().await.unwrap();
    assert!(said.starts_with("Brouillon enregistré à ") && said.contains(" h "), "{said}");
    assert_eq!(poste.path().await, FORM, "the page stays");
    poste.assert_sound().await;
    assert_kept(&poste, "Durand").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_window_is_told_and_overwrites_nothing() {
    let site = site().await;
    let poste = Poste::start(&site, JavaScript::On).await;
    poste.become_persona("82.technicien").await;
    poste.open(FORM).await;
    let value = |name: &str| format!("return document.querySelector('main form input[name={name}]').value");
    let id = poste.browser.evaluate(&value("brouillon")).await;
    let mut other = site.app.signed("82.technicien").await;
    let fields = [("brouillon", id.as_str().unwrap()), ("version", ""), ("nom", "Durand"), ("precisions", TEXTE)];
    assert_eq!(other.post(&format!("{FORM}/brouillon"), &fields).await.status, 200);
    poste.browser.fill("#precisions", "Un texte plus ancien.").await;
    assert!(poste.browser.find(SAID).await.text().await.unwrap().contains("dans une autre fenêtre"));
    let told = poste.browser.console_errors().await;
    assert!(told.iter().all(|line| line.contains("a status of 409")), "{told:#?}");
    assert_kept(&poste, "Durand").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_the_session_is_said_where_the_draft_would_be_and_the_page_stays() {
    let site = site().await;
    let poste = Poste::start(&site, JavaScript::On).await;
    poste.become_persona("82.technicien").await;
    poste.open(FORM).await;
    site.app.advance(chrono::TimeDelta::minutes(31));
    poste.browser.fill("#precisions", TEXTE).await;
    assert!(poste.browser.find(SAID).await.text().await.unwrap().starts_with("Votre session est terminée"));
    assert_eq!(poste.path().await, FORM);
    assert_eq!(poste.browser.evaluate("return document.querySelector('#precisions').value").await, TEXTE);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_continuing_keeps_the_draft() {
    let site = site().await;
    let poste = Poste::start(&site, JavaScript::Off).await;
    poste.become_persona("82.technicien").await;
    poste.open(FORM).await;
    assert_eq!(poste.text("[data-ep-brouillon]").await, "");
    poste.browser.fill("#nom", "Durand").await;
    poste.browser.fill("#precisions", TEXTE).await;
    poste.browser.follow(SUBMIT).await;
    assert_eq!(poste.browser.count(".govuk-error-summary").await, 1);
    assert_kept(&poste, "Durand").await;
}
