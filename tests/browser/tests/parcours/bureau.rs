//! The desk: an answer in two loads and three activations, a complement there and back, a note that stays inside, a
//! reopening, the counters of the queue.

use super::{ANSWER_AND_NEXT, Poste, filed, loads_and_activations, site};
use browser::JavaScript;
use chrono::TimeDelta;
use http::Method;

const NOTE: &str = "Rappeler l’accueil lundi matin.";

/// The queue's tabs, as they are read.
async fn tabs(poste: &Poste<'_>) -> String {
    poste.open("/file").await;
    poste.text(".ep-onglets").await.replace('\n', " ")
}

async fn assert_tabs(poste: &Poste<'_>, wanted: [&str; 3]) {
    let shown = tabs(poste).await;
    assert!(wanted.iter().all(|tab| shown.contains(tab)), "{wanted:?}: {shown}");
}

/// From the home, by the queue, to the answer; the next demande comes with what was done.
async fn answer_counted(agent: &Poste<'_>, reference: &str, next: &str) {
    agent.open("/").await;
    agent.site.visites();
    agent.browser.click_link("Ouvrir la file").await;
    agent.browser.follow("form[action='/file/suivante'] button").await;
    assert_eq!(agent.text("h1").await, format!("Demande {reference}"), "the oldest comes first");
    agent.browser.fill("#texte", "Le formulaire part aujourd’hui.").await;
    agent.browser.follow(ANSWER_AND_NEXT).await;
    let visites = agent.site.visites();
    let sent = visites.iter().position(|v| v.methode == Method::POST && v.adresse.ends_with("/messages")).unwrap();
    assert_eq!(loads_and_activations(&visites[..sent]).0, 2, "queue and demande: {visites:#?}");
    assert_eq!(loads_and_activations(&visites), (3, 3), "the third load is the next demande");
    assert_eq!(agent.text("h1").await, format!("Demande {next}"));
    agent
        .assert_says(&format!("Réponse envoyée sur la demande {reference}. Vous avez pris en charge la suivante"))
        .await;
    agent.assert_sound().await;
}

async fn ask(agent: &Poste<'_>) {
    agent.unfold("complement").await;
    agent.act("complement").await;
    assert!(agent.browser.title().await.starts_with("Erreur : "), "nothing was said to be missing");
    agent.assert_sound().await;
    agent.browser.click("#motif").await;
    agent.browser.fill("#complement", "Il manque la date du déménagement.").await;
    agent.act("complement").await;
    agent.assert_says("Le complément est demandé").await;
    agent.unfold("notes").await;
    agent.browser.fill("#note", NOTE).await;
    agent.act("notes").await;
    agent.assert_says(NOTE).await;
    agent.assert_sound().await;
}

/// The partner is told on the home, reads, answers; the internal note is on none of those pages.
async fn complete(technicien: &Poste<'_>, reference: &str) {
    technicien.open("/").await;
    technicien.assert_says("Compléments demandés par la caisse").await;
    technicien.assert_sound().await;
    technicien.browser.click_link(reference).await;
    technicien.assert_says("La caisse attend une réponse de votre structure").await;
    technicien.assert_says("Il manque la date du déménagement.").await;
    technicien.assert_sound().await;
    technicien.browser.fill("#texte", "C’était le 3 janvier.").await;
    technicien.act("messages").await;
    technicien.assert_says("Votre message est envoyé.").await;
    for path in [format!("/demandes/{reference}"), format!("/demandes/{reference}/accuse"), "/demandes".into()] {
        technicien.open(&path).await;
        let shown = technicien.browser.source().await;
        assert!(!shown.contains("Rappeler"), "{path} shows the internal note");
    }
}

async fn close(agent: &Poste<'_>, suite: bool) {
    agent.unfold("cloturer").await;
    agent.browser.click("#issue").await;
    if suite {
        agent.browser.follow("form[action$='/cloturer'] button[name=suite]").await;
    } else {
        agent.act("cloturer").await;
    }
}

async fn reopen(agent: &Poste<'_>, technicien: &Poste<'_>, reference: &str) {
    agent.open("/file?vue=traitees").await;
    agent.browser.click_link(reference).await;
    agent.assert_sound().await;
    agent.unfold("rouvrir").await;
    agent.browser.fill("#motif_reouverture", "L’attestation était incomplète.").await;
    agent.act("rouvrir").await;
    agent.assert_says("La demande est rouverte.").await;
    technicien.open(&format!("/demandes/{reference}")).await;
    technicien.assert_says("L’attestation était incomplète.").await;
    technicien.assert_sound().await;
}

async fn whole(javascript: JavaScript) {
    let site = site().await;
    let mut client = site.app.signed("82.technicien").await;
    let mut references = Vec::new();
    for nom in ["Premier", "Deuxième", "Troisième"] {
        site.app.advance(TimeDelta::minutes(1));
        references.push(filed(&mut client, "82", nom).await);
    }
    let [first, second, third] = [0, 1, 2].map(|n| references[n].as_str());
    let (agent, technicien) = (Poste::start(&site, javascript).await, Poste::start(&site, javascript).await);
    agent.become_persona("82.agent").await;
    technicien.become_persona("82.technicien").await;
    assert_tabs(&agent, ["À prendre en charge (3)", "Mes demandes (0)", "Complément demandé (0)"]).await;
    agent.assert_sound().await;
    answer_counted(&agent, first, second).await;
    ask(&agent).await;
    assert_tabs(&agent, ["À prendre en charge (1)", "Mes demandes (1)", "Complément demandé (1)"]).await;
    complete(&technicien, second).await;
    assert_tabs(&agent, ["À prendre en charge (1)", "Mes demandes (2)", "Complément demandé (0)"]).await;
    agent.assert_says("1 de vos demandes en charge : réponse à lire.").await;
    agent.open(&format!("/demandes/{second}")).await;
    agent.assert_says("C’était le 3 janvier.").await;
    close(&agent, true).await;
    assert_eq!(agent.text("h1").await, format!("Demande {third}"));
    agent.assert_says(&format!("Demande {second} clôturée. Vous avez pris en charge la suivante")).await;
    close(&agent, true).await;
    assert!(agent.path().await.starts_with("/file"), "there is no next one");
    agent.assert_says("Il n’y a plus de demande à prendre en charge.").await;
    assert_tabs(&agent, ["À prendre en charge (0)", "Mes demandes (1)", "Complément demandé (0)"]).await;
    assert!(!agent.text("main").await.contains("réponse à lire"), "what was read is no longer counted");
    reopen(&agent, &technicien, second).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_answers_asks_closes_and_reopens() {
    whole(JavaScript::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_answers_asks_closes_and_reopens_without_scripts() {
    whole(JavaScript::Off).await;
}
