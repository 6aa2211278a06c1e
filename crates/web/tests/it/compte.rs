//! From the invitation to the home page, and back in: the pages of the sign-in as a browser meets them.

use app::compte::code_at;
use chrono::TimeDelta;
use domain::compte::Profil;
use domain::droits::Rattachement;
use http::StatusCode;
use std::sync::{Arc, Mutex};
use testkit::{Client, Page, TestApp};

const MOT: &str = "marronnier quatre bateaux lents";
const AUTRE: &str = "violoncelle sous la neige bleue";

/// Somebody who has finished his first sign-in.
struct Personne {
    identifiant: String,
    secret: String,
    codes: Vec<String>,
}

impl Personne {
    /// The code of this moment; each works once.
    fn code(&self, app: &TestApp) -> String {
        app.advance(TimeDelta::seconds(30));
        code_at(&self.secret, app.ctx.now()).unwrap()
    }
}

async fn invite(app: &TestApp) -> String {
    let caisse = app.caisse("var").await;
    app.invite(Profil::Superviseur, Rattachement::Caisse(caisse), "Fontaine").await
}

fn redirected(page: &Page, to: &str) {
    assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, to), "{}", page.main_text());
}

fn refused(page: &Page, status: StatusCode) {
    assert_eq!(page.status, status, "{}", page.main_text());
    assert!(page.title().starts_with("Erreur : "), "{}", page.title());
    assert!(!page.texts(".govuk-error-summary a").is_empty());
    assert!(!page.body.contains(MOT) && !page.body.contains(AUTRE), "a password came back");
}

/// Password, second factor, recovery codes, engagements.
async fn activate(app: &TestApp, client: &mut Client) -> Personne {
    let identifiant = invite(app).await;
    let lien = app.last_link();
    let page = client.get(&lien).await;
    assert!(page.main_text().contains("16 caractères au moins") && page.main_text().contains(&identifiant));
    let page = client.post(&lien, &[("mot_de_passe", MOT), ("confirmation", MOT)]).await;
    redirected(&page, "/activation/second-facteur");
    let secret = client.get("/activation/second-facteur").await.text("main code");
    let code = code_at(&secret, app.ctx.now()).unwrap();
    let page = client.post("/activation/second-facteur", &[("code", &code)]).await;
    assert_eq!((page.status, page.h1().as_str()), (StatusCode::OK, "Notez vos codes de secours"));
    let codes = page.texts("main ol code");
    assert_eq!(page.attr("main a.govuk-button", "href").as_deref(), Some("/activation/engagements"));
    // With the token of the page of codes: it was made for the session that follows.
    let page = client.post("/activation/engagements", &[("cgu", "1"), ("engagements", "1")]).await;
    redirected(&page, "/");
    Personne { identifiant, secret, codes }
}

async fn sign_in(app: &TestApp, client: &mut Client, personne: &Personne, retour: &str) -> Page {
    let fields = [("identifiant", personne.identifiant.as_str()), ("mot_de_passe", MOT), ("retour", retour)];
    redirected(&client.post("/connexion", &fields).await, "/connexion/code");
    client.post("/connexion/code", &[("code", &personne.code(app))]).await
}

#[tokio::test]
async fn an_invited_person_reaches_the_home_page_and_comes_back_to_the_page_asked_for() {
    let app = TestApp::new().await;
    let mut client = app.client();
    let personne = activate(&app, &mut client).await;
    assert_eq!(personne.codes.len(), 10);
    let page = client.get("/mon-compte").await;
    assert_eq!(page.h1(), "Mon compte");
    assert!(page.main_text().contains("Version 1, acceptée le 8 janvier 2029 à 9 h 00"), "{}", page.main_text());
    assert!(page.text(".ep-header__qui").contains("Camille Fontaine, Superviseur"), "{}", page.text(".ep-header__qui"));

    let page = client.post("/deconnexion", &[]).await;
    redirected(&page, "/connexion?avis=deconnexion");
    assert_eq!(page.header("clear-site-data"), "\"cache\", \"storage\"");
    assert_eq!(client.cookie("__Host-session"), None);
    assert!(client.cookie("__Host-navigateur").is_some());
    assert!(client.get(page.location()).await.main_text().contains("Vous êtes déconnecté."));

    let asked = client.get("/mon-compte?fait=session").await;
    redirected(&asked, "/connexion?retour=%2Fmon-compte%3Ffait%3Dsession");
    let form = client.get(asked.location()).await;
    let retour = form.attr("input[name=retour]", "value").unwrap();
    let page = sign_in(&app, &mut client, &personne, &retour).await;
    redirected(&page, "/mon-compte?fait=session");
}

