//! How people use a page: the keyboard alone, a double click, a page left open, two people at once.

use super::{FORM, Poste, SUBMIT, site};
use browser::{JavaScript, Key};
use chrono::TimeDelta;
use serde_json::json;
use testkit::monde::MOT_DE_PASSE;

#[tokio::test(flavor = "multi_thread")]
async fn a_demande_is_filed_with_the_keyboard_alone() {
    let site = site().await;
    let poste = Poste::start(&site, JavaScript::On).await;
    let browser = &poste.browser;
    let persona = site.app.monde.qui("82.technicien").clone();
    let text = async |css: &str, value: &str| {
        browser.tab_to(css).await;
        browser.type_text(value).await;
    };
    poste.open("/connexion").await;
    browser.press(Key::Tab).await;
    browser.press_enter().await; // « Aller au contenu »
    text("#identifiant", &persona.identifiant).await;
    text("#mot_de_passe", MOT_DE_PASSE).await;
    browser.press_enter().await;
    browser.find("#code").await;
    text("#code", &site.app.code(&persona.secret)).await;
    browser.press_enter().await;
    browser.find(&format!("main a[href='{FORM}']")).await;
    browser.tab_to(&format!("main a[href='{FORM}']")).await;
    browser.press_enter().await;
    browser.find("#civilite").await;
    text("#civilite", " ").await;
    for (css, value) in
        [("#nom", "Durand"), ("#naissance", "9"), ("#naissance_mois", "11"), ("#naissance_annee", "1972")]
    {
        text(css, value).await;
    }
    text("#documents", " ").await;
    text("#information", " ").await;
    browser.tab_to(SUBMIT).await;
    browser.press_enter().await;
    browser.find("form[action$='/envoyer']").await;
    browser.tab_to("form[action$='/envoyer'] button").await;
    browser.press_enter().await;
    browser.find(".govuk-panel").await;
    poste.assert_says("Accusé de réception").await;
    poste.reference().await;
}

