//! What each convention makes of the pages, as its own people read them.

use super::{FORM, Poste, site};
use browser::JavaScript;
use chrono::{TimeZone, Utc};

#[tokio::test(flavor = "multi_thread")]
async fn malakoff_reads_that_documents_go_to_the_known_address() {
    let site = site().await;
    let poste = Poste::start(&site, JavaScript::On).await;
    poste.become_persona("92.technicien").await;
    poste.open(FORM).await;
    poste.assert_says("Les documents seront envoyés à l’adresse de la personne connue de la caisse.").await;
    assert_eq!(poste.browser.count("input[name=qualite]").await, 0, "there is nothing to choose");
    poste.assert_sound().await;
    poste.file("92").await;
    poste.assert_says("Les documents sont envoyés à l’adresse de la personne connue de la caisse.").await;
    poste.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_home_offers_what_is_open_and_nothing_else() {
    let site = site().await;
    let poste = Poste::start(&site, JavaScript::On).await;
    for nom in ["82.technicien", "83.technicien", "57.technicien", "92.technicien", "69.technicien"] {
        poste.become_persona(nom).await;
        poste.open("/").await;
        let starts = "return [...document.querySelectorAll('main .govuk-list--spaced a')]\
            .map(a => [a.textContent.trim(), a.getAttribute('href')])";
        let starts: Vec<(String, String)> = serde_json::from_value(poste.browser.evaluate(starts).await).unwrap();
        assert!(starts.iter().any(|(libelle, _)| libelle == "Demander un document"), "{nom}: {starts:?}");
        for (libelle, form) in starts {
            poste.open(&form).await;
            assert_eq!(poste.text("h1").await, libelle, "{nom}: {form}");
        }
        let ways = "return [...document.querySelectorAll('header nav a')].map(a => a.getAttribute('href'))";
        let ways: Vec<String> = serde_json::from_value(poste.browser.evaluate(ways).await).unwrap();
        for way in ways {
            site.visites();
            poste.open(&way).await;
            assert_eq!(site.visites().into_iter().find(|v| v.page).unwrap().status, 200, "{nom}: {way}");
        }
    }
}

/// Friday 21 December 2029, then five working days: 26 December is one in Montauban and none in Metz.
#[tokio::test(flavor = "multi_thread")]
async fn the_clock_of_moselle_skips_26_december() {
    let site = site().await;
    site.app.set_time(Utc.with_ymd_and_hms(2029, 12, 21, 9, 0, 0).unwrap());
    let poste = Poste::start(&site, JavaScript::Off).await;
    for (departement, due) in [("82", "le 31 décembre 2029 au plus tard"), ("57", "le 2 janvier 2030 au plus tard")] {
        poste.become_persona(&format!("{departement}.technicien")).await;
        poste.file(departement).await;
        poste.assert_says("Sous 5 jours ouvrés").await;
        poste.assert_says(due).await;
    }
}
