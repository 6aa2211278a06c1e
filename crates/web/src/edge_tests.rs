//! The router as a browser sees it: headers, access, origin and token, errors as pages.

use crate::config::WebConfig;
use crate::entetes::CSP;
use crate::error::{Kind, PageError};
use crate::extract::ReceivedForm;
use crate::frame::Frame;
use crate::pages::CguPage;
use crate::profil::Profil;
use crate::registry::{Access, Objet, Registry, RegistryError, Route};
use crate::testing::{assert_page, config};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Path;
use http::{HeaderMap, Method, Request, StatusCode};
use std::sync::Arc;
use tower::ServiceExt;

const TECHNICIEN: Access = Access::Connecte(&[Profil::Technicien]);

fn registry(config: Arc<WebConfig>) -> Registry<()> {
    let mut r = Registry::new(config);
    crate::routes::declare_public(&mut r).unwrap();
    r.add(
        Route::get("/connexion", Access::Anonyme),
        |f: Frame| async move { f.ok(&CguPage::new(&f)) },
    )
    .unwrap();
    r.add(
        Route::get("/conditions", Access::EnCours),
        |f: Frame| async move { f.ok(&CguPage::new(&f)) },
    )
    .unwrap();
    r.add(Route::get("/demandes", TECHNICIEN), |f: Frame| async move {
        f.ok(&CguPage::new(&f))
    })
    .unwrap();
    let one = Route::get("/demandes/{reference}", TECHNICIEN).objet(Objet::Demande);
    r.add(one, |Path(_): Path<String>| async {
        Err::<(), _>(PageError::not_found())
    })
    .unwrap();
    r.add(
        Route::post("/demandes", Access::Public).body_limit(300),
        receive,
    )
    .unwrap();
    r.add(Route::get("/panne", Access::Public), fail).unwrap();
    r.add(Route::get("/panique", Access::Public), || async {
        panicking()
    })
    .unwrap();
    r
}

async fn receive(form: ReceivedForm) -> Result<String, PageError> {
    let form = form.only(&["nom"], &["pieces"])?;
    Ok(format!(
        "{}|{}",
        form.text("nom"),
        form.list("pieces").join(",")
    ))
}

async fn fail() -> PageError {
    PageError::new(Kind::Unavailable(120)).because(std::io::Error::other("secret cause"))
}

fn panicking() {
    panic!("secret panic");
}

fn app() -> Router {
    registry(config()).into_router().with_state(())
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

async fn send(request: Request<Body>) -> Answer {
    send_to(app(), request).await
}

async fn send_to(app: Router, request: Request<Body>) -> Answer {
    let response = app.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 1 << 20).await.unwrap();
    let body = String::from_utf8_lossy(&bytes).into_owned();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body,
    }
}

async fn get(path: &str) -> Answer {
    send(Request::get(path).body(Body::empty()).unwrap()).await
}

async fn get_as(path: &str, session: &str) -> Answer {
    let cookie = format!("__Host-session={session}");
    send(
        Request::get(path)
            .header("cookie", cookie)
            .body(Body::empty())
            .unwrap(),
    )
    .await
}

/// A post with a good origin, cookie and token; the test spoils one of them.
fn post(body: &str) -> http::request::Builder {
    let _ = body;
    Request::post("/demandes")
        .header("origin", "https://portail.example")
        .header("cookie", "__Host-visite=v1")
        .header("content-type", "application/x-www-form-urlencoded")
}

fn token() -> String {
    config().jetons.issue("v1", "sel")
}

