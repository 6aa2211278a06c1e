//! The référent: a letter, an end with what it closes, and the day on which everything closes.

use super::{Poste, SUBMIT, site};
use browser::JavaScript;

const VAR: &str = "/conventions/001-var";

async fn day(poste: &Poste<'_>, nom: &str, (jour, mois, annee): (&str, &str, &str)) {
    for (part, value) in [("", jour), ("_mois", mois), ("_annee", annee)] {
        poste.browser.fill(&format!("#{nom}{part}"), value).await;
    }
}

async fn choose(poste: &Poste<'_>, name: &str, value: &str) {
    poste.browser.click(&format!("main input[name={name}][value='{value}']")).await;
}

async fn ends(javascript: JavaScript) {
    let site = site().await;
    let poste = Poste::start(&site, javascript).await;
    poste.become_persona("83.referent").await;
    poste.open("/conventions").await;
    poste.assert_sound().await;
    poste.open(VAR).await;
    poste.assert_sound().await;

    poste.open(&format!("{VAR}/lettres")).await;
    poste.assert_sound().await;
    poste.browser.follow(SUBMIT).await;
    assert!(poste.browser.title().await.starts_with("Erreur : "));
    poste.assert_sound().await;
    choose(&poste, "papier", "metier").await;
    choose(&poste, "nature", "mise_en_demeure").await;
    choose(&poste, "par", "caisse").await;
    day(&poste, "envoyee_le", ("5", "12", "2028")).await;
    poste.browser.fill("#numero", "1A 000 000 0000 1").await;
    poste.browser.fill("#motif", "Des comptes sont partagés.").await;
    poste.browser.follow(SUBMIT).await;
    assert_eq!(poste.path().await, format!("{VAR}?fait=lettre"));
    poste.assert_says("résiliation possible à partir du 21 décembre 2028").await;
    poste.assert_sound().await;

    poste.open(&format!("{VAR}/fin")).await;
    poste.assert_sound().await;
    choose(&poste, "voie", "metier.manquement").await;
    day(&poste, "le", ("1", "2", "2029")).await;
    poste.browser.fill("#motif", "Le manquement n’est pas réparé.").await;
    poste.browser.follow(SUBMIT).await;
    assert_eq!(poste.text("h1").await, "Confirmer la fin de la convention");
    poste.assert_says("tous ses comptes seront inactivés").await;
    poste.assert_sound().await;
    poste.browser.follow(SUBMIT).await;
    assert_eq!(poste.path().await, format!("{VAR}?fait=fin"));
    poste.open(&format!("{VAR}/bonne-fin")).await;
    poste.assert_sound().await;

    // On its day the structure is told at the sign-in, without anybody doing anything.
    site.app.set_time("2029-02-01T08:00:00Z".parse().unwrap());
    site.app.run_jobs().await;
    let client = Poste::start(&site, javascript).await;
    let persona = site.app.monde.qui("83.technicien").clone();
    client.open("/connexion").await;
    client.browser.fill("#identifiant", &persona.identifiant).await;
    client.browser.fill("#mot_de_passe", testkit::monde::MOT_DE_PASSE).await;
    client.browser.follow(SUBMIT).await;
    assert!(client.browser.title().await.starts_with("Erreur : "), "nobody comes in any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_referent_records_a_letter_then_an_end_that_closes_on_its_day() {
    ends(JavaScript::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_referent_records_a_letter_then_an_end_that_closes_on_its_day_without_scripts() {
    ends(JavaScript::Off).await;
}
