//! From the invitation to the home page, and back in.

use super::*;

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
    for path in ["/mon-compte", "/activation/engagements", "/connexion/code", "/mon-compte/mot-de-passe", "/connexion"]
    {
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
        redirected(
            &other.post("/mot-de-passe-oublie", &[("identifiant", saisi)]).await,
            "/mot-de-passe-oublie?envoye=1",
        );
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
async fn a_field_that_no_page_offers_is_refused() {
    let app = TestApp::new().await;
    let mut client = app.client();
    let fields = [("identifiant", "a"), ("mot_de_passe", "b"), ("role", "administrateur")];
    assert_eq!(client.post("/connexion", &fields).await.status, StatusCode::BAD_REQUEST);
    client.get("/connexion").await;
    assert_eq!(client.post("/connexion", &[("_jeton", "faux")]).await.status, StatusCode::FORBIDDEN);
}
