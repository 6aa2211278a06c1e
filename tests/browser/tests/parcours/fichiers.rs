//! Files: with the form of a demande up to the page of the demande, or of a draft by themselves; sent with a bar and a word
//! for what happens, or by the form alone; refused in plain words; waiting until they are scanned.

use super::{FORM, Poste, SUBMIT, drafted, loads_and_activations, site};
use browser::JavaScript;
use std::path::{Path, PathBuf};
use testkit::fichiers::{Antivirus, pdf};

const WAITS: &str = "En cours d’analyse";
const STATUS: &str = "form[data-ep-envoi] #ep-envoi-etat[role=status]";
const SEND: &str = "form[data-ep-envoi] button[type=submit]";

/// Keeps everything that the form shows while it is sent: its words, and whether the bar is there.
const LISTEN: &str = "const form = document.querySelector('form[data-ep-envoi]'); \
    new MutationObserver(() => { \
        const kept = JSON.parse(sessionStorage.kept ?? '[]'); \
        kept.push([form.querySelector('#ep-envoi-etat').textContent, !form.querySelector('progress').hidden]); \
        sessionStorage.kept = JSON.stringify(kept); \
    }).observe(form, { subtree: true, childList: true, attributes: true, characterData: true })";

fn written(folder: &Path, name: &str, content: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path
}

/// With scripts the bar is shown, and the words that a screen reader is told.
async fn send(poste: &Poste<'_>, file: &Path) {
    poste.browser.choose_file("#pieces", file).await;
    let scripts = poste.javascript == JavaScript::On;
    if scripts {
        poste.browser.find(STATUS).await;
        assert_eq!(poste.browser.count("#ep-envoi-progres[hidden]").await, 1, "nothing is sent yet");
        poste.browser.evaluate(LISTEN).await;
    }
    poste.browser.follow(SEND).await;
    if scripts {
        let kept = poste.browser.evaluate("return JSON.parse(sessionStorage.kept ?? '[]')").await;
        let kept: Vec<(String, bool)> = serde_json::from_value(kept).unwrap();
        assert!(kept.iter().any(|(said, bar)| said == "Envoi en cours…" && *bar), "{kept:?}");
        assert!(kept.iter().any(|(said, _)| said == "Vérification des fichiers…"), "{kept:?}");
    }
}

async fn refused(poste: &Poste<'_>, file: &Path) {
    poste.browser.choose_file("#pieces", file).await;
    if poste.javascript == JavaScript::On {
        // The script puts the refused page in place of this one, without a load.
        poste.browser.click(SEND).await;
    } else {
        poste.browser.follow(SEND).await;
    }
    let summary = poste.text(".govuk-error-summary").await;
    assert!(summary.contains("PDF"), "{summary}");
    assert!(poste.browser.title().await.starts_with("Erreur : "));
    poste.assert_sound().await;
}

