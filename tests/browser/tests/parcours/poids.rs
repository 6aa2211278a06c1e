//! What pages weigh on the wire, as the server sent them to Chromium: first load at most 40 KB in 6 requests, then 5 KB a
//! page.

use super::{FORM, Poste, SUBMIT, drafted, filed, site};
use browser::JavaScript;
use serde_json::json;
use testkit::Visite;

const FIRST: usize = 40 * 1024;
const REQUESTS: usize = 6;
const LATER: usize = 5 * 1024;

fn bytes(visites: &[Visite]) -> usize {
    visites.iter().map(|v| v.octets).sum()
}

/// What the page shown since the last call weighed.
fn assert_light(poste: &Poste<'_>, what: &str) {
    let visites = poste.site.visites();
    assert!(visites.iter().any(Visite::est_un_chargement), "{what}: nothing was loaded");
    assert!(bytes(&visites) <= LATER, "{what}: {} bytes: {visites:#?}", bytes(&visites));
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_light() {
    let site = site().await;
    let poste = Poste::start(&site, JavaScript::On).await;
    poste.open("/connexion").await;
    let first = site.visites();
    assert!(first.len() >= 3, "page, style and script at least: {first:?}");
    assert!(first.len() <= REQUESTS && bytes(&first) <= FIRST, "{} bytes: {first:#?}", bytes(&first));
    poste.become_persona("82.technicien").await;
    poste.open("/").await;
    assert_light(&poste, "home");
    poste.open(FORM).await;
    assert_light(&poste, "form");
    poste.browser.follow(SUBMIT).await;
    assert_light(&poste, "form with errors");
    poste.fill_form("82").await;
    poste.browser.follow(SUBMIT).await;
    assert_light(&poste, "check page");
    poste.browser.follow(SUBMIT).await;
    assert_light(&poste, "receipt");
    let reference = poste.reference().await;
    for path in ["/demandes".to_owned(), format!("/demandes/{reference}"), "/mon-compte".into(), "/aide".into()] {
        poste.open(&path).await;
        assert_light(&poste, &path);
    }
    poste.become_persona("82.agent").await;
    poste.open("/file").await;
    assert_light(&poste, "queue");
    poste.browser.follow("form[action='/file/suivante'] button").await;
    assert_light(&poste, "the agent's page of a demande");
}

/// Cold, as on the first day: page, style, script and icon; then again, as every other time.
async fn assert_light_cold_and_warm(poste: &Poste<'_>, path: &str) {
    poste.browser.devtools("Network.clearBrowserCache", json!({})).await;
    poste.site.visites();
    poste.open(path).await;
    let cold = poste.site.visites();
    assert!(cold.len() >= 3, "{path}: page, style and script at least: {cold:?}");
    assert!(cold.len() <= REQUESTS && bytes(&cold) <= FIRST, "{path}: {} bytes: {cold:#?}", bytes(&cold));
    poste.open(path).await;
    assert_light(poste, path);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_form_and_every_list_is_light_from_the_first_load() {
    let site = site().await;
    let mut client = site.app.signed("82.technicien").await;
    for _ in 0..25 {
        filed(&mut client, "82", "Durand").await;
    }
    let reference = filed(&mut client, "82", "Durand").await;
    let draft = drafted(&mut client, "82", "Durand").await;
    let poste = Poste::start(&site, JavaScript::On).await;
    poste.become_persona("83.technicien").await;
    for sorte in ["contacter", "etude", "difficulte", "rendez-vous", "document"] {
        assert_light_cold_and_warm(&poste, &format!("/demandes/nouvelle/{sorte}")).await;
    }
    poste.become_persona("82.technicien").await;
    let demande = format!("/demandes/{reference}");
    for path in ["/", "/demandes", &demande, &format!("/brouillons/{draft}"), &format!("/brouillons/{draft}/pieces")] {
        assert_light_cold_and_warm(&poste, path).await;
    }
    poste.become_persona("82.agent").await;
    for path in ["/", "/file", "/file/recherche", &demande] {
        assert_light_cold_and_warm(&poste, path).await;
    }
}
