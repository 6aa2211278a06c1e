//! The gestionnaire: opens a compte, closes it and opens it again, answers the review, leaves.

use super::{Poste, SUBMIT, site};
use browser::JavaScript;
use chrono::TimeDelta;

/// Fills the form that creates a technicien; the attestations are left.
async fn describe(poste: &Poste<'_>, courriel: &str) {
    for (css, value) in
        [("#prenom", "Maëlle"), ("#nom", "Corvalenne"), ("#fonction", "Accueil"), ("#courriel", courriel)]
    {
        poste.browser.fill(css, value).await;
    }
}

async fn assert_refused(poste: &Poste<'_>, why: &str) {
    assert!(poste.browser.title().await.starts_with("Erreur : "), "{why}");
    poste.assert_says(why).await;
    poste.assert_sound().await;
}

async fn life(javascript: JavaScript) {
    let site = site().await;
    let poste = Poste::start(&site, javascript).await;
    poste.become_persona("82.gestionnaire").await;
    poste.open("/").await;
    assert_eq!(poste.path().await, "/comptes");
    poste.assert_says("2 comptes de technicien sur 25 autorisés").await;
    poste.assert_sound().await;

    poste.browser.click_link("Créer le compte d’un technicien").await;
    poste.assert_sound().await;
    describe(&poste, "maelle.corvalenne@gmail.com").await;
    poste.browser.follow(SUBMIT).await;
    assert_refused(&poste, "messagerie").await;
    assert_eq!(poste.browser.evaluate("return document.querySelector('#nom').value").await, "Corvalenne");
    describe(&poste, "maelle.corvalenne@departement-82.example").await;
    for box_ in ["#atteste_lien", "#atteste_equipement", "#atteste_adresse"] {
        poste.browser.click(box_).await;
    }
    poste.browser.follow(SUBMIT).await;
    assert_eq!(poste.path().await, "/comptes?fait=cree");
    poste.assert_says("Maëlle Corvalenne").await;
    poste.assert_sound().await;

    // Later: the act asks for a code in its own form, and keeps it when it is missing.
    site.app.advance(TimeDelta::minutes(10));
    poste.browser.click_link("Maëlle Corvalenne").await;
    poste.assert_sound().await;
    let fiche = poste.path().await;
    poste.browser.follow(&format!("main a[href='{fiche}/fermer']")).await;
    poste.assert_sound().await;
    poste.browser.follow(SUBMIT).await;
    assert_refused(&poste, "six chiffres").await;
    let secret = &site.app.monde.qui("82.gestionnaire").secret;
    poste.browser.fill("#code", &site.app.code(secret)).await;
    poste.browser.follow(SUBMIT).await;
    assert_eq!(poste.path().await, format!("{fiche}?fait=ferme"));
    poste.assert_says("8 juillet 2029").await;
    poste.assert_sound().await;

    poste.browser.follow(&format!("main a[href='{fiche}/rouvrir']")).await;
    poste.assert_sound().await;
    poste.browser.follow(SUBMIT).await;
    assert_eq!(poste.path().await, format!("{fiche}?fait=rouvert"));
    poste.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gestionnaire_opens_closes_and_reopens_a_compte() {
    life(JavaScript::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gestionnaire_opens_closes_and_reopens_a_compte_without_scripts() {
    life(JavaScript::Off).await;
}