async fn whole(javascript: JavaScript) {
    let site = site().await;
    let folder = tempfile::tempdir().unwrap();
    let good = written(folder.path(), "attestation été.pdf", &pdf("une page"));
    let bad = written(folder.path(), "note.pdf", b"ceci est un texte");
    let mut client = site.app.signed("82.technicien").await;
    let id = drafted(&mut client, "82", "Durand").await;
    let poste = Poste::start(&site, javascript).await;
    poste.become_persona("82.technicien").await;
    site.app.antivirus().play(Antivirus::Absent);
    poste.open(&format!("/brouillons/{id}/pieces")).await;
    poste.assert_sound().await;
    send(&poste, &good).await;
    poste.assert_says("attestation été.pdf").await;
    poste.assert_says(WAITS).await;
    poste.assert_sound().await;
    refused(&poste, &bad).await;
    poste.open(&format!("/brouillons/{id}/pieces")).await;
    assert!(!poste.text("main").await.contains("note.pdf"), "what was refused is not kept");
    site.app.antivirus().play(Antivirus::Infecte);
    site.app.advance(chrono::TimeDelta::hours(1));
    site.app.run_jobs().await;
    poste.become_persona("82.technicien").await;
    poste.open(&format!("/brouillons/{id}/pieces")).await;
    poste.assert_says("L’analyse antivirus a refusé un fichier").await;
    poste.assert_sound().await;
    poste.open(&format!("/brouillons/{id}")).await;
    poste.browser.follow(SUBMIT).await;
    poste.reference().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_sent_with_its_progress_waits_and_is_refused_in_plain_words() {
    whole(JavaScript::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_sent_waits_and_is_refused_in_plain_words_without_scripts() {
    whole(JavaScript::Off).await;
}

/// From the home to the receipt with a file, in no more loads and activations than without.
async fn filed_with(poste: &Poste<'_>, file: &Path) -> String {
    poste.open("/").await;
    poste.site.visites();
    poste.browser.click_link("Demander un document").await;
    poste.fill_form("82").await;
    // Only a dialogue of the system gives the file itself; its field is within reach of the keyboard.
    poste.browser.tab_to("#pieces").await;
    send(poste, file).await;
    assert_eq!(poste.text("h1").await, "Vérifiez votre demande");
    poste.assert_says("attestation été.pdf").await;
    poste.assert_sound().await;
    poste.browser.follow(SUBMIT).await;
    // The home itself, loaded before, is the first of the four.
    assert_eq!(loads_and_activations(&poste.site.visites()), (3, 3), "loads after the home, activations");
    poste.assert_sound().await;
    poste.reference().await
}

/// A refused file costs neither what was typed nor the good file beside it.
async fn filed_after_a_refusal(poste: &Poste<'_>, good: &Path, bad: &Path) {
    poste.open(FORM).await;
    poste.fill_form("82").await;
    poste.browser.choose_file("#pieces", good).await;
    refused(poste, bad).await;
    let told = poste.text("#pieces-erreur").await;
    assert!(told.contains("« note.pdf »") && !told.contains("attestation"), "{told}");
    let typed = poste.browser.evaluate("return document.querySelector('#nom').value").await;
    assert_eq!(typed, "Œuvrard d’Àlban");
    assert_eq!(poste.browser.count("input[name=retirer]").await, 1, "the good one is kept");
    poste.browser.follow(SEND).await;
    assert_eq!(poste.text("h1").await, "Vérifiez votre demande");
    poste.assert_says("attestation été.pdf").await;
    assert!(!poste.text("main").await.contains("note.pdf"), "what was refused does not leave");
    poste.browser.follow(SUBMIT).await;
    poste.reference().await;
}

/// On the page of the demande the file waits for its scanner, then is given as it was sent.
async fn with_the_form(javascript: JavaScript) {
    let site = site().await;
    let folder = tempfile::tempdir().unwrap();
    let content = pdf("une page");
    let good = written(folder.path(), "attestation été.pdf", &content);
    let bad = written(folder.path(), "note.pdf", b"ceci est un texte");
    let poste = Poste::start(&site, javascript).await;
    poste.become_persona("82.technicien").await;
    site.app.antivirus().play(Antivirus::Absent);
    let demande = format!("/demandes/{}", filed_with(&poste, &good).await);
    poste.open(&demande).await;
    let line = poste.text(".ep-pieces > li").await;
    assert!(line.contains("attestation été.pdf") && line.contains(WAITS), "{line}");
    assert_eq!(poste.browser.count(".ep-pieces a").await, 0, "nobody opens what was not analysed");
    poste.assert_sound().await;
    filed_after_a_refusal(&poste, &good, &bad).await;
    site.app.antivirus().play(Antivirus::Sain);
    site.app.advance(chrono::TimeDelta::minutes(2));
    site.app.run_jobs().await;
    poste.open(&demande).await;
    assert!(poste.text(".ep-pieces > li").await.contains("Analysé, aucun virus trouvé"));
    assert_eq!(poste.browser.download(".ep-pieces a").await, ("attestation été.pdf".to_owned(), content));
    poste.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demande_is_filed_with_a_file_that_waits_and_is_then_opened() {
    with_the_form(JavaScript::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demande_is_filed_with_a_file_that_waits_and_is_then_opened_without_scripts() {
    with_the_form(JavaScript::Off).await;
}
