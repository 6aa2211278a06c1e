//! A demande for a document from end to end: the technicien files, the agent answers and closes, the technicien reads.

use super::{ENHANCED, FORM, Poste, QUESTIONS, SUBMIT, loads_and_activations, site};
use browser::JavaScript;

async fn file_with_errors_first(poste: &Poste<'_>) -> String {
    poste.open("/").await;
    poste.browser.click_link("Demander un document").await;
    poste.assert_sound().await;
    poste.browser.fill("#precisions", "Trois : dont une perdue ?").await;
    poste.browser.follow(SUBMIT).await;
    errors(poste).await;
    poste.fill_form("82").await;
    poste.browser.follow(SUBMIT).await;
    assert_eq!(poste.text("h1").await, "Vérifiez votre demande");
    poste.assert_says("Œuvrard d’Àlban").await;
    poste.assert_says("9 novembre 1972").await;
    poste.assert_sound().await;
    change_the_name(poste).await;
    poste.browser.follow(SUBMIT).await;
    poste.assert_says("Accusé de réception").await;
    poste.assert_says("15 janvier 2029").await;
    poste.assert_sound().await;
    poste.reference().await
}

/// The summary has the focus where scripts run; each of its links leads to its field.
async fn errors(poste: &Poste<'_>) {
    let browser = &poste.browser;
    assert!(browser.title().await.starts_with("Erreur : "), "{}", browser.title().await);
    assert_eq!(poste.path().await, FORM);
    let last = poste.site.visites().into_iter().rev().find(|v| v.page).unwrap();
    assert_eq!(last.status, 422);
    if poste.javascript == JavaScript::On {
        browser.find(".govuk-error-summary:focus").await;
    }
    let loose = browser
        .evaluate(
            "return [...document.querySelectorAll('.govuk-error-summary a')]\
            .filter(a => !document.querySelector(a.getAttribute('href'))?.matches('input, select, textarea'))\
            .map(a => a.outerHTML)",
        )
        .await;
    assert_eq!(loose, serde_json::json!([]), "links of the summary that lead to no field");
    assert!(browser.count(".govuk-error-summary a").await >= 4);
    poste.assert_sound().await;
    browser.click(".govuk-error-summary a[href='#nom']").await;
    assert_eq!(browser.focused().await, "input#nom");
    assert_eq!(
        browser.evaluate("return document.querySelector('#precisions').value").await,
        "Trois : dont une perdue ?"
    );
}

/// « Modifier » goes to the question and comes straight back.
async fn change_the_name(poste: &Poste<'_>) {
    poste.browser.follow(".govuk-summary-list__actions a").await;
    assert!(poste.browser.address().await.ends_with("#civilite"));
    poste.browser.fill("#prenom", "Maëlle").await;
    poste.browser.follow(SUBMIT).await;
    assert_eq!(poste.text("h1").await, "Vérifiez votre demande");
    poste.assert_says("Maëlle Œuvrard d’Àlban").await;
}

/// From the home to the receipt, counted by the server.
async fn file_counted(poste: &Poste<'_>) -> String {
    poste.site.visites();
    poste.open("/").await;
    poste.browser.click_link("Demander un document").await;
    if poste.javascript == JavaScript::On {
        poste.browser.find(ENHANCED).await;
    }
    let questions = poste.browser.evaluate(QUESTIONS).await.as_u64().unwrap();
    // Ten, and « en quelle qualité », which the convention of this département asks.
    assert!((1..=11).contains(&questions), "{questions} questions");
    poste.fill_form("82").await;
    poste.browser.follow(SUBMIT).await;
    poste.browser.follow(SUBMIT).await;
    let reference = poste.reference().await;
    let (loads, activations) = loads_and_activations(&poste.site.visites());
    // The first activation is the opening of the home itself.
    assert_eq!((loads, activations - 1), (4, 3));
    reference
}

async fn history(poste: &Poste<'_>, reference: &str) {
    poste.browser.click_link("Mes demandes").await;
    poste.assert_sound().await;
    poste.browser.click_link(reference).await;
    assert_eq!(poste.text("h1").await, format!("Demande {reference}"));
    poste.assert_says("Transmise").await;
    poste.assert_sound().await;
}

async fn answer_and_close(poste: &Poste<'_>, reference: &str) {
    poste.sign_in("82.agent").await;
    poste.assert_sound().await;
    poste.browser.click_link("Ouvrir la file").await;
    poste.assert_says(reference).await;
    poste.assert_sound().await;
    poste.browser.follow("form[action='/file/suivante'] button").await;
    assert_eq!(poste.text("h1").await, format!("Demande {reference}"), "the oldest comes first");
    poste.assert_says("Carte perdue lors du déménagement.").await;
    poste.assert_sound().await;
    poste.browser.fill("#texte", "Le formulaire part aujourd’hui.").await;
    poste.act("messages").await;
    poste.assert_says("Votre message est envoyé.").await;
    poste.unfold("cloturer").await;
    poste.act("cloturer").await;
    assert!(poste.browser.title().await.starts_with("Erreur : "), "no issue was chosen");
    poste.assert_sound().await;
    poste.browser.click("#issue").await;
    poste.act("cloturer").await;
    assert!(poste.path().await.starts_with("/file"), "back in the queue");
    poste.assert_says(&format!("Demande {reference} clôturée.")).await;
    poste.assert_sound().await;
}

async fn whole(javascript: JavaScript) {
    let site = site().await;
    let technicien = Poste::start(&site, javascript).await;
    technicien.sign_in("82.technicien").await;
    technicien.assert_sound().await;
    let reference = file_with_errors_first(&technicien).await;
    history(&technicien, &reference).await;
    site.app.advance(chrono::TimeDelta::minutes(1));
    let second = file_counted(&technicien).await;
    assert_ne!(reference, second);
    let agent = Poste::start(&site, javascript).await;
    answer_and_close(&agent, &reference).await;
    technicien.open("/").await;
    technicien.browser.click_link(&reference).await;
    for what in ["Clôturée", "Le formulaire part aujourd’hui.", "Écrire au service la rouvre"] {
        technicien.assert_says(what).await;
    }
    technicien.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demande_is_filed_in_four_loads_answered_closed_and_read() {
    whole(JavaScript::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demande_is_filed_in_four_loads_answered_closed_and_read_without_scripts() {
    whole(JavaScript::Off).await;
}
