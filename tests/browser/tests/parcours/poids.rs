//! What pages weigh on the wire, as the server sent them to Chromium: first load at most 40 KB in 6 requests, then 5 KB a
//! page.

use super::{FORM, Poste, SUBMIT, site};
use browser::JavaScript;
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
