//! The history: found by name without a trace of the name, walked forth and back, filtered; the receipt as a file.

use super::{Poste, filed, site};
use browser::JavaScript;
use serde_json::json;

const ROWS: &str = "main tbody tr";

/// Addresses and titles that the browser remembers of this window.
async fn remembered(poste: &Poste<'_>) -> String {
    poste.browser.devtools("Page.getNavigationHistory", json!({})).await["entries"].to_string().to_lowercase()
}

async fn search(poste: &Poste<'_>, nom: &str) {
    poste.browser.fill("search #nom", nom).await;
    poste.browser.follow("search button").await;
}

/// What is typed with « oe » and without accents is found as it is written.
async fn by_name(poste: &Poste<'_>) {
    poste.open("/demandes").await;
    poste.assert_sound().await;
    search(poste, "oe").await;
    assert!(poste.browser.title().await.starts_with("Erreur : "));
    poste.assert_says("3 lettres").await;
    poste.assert_sound().await;
    search(poste, "oeuvrard").await;
    assert_eq!(poste.browser.count(ROWS).await, 25);
    let found = poste.path().await;
    assert!(found.starts_with("/demandes?recherche="), "{found}");
    poste.assert_sound().await;
    poste.browser.follow("a[rel=next]").await;
    assert!(poste.path().await.contains("recherche="), "{}", poste.path().await);
    assert_eq!(poste.browser.count(ROWS).await, 2);
    poste.assert_sound().await;
    poste.browser.follow("a[rel=prev]").await;
    assert_eq!(poste.browser.count(ROWS).await, 25);
    poste.browser.back().await;
    poste.browser.back().await;
    assert_eq!((poste.path().await, poste.browser.count(ROWS).await), (found, 25), "the back button keeps the search");
    for visite in poste.site.visites() {
        assert!(!visite.adresse.to_lowercase().contains("uvrard"), "{}", visite.adresse);
    }
    let kept = remembered(poste).await;
    assert!(kept.contains("recherche=") && !kept.contains("uvrard"), "the browser remembers the name: {kept}");
}

/// A filter stands in the address and narrows what was searched.
async fn filtered(poste: &Poste<'_>) {
    for (sorte, rows) in [("contacter", 0), ("document", 25)] {
        if poste.browser.count("main details[open] #sorte").await == 0 {
            poste.browser.click("main details:has(#sorte) > summary").await;
        }
        poste.browser.click(&format!("#sorte option[value={sorte}]")).await;
        poste.browser.follow("main form[method=get] button").await;
        let path = poste.path().await;
        assert!(path.contains(&format!("sorte={sorte}")) && path.contains("recherche="), "{path}");
        assert_eq!(poste.browser.count(ROWS).await, rows, "{path}");
        poste.assert_sound().await;
    }
    poste.browser.click_link("Effacer les filtres").await;
    assert!(!poste.path().await.contains("sorte="));
    poste.browser.click_link("Voir toutes les demandes de la structure").await;
    assert_eq!((poste.path().await.as_str(), poste.text("h1").await.as_str()), ("/demandes", "Mes demandes"));
}

async fn receipt(poste: &Poste<'_>, reference: &str) {
    poste.open(&format!("/demandes/{reference}/accuse")).await;
    let (name, file) = poste.browser.download("main a[href$='/accuse.pdf']").await;
    assert!(name.ends_with(".pdf") && name.contains(reference), "{name}");
    assert!(file.starts_with(b"%PDF-1.7") && file.len() > 5_000, "{} bytes", file.len());
    assert_eq!(poste.text("h1").await, "Demande envoyée", "the page stays");
}

async fn whole(javascript: JavaScript) {
    let site = site().await;
    let mut client = site.app.signed("82.technicien").await;
    for _ in 0..27 {
        filed(&mut client, "82", "Œuvrard d’Àlban").await;
    }
    let reference = filed(&mut client, "82", "Durand").await;
    let poste = Poste::start(&site, javascript).await;
    poste.become_persona("82.technicien").await;
    site.visites();
    by_name(&poste).await;
    filtered(&poste).await;
    search(&poste, &reference).await;
    assert_eq!(poste.path().await, format!("/demandes/{reference}"), "a number goes straight to its demande");
    receipt(&poste, &reference).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_found_and_leaves_no_trace() {
    whole(JavaScript::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_found_and_leaves_no_trace_without_scripts() {
    whole(JavaScript::Off).await;
}
