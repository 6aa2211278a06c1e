//! Every page that no journey passes by, looked at by itself.

use super::{Poste, SUBMIT, drafted, filed, site};
use browser::JavaScript;
use serde_json::json;
use testkit::serve::ECHECS;
use testkit::{Site, TestApp};
use web::registry::{Access, Objet};

/// Loads a page and gives its status; the page must be sound.
async fn look(poste: &Poste<'_>, path: &str) -> u16 {
    poste.site.visites();
    poste.open(path).await;
    let faults = poste.browser.faults().await;
    let wanted = |fault: &&String| {
        fault.contains(path) && fault.contains("responded with a status of 50")
            || fault.contains("ERR_BLOCKED_BY_CLIENT")
    };
    assert!(faults.iter().all(|fault| wanted(&fault)), "{path}: {faults:#?}");
    let visites = poste.site.visites();
    visites.iter().find(|v| v.est_un_chargement()).unwrap_or_else(|| panic!("{path}: {visites:?}")).status.as_u16()
}

/// Addresses without a parameter that this access opens.
fn addresses(site: &Site, access: impl Fn(Access) -> bool) -> Vec<&'static str> {
    let all = site.app.routes.iter().filter(|r| r.method == "GET" && r.objet != Some(Objet::Fichier));
    let page = |path: &str| !path.ends_with(".csv") && !path.ends_with(".pdf");
    all.filter(|r| r.objet.is_none() && page(r.path) && access(r.access)).map(|r| r.path).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_open_to_everybody_are_sound() {
    let site = site().await;
    let poste = Poste::start(&site, JavaScript::On).await;
    let public = addresses(&site, |access| matches!(access, Access::Public | Access::Anonyme));
    assert!(public.len() >= 9, "{public:?}");
    for path in public.into_iter().chain(["/connexion?avis=invitation", "/mot-de-passe-oublie?envoye=1"]) {
        assert_eq!(look(&poste, path).await, 200, "{path}");
    }
    for path in ["/invitation/inconnu", "/mot-de-passe/inconnu", "/nulle-part"] {
        assert_eq!(look(&poste, path).await, 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn error_pages_are_sound_and_say_what_to_do() {
    let site = site().await;
    let poste = Poste::start(&site, JavaScript::On).await;
    poste.become_persona("82.technicien").await;
    for (path, _) in ECHECS {
        assert_eq!(look(&poste, path).await.to_string(), path.rsplit('/').next().unwrap());
        poste.assert_says("Référence technique : req-essai").await;
        poste.assert_says("CPAM de Tarn-et-Garonne").await;
    }
    assert_eq!(look(&poste, "/file").await, 403);
    assert_eq!(look(&poste, "/demandes/EP-2222-2222-222").await, 404);
    assert_eq!(look(&poste, "/session/prolonger").await, 405);
    poste.browser.follow(".ep-header__sortie").await;
    for _ in 0..6 {
        poste.open("/connexion").await;
        poste.browser.fill("#identifiant", "personne").await;
        poste.browser.fill("#mot_de_passe", "n’importe quoi").await;
        poste.browser.follow(SUBMIT).await;
    }
    assert_eq!(site.visites().into_iter().rev().find(|v| v.page).unwrap().status, 429);
    poste.assert_says("Vous pourrez réessayer dans").await;
    poste.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_every_profil_is_sound() {
    let site = site().await;
    let poste = Poste::start(&site, JavaScript::On).await;
    let roles = [
        "82.gestionnaire",
        "57.technicien",
        "92.agent",
        "69.superviseur",
        "82.referent",
        "83.responsable",
        "57.dpo",
        "92.administrateur",
        "national",
    ];
    for nom in roles {
        poste.become_persona(nom).await;
        assert_eq!(look(&poste, "/").await, 200, "{nom}");
    }
    for nom in ["83.technicien", "83.superviseur"] {
        poste.become_persona(nom).await;
        let open = addresses(&site, |access| matches!(access, Access::Connecte(_) | Access::EnCours));
        for path in open {
            let status = look(&poste, path).await;
            assert!(matches!(status, 200 | 403), "{nom}: {status} at {path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demonstration_s_pages_are_sound() {
    let site = TestApp::monde().await.serve_demo().await;
    let poste = Poste::start(&site, JavaScript::On).await;
    assert_eq!(look(&poste, "/demonstration").await, 200);
    poste.browser.click("details summary").await;
    poste.assert_sound().await;
    poste.browser.follow("button[value=mois]").await;
    assert_eq!(poste.text("h1").await, "Page de démonstration");
    poste.become_persona("82.technicien").await;
    for path in ["/", "/aide"] {
        assert_eq!(look(&poste, path).await, 200);
        assert!(poste.text(".ep-bandeau").await.starts_with("Démonstration :"), "{path}");
    }
}

/// From now on pages come without their script, while axe, which needs to run itself, may.
async fn without_the_script(poste: &Poste<'_>) {
    poste.browser.devtools("Network.enable", json!({})).await;
    poste.browser.devtools("Network.setBlockedURLs", json!({ "urls": ["*/static/*.js"] })).await;
}

/// What a demande in charge, one that waits for nobody yet and a draft show to the partner and to the desk: every route
/// that is declared, with or without a parameter, tabs and filters beside.
async fn pages_of_demandes(bare: bool) {
    let site = site().await;
    let mut client = site.app.signed("82.technicien").await;
    let reference = filed(&mut client, "82", "Durand").await;
    let id = drafted(&mut client, "82", "Durand").await;
    let paths = |objet: Option<Objet>| {
        let all = site.app.routes.iter().filter(move |r| r.method == "GET" && r.objet == objet);
        let connected = all.filter(|r| {
            matches!(r.access, Access::Connecte(_)) && !r.path.ends_with(".pdf") && !r.path.ends_with(".csv")
        });
        connected.map(|r| r.path.replace("{reference}", &reference).replace("{id}", &id)).collect::<Vec<_>>()
    };
    let mut all = [paths(None), paths(Some(Objet::Demande)), paths(Some(Objet::Brouillon))].concat();
    assert!(all.len() >= 16, "{all:?}");
    let more = ["?vue=miennes", "?vue=en-attente", "?vue=traitees", "?vide=1"].map(|query| format!("/file{query}"));
    all.extend(more);
    all.extend(["/demandes?etat=transmise&sorte=document", "/demandes?du_jour=99", "/aide"].map(String::from));
    all.push(format!("/demandes/nouvelle/etude?assure={reference}"));
    let poste = Poste::start(&site, JavaScript::On).await;
    if bare {
        without_the_script(&poste).await;
    }
    for (nom, least) in [("82.technicien", 14), ("82.agent", 9)] {
        poste.become_persona(nom).await;
        if nom == "82.agent" {
            poste.open("/file").await;
            poste.browser.follow("form[action='/file/suivante'] button").await;
            poste.browser.console_errors().await;
        }
        let mut shown = 0;
        for path in &all {
            let status = look(&poste, path).await;
            assert!(matches!(status, 200 | 403 | 404 | 409 | 422), "{nom}: {status} at {path}");
            shown += usize::from(status == 200);
        }
        assert!(shown >= least, "{nom}: {shown} pages of {}", all.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_a_demande_is_sound() {
    pages_of_demandes(false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_a_demande_is_sound_without_its_script() {
    pages_of_demandes(true).await;
}

/// Everything folded is looked at too, and everything refused.
#[tokio::test(flavor = "multi_thread")]
async fn every_form_is_sound_when_all_of_it_is_refused() {
    let site = site().await;
    let poste = Poste::start(&site, JavaScript::On).await;
    for bare in [false, true] {
        if bare {
            without_the_script(&poste).await;
        }
        poste.become_persona("83.technicien").await;
        for sorte in ["contacter", "etude", "difficulte", "rendez-vous", "document"] {
            poste.open(&format!("/demandes/nouvelle/{sorte}")).await;
            poste.browser.follow(SUBMIT).await;
            assert!(poste.browser.title().await.starts_with("Erreur : "), "{sorte}");
            let closed = "document.querySelectorAll('main details').forEach(details => { details.open = true })";
            poste.browser.evaluate(closed).await;
            let mut faults = poste.browser.faults().await;
            faults.retain(|fault| !fault.contains("ERR_BLOCKED_BY_CLIENT"));
            assert!(faults.is_empty(), "{sorte}, bare: {bare}: {faults:#?}");
        }
    }
}
