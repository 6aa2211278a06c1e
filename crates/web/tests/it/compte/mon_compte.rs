//! Password and sessions of somebody who is signed in.

use super::*;

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

#[tokio::test]
async fn one_chooses_how_to_be_told_of_news_and_a_form_without_a_choice_is_refused() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed("82.technicien").await;
    let page = technicien.get("/mon-compte").await;
    assert_eq!(page.attr("input[name=rythme][checked]", "value").as_deref(), Some("tout_de_suite"));
    let done = technicien.post("/mon-compte/notifications", &[("rythme", "par_jour")]).await;
    assert_eq!(done.location(), "/mon-compte?fait=notifications");
    let page = technicien.get(done.location()).await;
    assert!(page.main_text().contains("Votre choix est enregistré."));
    assert_eq!(page.attr("input[name=rythme][checked]", "value").as_deref(), Some("par_jour"));
    let refused = technicien.post("/mon-compte/notifications", &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.title().starts_with("Erreur") && refused.main_text().contains("Choisissez comment être prévenu"));
    let mut dpo = app.signed("82.dpo").await;
    assert!(!dpo.get("/mon-compte").await.main_text().contains("Mes notifications"));
}