/// Two clicks of the mouse at once on what `css` names.
async fn double_click(poste: &Poste<'_>, css: &str) {
    let place = format!(
        "const e = document.querySelector(\"{css}\"); e.scrollIntoView({{ block: 'center' }}); \
         const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]"
    );
    let place = poste.browser.evaluate(&place).await;
    for clicks in [1, 2] {
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({ "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": clicks });
            poste.browser.devtools("Input.dispatchMouseEvent", event).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_and_a_second_sending_file_once() {
    for javascript in [JavaScript::On, JavaScript::Off] {
        let site = site().await;
        let poste = Poste::start(&site, javascript).await;
        poste.become_persona("82.technicien").await;
        poste.open(FORM).await;
        poste.fill_form("82").await;
        poste.browser.follow(SUBMIT).await;
        let check = poste.path().await;
        double_click(&poste, "form[action$='/envoyer'] button").await;
        poste.browser.find(".govuk-panel").await;
        let reference = poste.reference().await;
        poste.browser.back().await;
        if poste.path().await == check && poste.browser.count("form[action$='/envoyer'] button").await == 1 {
            // The page may still hold back a second click: the form itself is sent again.
            poste.browser.evaluate("document.querySelector(\"form[action$='/envoyer']\").submit()").await;
            poste.browser.find(".govuk-panel").await;
            assert_eq!(poste.reference().await, reference);
        }
        poste.open("/demandes").await;
        assert_eq!(poste.browser.count("main tbody tr").await, 1, "{javascript:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_the_session_is_announced_and_put_off() {
    let site = site().await;
    let poste = Poste::start(&site, JavaScript::On).await;
    poste.become_persona("82.technicien").await;
    poste.open(FORM).await;
    assert_eq!(poste.browser.count("[data-ep-session][hidden]").await, 1);
    let pass = |minutes: i64| {
        site.app.advance(TimeDelta::minutes(minutes));
        format!(
            "const now = performance.now.bind(performance); performance.now = () => now() + {minutes} * 60_000; \
             document.dispatchEvent(new Event('visibilitychange'))"
        )
    };
    poste.browser.evaluate(&pass(27)).await;
    poste.browser.find("[data-ep-session]:not([hidden])").await;
    assert_eq!(poste.text("[data-ep-session-texte]").await, "Votre session se termine dans 3 minutes.");
    poste.assert_sound().await;
    poste.browser.click("[data-ep-session] button").await;
    poste.browser.find("[data-ep-session][hidden]").await;
    assert_eq!(poste.path().await, FORM, "the page stays");
    site.app.advance(TimeDelta::minutes(20));
    poste.open("/").await;
    assert_eq!(poste.path().await, "/", "the session lives on");
    poste.browser.evaluate(&pass(31)).await;
    poste.browser.find("[data-ep-session]:not([hidden])").await;
    assert!(poste.text("[data-ep-session-texte]").await.starts_with("Votre session est terminée."));
    poste.open("/").await;
    assert_eq!(poste.path().await, "/connexion");
}

/// What was checked and not yet sent waits for whoever comes back.
#[tokio::test(flavor = "multi_thread")]
async fn a_draft_outlives_the_session_it_was_typed_in() {
    let site = site().await;
    for javascript in [JavaScript::On, JavaScript::Off] {
        let poste = Poste::start(&site, javascript).await;
        poste.become_persona("82.technicien").await;
        poste.open(FORM).await;
        poste.fill_form("82").await;
        poste.browser.follow(SUBMIT).await;
        site.app.advance(TimeDelta::minutes(31));
        poste.browser.follow(SUBMIT).await;
        assert_eq!(poste.path().await, "/connexion", "{javascript:?}: nothing is sent after the session");
        poste.assert_says("Votre session est terminée.").await;
        poste.become_persona("82.technicien").await;
        poste.open("/").await;
        poste.assert_says("Demander un document : Maëlys Œuvrard d’Àlban").await;
        poste.browser.follow("main a[href*='?brouillon=']").await;
        let kept = poste.browser.evaluate("return document.querySelector('#precisions').value").await;
        assert_eq!(kept, "Carte perdue lors du déménagement.");
        poste.browser.follow(SUBMIT).await;
        poste.browser.follow(SUBMIT).await;
        poste.reference().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ended_says_so_and_leads_back_without_scripts() {
    let site = site().await;
    let poste = Poste::start(&site, JavaScript::Off).await;
    poste.become_persona("82.technicien").await;
    poste.open(FORM).await;
    assert!(!poste.browser.find("[data-ep-session]").await.is_displayed().await.unwrap());
    site.app.advance(TimeDelta::minutes(31));
    poste.open("/demandes").await;
    poste.assert_says("Votre session est terminée.").await;
    poste.assert_sound().await;
    let persona = site.app.monde.qui("82.technicien").clone();
    poste.browser.fill("#identifiant", &persona.identifiant).await;
    poste.browser.fill("#mot_de_passe", MOT_DE_PASSE).await;
    poste.browser.follow(SUBMIT).await;
    poste.browser.fill("#code", &site.app.code(&persona.secret)).await;
    poste.browser.follow(SUBMIT).await;
    assert_eq!(poste.path().await, "/demandes");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_at_once_get_a_page_with_both_versions() {
    let site = site().await;
    let poste = Poste::start(&site, JavaScript::On).await;
    poste.become_persona("82.technicien").await;
    let reference = poste.file("82").await;
    poste.open(&format!("/demandes/{reference}")).await;
    let mut colleague = site.app.signed("82.technicien2").await;
    let path = format!("/demandes/{reference}/messages");
    colleague.post(&path, &[("version", "1"), ("texte", "Message du collègue.")]).await;
    poste.browser.fill("#texte", "Mon message.").await;
    poste.browser.follow("form[action$='/messages'] button[type=submit]").await;
    poste.assert_says("Message du collègue.").await;
    poste.assert_says("Rien de ce que vous avez fait n’a été enregistré").await;
    assert_eq!(poste.browser.evaluate("return document.querySelector('#texte').value").await, "Mon message.");
    poste.assert_sound().await;
    poste.browser.follow("form[action$='/messages'] button[type=submit]").await;
    poste.assert_says("Votre message est envoyé.").await;
    poste.open(&format!("/demandes/{reference}/annuler")).await;
    poste.assert_sound().await;
    poste.browser.follow(SUBMIT).await;
    poste.assert_says("La demande est annulée.").await;
    poste.assert_sound().await;
    poste.open(&format!("/demandes/{reference}/annuler")).await;
    assert_eq!(site.visites().into_iter().rev().find(|v| v.page).unwrap().status, 409);
    poste.assert_sound().await;
}
