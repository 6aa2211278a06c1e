//! Files of a draft: sent with a bar and a word for what happens, or by the form alone; refused in plain words; waiting
//! until they are scanned.

use super::{Poste, SUBMIT, drafted, site};
use browser::JavaScript;
use std::path::{Path, PathBuf};
use testkit::fichiers::{Antivirus, pdf};

const WAITS: &str = "En cours d’analyse";
const STATUS: &str = "form[data-ep-envoi] [role=status]";

/// Keeps everything that the form shows while it is sent: its words, and whether the bar is there.
const LISTEN: &str = "const form = document.querySelector('form[data-ep-envoi]'); \
    new MutationObserver(() => { \
        const kept = JSON.parse(sessionStorage.kept ?? '[]'); \
        kept.push([form.querySelector('[role=status]').textContent, !form.querySelector('progress').hidden]); \
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
        poste.browser.evaluate(LISTEN).await;
    }
    poste.browser.follow("form[enctype] button[type=submit]").await;
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
        poste.browser.click("form[enctype] button[type=submit]").await;
        let summary = poste.text(".govuk-error-summary").await;
        assert!(summary.contains("PDF"), "{summary}");
    } else {
        poste.browser.follow("form[enctype] button[type=submit]").await;
    }
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
