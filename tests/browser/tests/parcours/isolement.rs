//! What the partner and the desk of one caisse visited, tried by those of others: to them it does not exist.

use super::{Poste, SUBMIT, site};
use browser::JavaScript;
use std::collections::BTreeSet;
use testkit::Site;

const UNKNOWN_REFERENCE: &str = "EP-2222-2222-222";
const UNKNOWN_ID: &str = "01900000-0000-7000-8000-000000000000";

/// Status, title and what the page says, its own address and technical reference left out.
async fn answer(poste: &Poste<'_>, path: &str) -> (u16, String, String) {
    poste.site.visites();
    poste.open(path).await;
    let status = poste.site.visites().into_iter().find(|v| v.page).expect("a page").status.as_u16();
    (status, poste.browser.title().await, poste.text("main").await)
}

/// Every address with a reference or a draft's id that a technicien and an agent load on their way.
async fn visited(site: &Site) -> (String, BTreeSet<String>) {
    let technicien = Poste::start(site, JavaScript::On).await;
    technicien.become_persona("82.technicien").await;
    let reference = technicien.file("82").await;
    for path in ["", "/annuler", "/accuse"] {
        technicien.open(&format!("/demandes/{reference}{path}")).await;
    }
    technicien.open("/").await;
    technicien.open(super::FORM).await;
    technicien.fill_form("82").await;
    technicien.browser.follow(SUBMIT).await;
    technicien.browser.click_link("Revenir au formulaire").await;
    technicien.become_persona("82.agent").await;
    technicien.open("/file").await;
    technicien.browser.follow("form[action='/file/suivante'] button").await;
    technicien.browser.fill("#texte", "Le formulaire part aujourd’hui.").await;
    technicien.act("messages").await;
    let pages = site.visites().into_iter().filter(|v| v.est_un_chargement()).map(|v| v.adresse);
    (
        reference.clone(),
        pages.filter(|path| path.contains("EP-") || path.contains("/brouillons/") || path.contains('=')).collect(),
    )
}

/// The same address of an object that nobody has.
fn unknown(path: &str, reference: &str) -> String {
    let path = path.replace(reference, UNKNOWN_REFERENCE);
    let after = |mark: &str| path.find(mark).map(|at| at + mark.len());
    match after("/brouillons/").or(after("brouillon=")) {
        Some(start) => format!("{}{UNKNOWN_ID}{}", &path[..start], &path[start + UNKNOWN_ID.len()..]),
        None => path,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_visited_does_not_exist_for_another_partner_nor_for_another_caisse() {
    let site = site().await;
    let (reference, visited) = visited(&site).await;
    assert!(visited.len() >= 6, "{visited:?}");
    let kinds = ["/accuse", "/annuler", "/brouillons/", "?brouillon=", "?fait="];
    assert!(kinds.iter().all(|kind| visited.iter().any(|path| path.contains(kind))), "{visited:?}");
    let poste = Poste::start(&site, JavaScript::On).await;
    for nom in ["83.technicien", "57.agent", "82.gestionnaire"] {
        poste.become_persona(nom).await;
        for path in &visited {
            let foreign = answer(&poste, path).await;
            assert_eq!(foreign, answer(&poste, &unknown(path, &reference)).await, "{nom} at {path}");
            assert!(matches!(foreign.0, 403 | 404), "{nom} at {path}: {foreign:?}");
            assert!(!foreign.2.contains("Œuvrard") && !foreign.2.contains(&reference), "{nom} at {path}");
        }
    }
    // The test can fail: to their owner they exist.
    poste.become_persona("82.technicien").await;
    let own = answer(&poste, &format!("/demandes/{reference}")).await;
    assert_eq!(own.0, 200);
    assert_ne!(own, answer(&poste, &format!("/demandes/{UNKNOWN_REFERENCE}")).await);
}
