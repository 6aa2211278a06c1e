//! Pages of a cut: what each form answers, the renewed session, the civil day, a project that has nothing to cut.

use crate::partenaires::decision;
use http::StatusCode;
use testkit::TestApp;

/// The fields of a decision, with a code.
fn decision_with(code: &str) -> Vec<(&'static str, &str)> {
    decision().into_iter().filter(|(nom, _)| *nom != "code").chain([("code", code)]).collect()
}

#[tokio::test]
async fn whatever_an_act_answers_the_renewed_session_goes_on_and_each_form_has_its_code() {
    let app = TestApp::monde().await;
    let mut referent = app.signed("83.referent").await;
    let secret = app.monde.qui("83.referent").secret.clone();
    let later = || app.advance(chrono::TimeDelta::minutes(6));
    later();
    referent.get("/conventions/001-var/coupure").await;
    let done = referent.post("/conventions/001-var/coupure", &decision_with(&app.code(&secret))).await;
    assert_eq!(done.location(), "/conventions/001-var/coupure?fait=coupee", "{}", done.main_text());
    later();
    let page = referent.get("/conventions/001-var/coupure").await;
    for champ in ["code", "code_reception"] {
        assert_eq!(page.attr(&format!("input[name={champ}]"), "name").as_deref(), Some(champ));
    }
    let stale = referent.post("/conventions/001-var/coupure", &decision_with(&app.code(&secret))).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(!stale.main_text().contains("Usage contraire aux conditions Noter"), "not in another form");
    assert_eq!(referent.get("/conventions/001-var/coupure").await.status, StatusCode::OK, "still signed in");
    later();
    let foreign = "/conventions/002-moselle/coupure/lever";
    let code = app.code(&secret);
    assert_eq!(referent.post(foreign, &[("motif", "x"), ("code", &code)]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(referent.get("/conventions/001-var/coupure").await.status, StatusCode::OK, "after an error page too");
    later();
    let code = app.code(&secret);
    let end = [
        ("version", "1"),
        ("voie", "metier.manquement"),
        ("le_jour", "9"),
        ("le_mois", "1"),
        ("le_annee", "2029"),
        ("motif", "x"),
        ("code", &code),
    ];
    let foreign = referent.post("/conventions/002-moselle/fin/confirmer", &end).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND, "{}", foreign.main_text());
    assert_eq!(referent.get("/conventions/001-var/coupure").await.status, StatusCode::OK, "nor does an end");
    later();
    let reception =
        [("recue_le_jour", "8"), ("recue_le_mois", "1"), ("recue_le_annee", "2029"), ("code_reception", "")];
    let asked = referent.post("/conventions/001-var/coupure/reception", &reception).await;
    assert_eq!(asked.attr(".govuk-error-summary__list a", "href").as_deref(), Some("#code_reception"));
    let code = app.code(&secret);
    let lifted = referent.post("/conventions/001-var/coupure/lever", &[("motif", "Remédié"), ("code", &code)]).await;
    assert_eq!(lifted.location(), "/conventions/001-var/coupure?fait=levee", "{}", lifted.main_text());
}

#[tokio::test]
async fn a_cut_is_lifted_on_the_civil_day_of_the_caisse() {
    let app = TestApp::monde().await;
    let night = "2029-01-08T23:30:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    app.advance(night - app.ctx.now());
    let mut referent = app.signed("83.referent").await;
    referent.get("/conventions/001-var/coupure").await;
    referent.post("/conventions/001-var/coupure", &decision()).await;
    referent.post("/conventions/001-var/coupure/lever", &[("motif", "Remédié"), ("code", "")]).await;
    let page = referent.get("/conventions/001-var/coupure").await;
    assert!(page.main_text().contains("levée le 9 janvier 2029"), "{}", page.main_text());
}

#[tokio::test]
async fn a_project_offers_no_cut() {
    let app = TestApp::monde().await;
    let mut referent = app.signed("83.referent").await;
    referent.get("/partenaires/nouveau").await;
    referent.post("/partenaires/nouveau", &[("nom", "Essai"), ("nom_court", "Essai")]).await;
    let sheet = referent.get("/partenaires/essai").await;
    let path = sheet.attr("a[href$='/document']", "href").unwrap().replace("/document", "/coupure");
    assert!(!sheet.body.contains(&path), "no link");
    assert!(referent.get("/partenaires/ccas-grimaud").await.body.contains("/conventions/001-var/coupure"));
    let page = referent.get(&path).await;
    assert!(page.main_text().contains("il n’y a pas d’accès à couper"), "{}", page.main_text());
    assert!(page.texts("form[action$='/coupure']").is_empty());
    let forced = referent.post(&path, &decision()).await;
    assert_eq!(forced.status, StatusCode::UNPROCESSABLE_ENTITY);
}
