//! From the invitation to the home page, a password forgotten, and out again.

use super::{Poste, SUBMIT};
use browser::JavaScript;
use domain::compte::Profil;
use domain::droits::Rattachement;
use testkit::TestApp;

const MOT: &str = "marronnier quatre bateaux lents";
const AUTRE: &str = "violoncelle sous la neige bleue";

async fn choose_password(poste: &Poste<'_>, lien: &str, mot: &str) {
    poste.open(lien).await;
    poste.assert_sound().await;
    poste.browser.fill("#mot_de_passe", "court").await;
    poste.browser.fill("#confirmation", "court").await;
    poste.browser.follow(SUBMIT).await;
    assert!(poste.browser.title().await.starts_with("Erreur : "));
    poste.assert_sound().await;
    poste.browser.fill("#mot_de_passe", mot).await;
    poste.browser.fill("#confirmation", mot).await;
    poste.browser.follow(SUBMIT).await;
}

/// Second factor, recovery codes, engagements; gives the seed.
async fn activate(poste: &Poste<'_>) -> String {
    assert_eq!(poste.text("h1").await, "Protégez votre compte");
    poste.assert_sound().await;
    let secret = poste.text("main code").await;
    poste.browser.fill("#code", &poste.site.app.code(&secret)).await;
    poste.browser.follow(SUBMIT).await;
    assert_eq!(poste.text("h1").await, "Notez vos codes de secours");
    assert_eq!(poste.browser.count("main ol code").await, 10);
    poste.assert_sound().await;
    poste.browser.click_link("J’ai noté ces codes").await;
    poste.assert_sound().await;
    poste.browser.follow(SUBMIT).await;
    assert!(poste.browser.title().await.starts_with("Erreur : "), "nothing was accepted");
    poste.browser.click("#cgu").await;
    poste.browser.click("#engagements").await;
    poste.browser.follow(SUBMIT).await;
    assert_eq!((poste.path().await.as_str(), poste.text("h1").await.as_str()), ("/", "Accueil"));
    poste.assert_sound().await;
    secret
}

async fn sign_out(poste: &Poste<'_>) {
    poste.open("/mon-compte").await;
    poste.assert_sound().await;
    poste.assert_says("camille.fontaine@organisme.example").await;
    poste.browser.follow("form[action='/deconnexion'] button").await;
    poste.assert_says("Vous êtes déconnecté.").await;
    poste.assert_sound().await;
    poste.browser.back().await;
    let shown = poste.browser.source().await;
    assert!(!shown.contains("Fontaine"), "the back button shows what was there: {shown}");
}

async fn whole(javascript: JavaScript) {
    let site = TestApp::new().await.serve().await;
    let caisse = site.app.caisse("var").await;
    let identifiant = site.app.invite(Profil::Superviseur, Rattachement::Caisse(caisse), "Fontaine").await;
    let poste = Poste::start(&site, javascript).await;
    choose_password(&poste, &site.app.last_link(), MOT).await;
    let secret = activate(&poste).await;
    sign_out(&poste).await;

    poste.open("/connexion").await;
    poste.browser.click_link("Mot de passe oublié").await;
    poste.assert_sound().await;
    poste.browser.fill("#identifiant", &identifiant).await;
    poste.browser.follow(SUBMIT).await;
    assert_eq!(poste.text("h1").await, "Consultez votre messagerie");
    poste.assert_sound().await;
    site.app.run_jobs().await;
    let lien = site.app.last_link();
    choose_password(&poste, &lien, AUTRE).await;
    poste.assert_says("Votre mot de passe est changé.").await;
    for (mot, accepted) in [(MOT, false), (AUTRE, true)] {
        poste.browser.fill("#identifiant", &identifiant).await;
        poste.browser.fill("#mot_de_passe", mot).await;
        poste.browser.follow(SUBMIT).await;
        assert_eq!(poste.path().await == "/connexion/code", accepted);
    }
    poste.browser.fill("#code", &site.app.code(&secret)).await;
    poste.browser.follow(SUBMIT).await;
    assert_eq!(poste.text("h1").await, "Accueil");
    poste.open(&lien).await;
    poste.assert_says("Un lien ne sert qu’une fois").await;
    poste.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invited_person_comes_in_goes_out_forgets_the_password_and_comes_back() {
    whole(JavaScript::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invited_person_comes_in_goes_out_forgets_the_password_and_comes_back_without_scripts() {
    whole(JavaScript::Off).await;
}
