//! Who gets in, cookies, and what the registry refuses.

use super::*;

#[tokio::test]
async fn each_access_class_lets_in_whom_it_says() {
    let go = async |path: &str, session: &str| {
        let answer = get_as(path, session).await;
        let to = answer.headers.get("location").map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default();
        (answer.status.as_u16(), to)
    };
    assert_eq!(go("/demandes", "technicien").await, (200, String::new()));
    assert_eq!(go("/demandes", "agent").await, (403, String::new()));
    assert_eq!(
        go("/demandes?etat=cloturee", "inconnue").await,
        (303, "/connexion?retour=%2Fdemandes%3Fetat%3Dcloturee".into())
    );
    assert_eq!(go("/demandes", "etape").await, (303, "/conditions".into()));
    assert_eq!(go("/conditions", "etape").await, (200, String::new()));
    assert_eq!(go("/conditions", "inconnue").await.0, 303);
    assert_eq!(go("/connexion", "technicien").await, (303, "/".into()));
    assert_eq!(go("/connexion", "inconnue").await.0, 200);
    assert_eq!(go("/aide", "agent").await.0, 200);
}

#[tokio::test]
async fn a_visitor_gets_one_strict_cookie_and_files_none() {
    let cookie = get("/aide").await.headers["set-cookie"].to_str().unwrap().to_owned();
    assert_eq!(cookie, "__Host-visite=visite-1; Path=/; Secure; HttpOnly; SameSite=Lax");
    assert!(!get(&crate::assets::url("espace.js")).await.headers.contains_key("set-cookie"));
    assert!(!get_as("/aide", "technicien").await.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn a_route_declared_badly_is_refused() {
    let mut r = registry(config());
    let mut add = |route: Route| r.add(route, || async {}).unwrap_err();
    assert_eq!(add(Route::get("/demandes", Access::Public)), RegistryError::Duplicate(Method::GET, "/demandes"));
    let other = Route::post("/demandes/{id}", TECHNICIEN).objet(Objet::Demande);
    assert_eq!(add(other), RegistryError::Ambiguous("/demandes/{reference}", "/demandes/{id}"));
    assert_eq!(add(Route::get("/x/{id}", TECHNICIEN)), RegistryError::Object(Method::GET, "/x/{id}"));
    assert_eq!(add(Route::get("/x", TECHNICIEN).objet(Objet::Compte)), RegistryError::Object(Method::GET, "/x"));
    assert_eq!(add(Route::get("/x", Access::Connecte(&[]))), RegistryError::Nobody(Method::GET, "/x"));
    let mut trace = Route::get("/x", Access::Public);
    trace.method = Method::TRACE;
    assert_eq!(add(trace), RegistryError::Method(Method::TRACE, "/x"));
}

#[tokio::test]
async fn another_method_gets_the_405_page_with_the_allowed_ones() {
    let answer = send(Request::delete("/demandes").body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.headers["allow"], "GET,POST,HEAD");
    assert_page(&answer.body);
}

#[tokio::test]
async fn a_public_page_is_shown_even_when_sessions_cannot_be_read() {
    assert_eq!(get_as("/etat-du-service", "panne").await.status, StatusCode::OK);
    assert_eq!(get_as("/demandes", "panne").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_session_that_ends_on_the_way_leads_to_the_sign_in_page_and_back() {
    let answer = get_as("/fin?vue=miennes", "technicien").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.headers["location"], "/connexion?retour=%2Ffin%3Fvue%3Dmiennes");
    assert!(answer.headers.contains_key("content-security-policy"));
}