async fn post_form(fields: &str) -> Answer {
    let body = format!("_jeton={}&{fields}", token());
    send(post(&body).body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn every_answer_has_the_exact_security_headers() {
    let css = crate::assets::url("espace.css");
    for path in [
        "/aide",
        "/inconnu",
        "/panne",
        "/panique",
        "/a%00b",
        css.as_str(),
    ] {
        let headers = get(path).await.headers;
        let value = |name: &str| headers.get(name).map(|v| v.to_str().unwrap()).unwrap_or("");
        assert_eq!(value("content-security-policy"), CSP, "{path}");
        assert_eq!(value("strict-transport-security"), "max-age=31536000");
        assert_eq!(value("referrer-policy"), "same-origin");
        assert_eq!(value("x-content-type-options"), "nosniff");
        assert_eq!(value("cross-origin-opener-policy"), "same-origin");
        assert_eq!(value("cross-origin-resource-policy"), "same-origin");
        assert_eq!(value("x-request-id"), "req-1");
        let cached = path == css;
        let expected = if cached {
            "public, max-age=31536000, immutable"
        } else {
            "no-store"
        };
        assert_eq!(value("cache-control"), expected, "{path}");
    }
    assert_eq!(
        CSP,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    );
}

#[tokio::test]
async fn every_public_page_is_whole_and_every_error_is_a_page() {
    let registry = registry(config());
    let paths = registry
        .routes()
        .iter()
        .filter(|r| r.access == Access::Public && r.method == Method::GET);
    for path in paths.map(|r| r.path).chain(["/inconnu", "/a%00b"]) {
        let answer = get(path).await;
        assert_page(&answer.body);
        assert!(!answer.body.contains("secret"), "{path}");
    }
}

#[tokio::test]
async fn failures_keep_their_status_and_their_cause_to_themselves() {
    let down = get("/panne").await;
    assert_eq!(
        (down.status, down.headers["retry-after"].to_str().unwrap()),
        (StatusCode::SERVICE_UNAVAILABLE, "120")
    );
    assert!(down.body.contains("EP-503") && down.body.contains("req-1"));
    assert_eq!(
        get("/panique").await.status,
        StatusCode::INTERNAL_SERVER_ERROR
    );
    assert_eq!(get("/a%00b").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_unknown_address_and_an_unknown_object_are_the_same_page() {
    let object = get_as("/demandes/26-ABCD", "technicien").await;
    let address = get_as("/n-existe-pas", "technicien").await;
    assert_eq!(
        (object.status, address.status),
        (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND)
    );
    assert_eq!(object.body, address.body);
    assert_eq!(object.headers, address.headers);
}

#[tokio::test]
async fn an_error_names_the_contact_of_the_caisse_to_those_signed_in() {
    assert!(
        get_as("/panne", "technicien")
            .await
            .body
            .contains("partenaires@cpam-var.example")
    );
    assert!(
        !get("/panne")
            .await
            .body
            .contains("partenaires@cpam-var.example")
    );
}

#[tokio::test]
async fn another_method_gets_the_405_page_with_the_allowed_ones() {
    let answer = send(Request::delete("/demandes").body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.headers["allow"], "GET,POST,HEAD");
    assert_page(&answer.body);
}

#[tokio::test]
async fn a_form_needs_our_origin() {
    for origin in [
        None,
        Some("null"),
        Some("https://ailleurs.example"),
        Some("https://portail.example.evil"),
    ] {
        let body = format!("_jeton={}&nom=Martin", token());
        let mut request = post(&body);
        let headers = request.headers_mut().unwrap();
        headers.remove("origin");
        if let Some(origin) = origin {
            headers.insert("origin", origin.parse().unwrap());
        }
        let answer = send(request.body(Body::from(body)).unwrap()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{origin:?}");
        assert!(answer.body.contains("EP-403-ORIGINE"));
    }
    let body = format!("_jeton={}", token());
    let cross = post(&body)
        .header("sec-fetch-site", "same-site")
        .body(Body::from(body))
        .unwrap();
    assert_eq!(send(cross).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_form_needs_the_token_of_its_cookie() {
    assert_eq!(post_form("nom=Martin").await.body, "Martin|");
    let foreign = config().jetons.issue("v2", "sel");
    for body in [
        "nom=Martin".to_owned(),
        "_jeton=&nom=x".into(),
        format!("_jeton={foreign}"),
    ] {
        let answer = send(post(&body).body(Body::from(body)).unwrap()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.body.contains("EP-403-JETON"));
    }
    let body = format!("_jeton={}", token());
    let mut bare = post(&body);
    bare.headers_mut().unwrap().remove("cookie");
    assert_eq!(
        send(bare.body(Body::from(body)).unwrap()).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn the_token_of_a_page_is_accepted_from_its_own_cookie() {
    let answer = get_as("/demandes", "technicien").await;
    let token = answer
        .body
        .split("name=\"_jeton\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let mut request = post("");
    request
        .headers_mut()
        .unwrap()
        .insert("cookie", "__Host-session=technicien".parse().unwrap());
    let sent = send(
        request
            .body(Body::from(format!("_jeton={token}&nom=x")))
            .unwrap(),
    )
    .await;
    assert_eq!(sent.status, StatusCode::OK);
}

#[tokio::test]
async fn unknown_fields_and_single_fields_sent_twice_are_refused() {
    assert_eq!(post_form("nom=A&pieces=1&pieces=2").await.body, "A|1,2");
    for fields in ["nom=A&nir=1", "nom=A&nom=B", "role=admin"] {
        let answer = post_form(fields).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{fields}");
        assert!(answer.body.contains("EP-400-CHAMP"));
    }
}

#[tokio::test]
async fn a_body_is_limited_and_must_be_a_clean_form() {
    assert_eq!(
        post_form(&"nom=aaaaaaaaaa&".repeat(40)).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    for fields in ["nom=%00", "nom=%", "nom=%zz", "nom=%ff"] {
        assert_eq!(
            post_form(fields).await.status,
            StatusCode::BAD_REQUEST,
            "{fields}"
        );
    }
    let body = "{}";
    let mut request = post(body);
    request
        .headers_mut()
        .unwrap()
        .insert("content-type", "application/json".parse().unwrap());
    assert_eq!(
        send(request.body(Body::from(body)).unwrap()).await.status,
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
}

#[tokio::test]
async fn each_access_class_lets_in_whom_it_says() {
    let go = async |path: &str, session: &str| {
        let answer = get_as(path, session).await;
        let to = answer
            .headers
            .get("location")
            .map(|v| v.to_str().unwrap().to_owned())
            .unwrap_or_default();
        (answer.status.as_u16(), to)
    };
    assert_eq!(go("/demandes", "technicien").await, (200, String::new()));
    assert_eq!(go("/demandes", "agent").await, (403, String::new()));
    assert_eq!(
        go("/demandes?etat=cloturee", "inconnue").await,
        (
            303,
            "/connexion?retour=%2Fdemandes%3Fetat%3Dcloturee".into()
        )
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
    let cookie = get("/aide").await.headers["set-cookie"]
        .to_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        cookie,
        "__Host-visite=visite-1; Path=/; Secure; HttpOnly; SameSite=Lax"
    );
    assert!(
        !get(&crate::assets::url("espace.js"))
            .await
            .headers
            .contains_key("set-cookie")
    );
    assert!(
        !get_as("/aide", "technicien")
            .await
            .headers
            .contains_key("set-cookie")
    );
}

#[tokio::test]
async fn every_page_of_a_demonstration_says_so() {
    let mut demo = (*config()).clone();
    demo.demo = Some("données fictives".into());
    let demo = Arc::new(demo);
    for path in ["/aide", "/inconnu", "/panne"] {
        let app = registry(demo.clone()).into_router().with_state(());
        let answer = send_to(app, Request::get(path).body(Body::empty()).unwrap()).await;
        assert!(
            answer
                .body
                .contains("<strong>Démonstration :</strong> données fictives"),
            "{path}"
        );
        assert!(!get(path).await.body.contains("Démonstration"));
    }
}

#[tokio::test]
async fn the_header_says_who_is_signed_in_and_under_which_profil() {
    let body = get_as("/aide", "agent").await.body;
    assert!(body.contains("Camille Exemple</span>, agent<span"));
    assert!(body.contains("data-ep-session=\"1800\""));
    assert!(!get("/aide").await.body.contains("deconnexion"));
}

#[tokio::test]
async fn a_route_declared_badly_is_refused() {
    let mut r = registry(config());
    let mut add = |route: Route| r.add(route, || async {}).unwrap_err();
    assert_eq!(
        add(Route::get("/demandes", Access::Public)),
        RegistryError::Duplicate(Method::GET, "/demandes")
    );
    let other = Route::post("/demandes/{id}", TECHNICIEN).objet(Objet::Demande);
    assert_eq!(
        add(other),
        RegistryError::Ambiguous("/demandes/{reference}", "/demandes/{id}")
    );
    assert_eq!(
        add(Route::get("/x/{id}", TECHNICIEN)),
        RegistryError::Object(Method::GET, "/x/{id}")
    );
    assert_eq!(
        add(Route::get("/x", TECHNICIEN).objet(Objet::Compte)),
        RegistryError::Object(Method::GET, "/x")
    );
    assert_eq!(
        add(Route::get("/x", Access::Connecte(&[]))),
        RegistryError::Nobody(Method::GET, "/x")
    );
    let mut trace = Route::get("/x", Access::Public);
    trace.method = Method::TRACE;
    assert_eq!(add(trace), RegistryError::Method(Method::TRACE, "/x"));
}

#[tokio::test]
async fn the_first_load_weighs_less_than_40_kilobytes() {
    let mut total = 0;
    for path in [
        "/cgu".to_owned(),
        crate::assets::url("espace.css"),
        crate::assets::url("espace.js"),
        crate::assets::url("favicon.svg"),
    ] {
        let request = Request::get(path)
            .header("accept-encoding", "gzip")
            .body(Body::empty())
            .unwrap();
        let response = app().oneshot(request).await.unwrap();
        assert_eq!(response.headers()["content-encoding"], "gzip");
        total += to_bytes(response.into_body(), 1 << 20).await.unwrap().len();
    }
    assert!(total <= 40_000, "{total}");
}
