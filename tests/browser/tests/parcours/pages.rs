//! Every page that no journey passes by, looked at by itself.

use super::{Poste, SUBMIT, site};
use browser::JavaScript;
use testkit::serve::ECHECS;
use testkit::{Site, TestApp};
use web::registry::{Access, Objet};

/// Loads a page and gives its status; the page must be sound.
async fn look(poste: &Poste<'_>, path: &str) -> u16 {
    poste.site.visites();
    poste.open(path).await;
    let faults = poste.browser.faults().await;
    let wanted = |fault: &&String| fault.contains(path) && fault.contains("responded with a status of 50");
    assert!(faults.iter().all(|fault| wanted(&fault)), "{path}: {faults:#?}");
    let visites = poste.site.visites();
    visites.iter().find(|v| v.est_un_chargement()).unwrap_or_else(|| panic!("{path}: {visites:?}")).status.as_u16()
}

/// Addresses without a parameter that this access opens.
fn addresses(site: &Site, access: impl Fn(Access) -> bool) -> Vec<&'static str> {
    let all = site.app.routes.iter().filter(|r| r.method == "GET" && r.objet != Some(Objet::Fichier));
    all.filter(|r| r.objet.is_none() && access(r.access)).map(|r| r.path).collect()
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