#[tokio::test]
async fn every_step_puts_another_token_in_the_cookie() {
    let app = TestApp::new().await;
    let mut client = app.client();
    let personne = activate(&app, &mut client).await;
    let first = client.cookie("__Host-session").unwrap().to_owned();
    client.post("/deconnexion", &[]).await;
    client.post("/connexion", &[("identifiant", &personne.identifiant), ("mot_de_passe", MOT)]).await;
    let second = client.cookie("__Host-session").unwrap().to_owned();
    let page = client.post("/connexion/code", &[("code", &personne.code(&app))]).await;
    let third = client.cookie("__Host-session").unwrap();
    assert!(first != second && second != third);
    assert!(page.headers.get_all("set-cookie").iter().all(|c| {
        let c = c.to_str().unwrap();
        c.starts_with("__Host-") && c.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax")
    }));
    for old in [first, second] {
        let mut thief = app.client();
        thief.set_cookie("__Host-session", &old);
        redirected(&thief.get("/mon-compte").await, "/connexion?retour=%2Fmon-compte");
    }
}

#[tokio::test]
async fn nobody_leaves_a_step_but_by_its_form() {
    let app = TestApp::new().await;
    let mut client = app.client();
    invite(&app).await;
    let lien = app.last_link();
    client.post(&lien, &[("mot_de_passe", MOT), ("confirmation", MOT)]).await;
    for path in ["/mon-compte", "/activation/engagements", "/connexion/code", "/mon-compte/mot-de-passe", "/connexion"] {
        redirected(&client.get(path).await, "/activation/second-facteur");
    }
    refused(&client.post("/activation/second-facteur", &[("code", "000000")]).await, StatusCode::UNPROCESSABLE_ENTITY);
    let secret = client.get("/activation/second-facteur").await.text("main code");
    let code = code_at(&secret, app.ctx.now()).unwrap();
    client.post("/activation/second-facteur", &[("code", &code)]).await;
    let page = client.post("/activation/engagements", &[("cgu", "1")]).await;
    refused(&page, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.attr(".govuk-error-summary a", "href").as_deref(), Some("#engagements"));
    let outdated = [("cgu", "0"), ("engagements", "1")];
    refused(&client.post("/activation/engagements", &outdated).await, StatusCode::UNPROCESSABLE_ENTITY);
    redirected(&client.get("/mon-compte").await, "/activation/engagements");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_identifiant_get_the_same_answer() {
    let app = TestApp::new().await;
    let mut client = app.client();
    let personne = activate(&app, &mut client).await;
    let mut other = app.client();
    let known = other.post("/connexion", &[("identifiant", &personne.identifiant), ("mot_de_passe", AUTRE)]).await;
    let unknown = other.post("/connexion", &[("identifiant", "personne.inconnue"), ("mot_de_passe", AUTRE)]).await;
    for page in [&known, &unknown] {
        refused(page, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(page.texts(".govuk-error-summary a"), ["L’identifiant ou le mot de passe est incorrect."]);
        assert_eq!(page.attr("#mot_de_passe", "value"), None);
    }
    assert_eq!(known.attr("#identifiant", "value"), Some(personne.identifiant));
    assert_eq!(known.main_text(), unknown.main_text());
    let nir = other.post("/connexion", &[("identifiant", "2 84 05 89 123 456 42"), ("mot_de_passe", AUTRE)]).await;
    assert!(!nir.body.contains("123 456"), "an identifiant that looks like a NIR is not given back");
}

#[tokio::test]
async fn too_many_failures_wait_and_a_known_browser_still_enters() {
    let app = TestApp::new().await;
    let mut known = app.client();
    let personne = activate(&app, &mut known).await;
    known.post("/deconnexion", &[]).await;
    let mut other = app.client();
    let wrong = [("identifiant", personne.identifiant.as_str()), ("mot_de_passe", AUTRE)];
    for _ in 0..5 {
        refused(&other.post("/connexion", &wrong).await, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let page = other.post("/connexion", &wrong).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(page.header("retry-after"), "60");
    assert!(page.main_text().contains("Vous pourrez réessayer dans 1 minute."), "{}", page.main_text());
    assert!(page.texts("main a").contains(&"Choisir un autre mot de passe".to_owned()));
    redirected(&sign_in(&app, &mut known, &personne, "/").await, "/");
}

#[tokio::test]
async fn an_expired_invitation_is_sent_again_from_its_page() {
    let app = TestApp::new().await;
    let mut client = app.client();
    invite(&app).await;
    let old = app.last_link();
    app.advance(TimeDelta::days(7));
    let page = client.get(&old).await;
    assert_eq!((page.status, page.h1().as_str()), (StatusCode::GONE, "Ce lien a expiré"));
    let action = page.attr("main form", "action").unwrap();
    redirected(&client.post(&action, &[]).await, "/connexion?avis=invitation");
    app.run_jobs().await;
    assert_ne!(app.last_link(), old);
    assert_eq!(client.get(&app.last_link()).await.status, StatusCode::OK);
    assert_eq!(client.get(&old).await.h1(), "Ce lien a déjà servi");
    assert_eq!(client.post(&action, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(client.get("/invitation/inconnu").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_and_nothing_tells_who_has_a_compte() {
    let app = TestApp::new().await;
    let mut client = app.client();
    let personne = activate(&app, &mut client).await;
    let mut other = app.client();
    for saisi in ["inconnu.total", personne.identifiant.as_str()] {
        redirected(&other.post("/mot-de-passe-oublie", &[("identifiant", saisi)]).await, "/mot-de-passe-oublie?envoye=1");
    }
    assert_eq!(other.get("/mot-de-passe-oublie?envoye=1").await.h1(), "Consultez votre messagerie");
    refused(&other.post("/mot-de-passe-oublie", &[("identifiant", " ")]).await, StatusCode::UNPROCESSABLE_ENTITY);
    app.run_jobs().await;
    let lien = app.last_link();
    assert!(lien.starts_with("/mot-de-passe/"), "{lien}");
    let short = other.post(&lien, &[("mot_de_passe", "court"), ("confirmation", "autre")]).await;
    refused(&short, StatusCode::UNPROCESSABLE_ENTITY);
    let page = other.post(&lien, &[("mot_de_passe", AUTRE), ("confirmation", AUTRE)]).await;
    redirected(&page, "/connexion?avis=mot-de-passe");
    redirected(&client.get("/mon-compte").await, "/connexion?retour=%2Fmon-compte");
    assert!(client.get("/connexion").await.main_text().contains("Votre session est terminée."));
    let page = other.post("/connexion", &[("identifiant", &personne.identifiant), ("mot_de_passe", AUTRE)]).await;
    redirected(&page, "/connexion/code");
}

#[tokio::test]
async fn a_recovery_code_enters_once() {
    let app = TestApp::new().await;
    let mut client = app.client();
    let personne = activate(&app, &mut client).await;
    let mut other = app.client();
    let fields = [("identifiant", personne.identifiant.as_str()), ("mot_de_passe", MOT)];
    other.post("/connexion", &fields).await;
    redirected(&other.post("/connexion/code", &[("code", &personne.codes[0])]).await, "/");
    let mut third = app.client();
    third.post("/connexion", &fields).await;
    let page = third.post("/connexion/code", &[("code", &personne.codes[0])]).await;
    refused(&page, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.attr("#code", "value").unwrap_or_default(), "");
}

#[tokio::test]
async fn an_old_password_is_changed_before_anything_else() {
    let app = TestApp::new().await;
    let mut client = app.client();
    let personne = activate(&app, &mut client).await;
    app.advance(TimeDelta::days(180));
    redirected(&sign_in(&app, &mut client, &personne, "/mon-compte").await, "/mon-compte/mot-de-passe");
    let page = client.get("/mon-compte/mot-de-passe").await;
    assert!(page.main_text().contains("Votre mot de passe est trop ancien."));
    let path = "/mon-compte/mot-de-passe";
    let new = |actuel| [("actuel", actuel), ("mot_de_passe", AUTRE), ("confirmation", AUTRE)];
    refused(&client.post(path, &new("faux")).await, StatusCode::UNPROCESSABLE_ENTITY);
    redirected(&client.post(path, &new(MOT)).await, "/mon-compte");
}

#[tokio::test]
async fn a_password_is_changed_by_choice_and_other_sessions_end() {
    let app = TestApp::new().await;
    let mut client = app.client();
    let personne = activate(&app, &mut client).await;
    let mut other = app.client();
    redirected(&sign_in(&app, &mut other, &personne, "/").await, "/");
    let fields = [("actuel", MOT), ("mot_de_passe", AUTRE), ("confirmation", AUTRE)];
    let page = client.post("/mon-compte/mot-de-passe", &fields).await;
    redirected(&page, "/mon-compte?fait=mot-de-passe");
    assert!(client.get(page.location()).await.main_text().contains("Votre mot de passe est changé."));
    assert_eq!(other.get("/mon-compte").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_session_that_is_not_recognised_is_ended_from_the_list() {
    let app = TestApp::new().await;
    let mut client = app.client();
    let personne = activate(&app, &mut client).await;
    let mut other = app.client();
    sign_in(&app, &mut other, &personne, "/").await;
    let page = client.get("/mon-compte").await;
    let cle = page.attr("input[name=session]", "value").unwrap();
    redirected(&client.post("/mon-compte/sessions/fermer", &[("session", &cle)]).await, "/mon-compte?fait=session");
    assert_eq!(other.get("/mon-compte").await.status, StatusCode::SEE_OTHER);
    let again = client.post("/mon-compte/sessions/fermer", &[("session", &cle)]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_session_is_extended_and_ends_without_activity() {
    let app = TestApp::new().await;
    let mut client = app.client();
    activate(&app, &mut client).await;
    let left = |page: &Page| page.attr("[data-ep-session]", "data-ep-session").unwrap();
    assert_eq!(left(&client.get("/mon-compte").await), "1800");
    app.advance(TimeDelta::minutes(29));
    let page = client.post_json("/session/prolonger", &[]).await;
    assert_eq!((page.header("content-type"), page.body.as_str()), ("application/json", "{\"secondes\":1800}"));
    let referer = [(http::header::REFERER, "https://portail.example/mon-compte".parse().unwrap())];
    let page = client.post_with("/session/prolonger", &[], http::HeaderMap::from_iter(referer)).await;
    redirected(&page, "/mon-compte");
    app.advance(TimeDelta::minutes(30));
    redirected(&client.post("/session/prolonger", &[]).await, "/connexion");
}

/// What the log says, kept in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_names_routes_and_no_token_identifiant_or_password() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_writer(move || writer.clone());
    let _guard = tracing::subscriber::set_default(subscriber.finish());
    let app = TestApp::new().await;
    let mut client = app.client();
    let personne = activate(&app, &mut client).await;
    let lien = app.last_link();
    client.get(&lien).await;
    app.client().post("/connexion", &[("identifiant", &personne.identifiant), ("mot_de_passe", AUTRE)]).await;
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("/invitation/{jeton}"), "{text}");
    let jeton = lien.rsplit('/').next().unwrap();
    let session = client.cookie("__Host-session").unwrap();
    for secret in [jeton, session, &personne.identifiant, &personne.secret, &personne.codes[0], MOT, AUTRE] {
        assert!(!text.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_field_that_no_page_offers_is_refused() {
    let app = TestApp::new().await;
    let mut client = app.client();
    let fields = [("identifiant", "a"), ("mot_de_passe", "b"), ("role", "administrateur")];
    assert_eq!(client.post("/connexion", &fields).await.status, StatusCode::BAD_REQUEST);
    client.get("/connexion").await;
    assert_eq!(client.post("/connexion", &[("_jeton", "faux")]).await.status, StatusCode::FORBIDDEN);
}
