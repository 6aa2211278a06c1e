//! A real installation from nothing: configuration file, first administrateur national, first sign-in.

use app::compte::code_at;
use scraper::{Html, Selector};

use crate::navigateur::Navigateur;
use crate::processus::{Serveur, port};
use crate::{run, stderr, stdout};

const MOT_DE_PASSE: &str = "quatre moulins tournent bleus";
const INVITE: [&str; 8] =
    ["admin", "invite", "--nom", "Castaneix", "--prenom", "Ombeline", "--courriel", "ombeline@installation.example"];

/// A folder with a configuration file; gives the port of its pages.
fn configured(folder: &std::path::Path) -> u16 {
    let (pages, gestion) = (port(), port());
    let text = format!(
        "adresse = \"127.0.0.1:{pages}\"\nadresse_gestion = \"127.0.0.1:{gestion}\"\n\
         url_publique = \"http://localhost:{pages}\"\ncle_maitresse = \"{}aa\"\n",
        "0f".repeat(31)
    );
    std::fs::write(folder.join("reglages.toml"), text).unwrap();
    pages
}

fn invite(folder: &std::path::Path) -> std::process::Output {
    run(folder, &[&INVITE[..], &["--config", "reglages.toml"]].concat(), b"")
}

#[expect(clippy::disallowed_methods, reason = "the running server lives in the system's time")]
fn now() -> chrono::DateTime<chrono::Utc> {
    chrono::Utc::now()
}

/// Name and value of every box of a page.
fn checkboxes(body: &str) -> Vec<(String, String)> {
    let boxes = Selector::parse("input[type=checkbox]").unwrap();
    let attr = |e: &scraper::ElementRef<'_>, name: &str| e.value().attr(name).unwrap_or_default().to_owned();
    Html::parse_document(body).select(&boxes).map(|e| (attr(&e, "name"), attr(&e, "value"))).collect()
}

#[tokio::test]
async fn the_link_of_admin_invite_leads_to_the_home_of_the_first_administrateur_national() {
    let folder = tempfile::tempdir().unwrap();
    let port = configured(folder.path());
    let invited = invite(folder.path());
    assert_eq!(invited.status.code(), Some(0), "{}", stderr(&invited));
    let text = stdout(&invited);
    let link = text.lines().find(|l| l.contains("/invitation/")).expect("the link");
    let path = link.strip_prefix(&format!("http://localhost:{port}")).expect("the public address");

    let serveur = Serveur::start(folder.path(), &["serve", "--config", "reglages.toml"], port).await;
    let mut client = Navigateur::new(port);
    let page = client.get(path).await;
    assert!(page.main_text().contains("Ombeline Castaneix"), "{}", page.main_text());
    let chosen = client.post(path, &[("mot_de_passe", MOT_DE_PASSE), ("confirmation", MOT_DE_PASSE)]).await;
    assert_eq!(chosen.location(), "/activation/second-facteur", "{}", chosen.main_text());
    let enrolment = client.get(chosen.location()).await;
    let secret = enrolment.text("code");
    let code = code_at(&secret, now()).unwrap_or_else(|| panic!("« {secret} »: {}", enrolment.body));
    let codes = client.post("/activation/second-facteur", &[("code", &code)]).await;
    assert_eq!(codes.status, 200, "{}", codes.main_text());
    let page = client.get("/activation/engagements").await;
    let boxes = checkboxes(&page.body);
    assert!(!boxes.is_empty(), "{}", page.main_text());
    let ticked: Vec<(&str, &str)> = boxes.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let accepted = client.post("/activation/engagements", &ticked).await;
    assert_eq!(accepted.location(), "/", "{}", accepted.main_text());
    let home = client.get("/").await;
    assert_eq!(home.status, 200);
    assert!(home.body.contains("Administrateur national"), "{}", home.body);
    let used = Navigateur::new(port).get(path).await;
    assert_eq!(used.status, 410, "the link works once: {}", used.main_text());

    let locked = invite(folder.path());
    assert_eq!(locked.status.code(), Some(2), "{}", stderr(&locked));
    assert!(stderr(&locked).contains("un autre processus utilise déjà ces données"), "{}", stderr(&locked));
    let beside = run(folder.path(), &["journal", "verify", "--config", "reglages.toml"], b"");
    assert!(stdout(&beside).starts_with("Journal intact"), "beside the server: {}", stderr(&beside));
    let shown = run(folder.path(), &["convention", "show", "zzz", "--config", "reglages.toml"], b"");
    assert!(stderr(&shown).contains("aucune convention n’a cette clé"), "beside the server: {}", stderr(&shown));
    drop(serveur);
    let again = invite(folder.path());
    assert_eq!((again.status.code(), stdout(&again)), (Some(2), String::new()));
    assert!(stderr(&again).contains("Un administrateur national existe déjà"), "{}", stderr(&again));
}
