//! Headers, errors as pages, and what surrounds every page.

use super::*;

#[tokio::test]
async fn every_answer_has_the_exact_security_headers() {
    let css = crate::assets::url("espace.css");
    for path in ["/aide", "/inconnu", "/panne", "/panique", "/a%00b", css.as_str()] {
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
        let expected = if cached { "public, max-age=31536000, immutable" } else { "no-store" };
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
    let paths = registry.routes().iter().filter(|r| r.access == Access::Public && r.method == Method::GET);
    for path in paths.map(|r| r.path).chain(["/inconnu", "/a%00b"]) {
        if path == "/fichier" {
            continue;
        }
        let answer = get(path).await;
        assert_page(&answer.body);
        assert!(!answer.body.contains("secret"), "{path}");
    }
}

#[tokio::test]
async fn failures_keep_their_status_and_their_cause_to_themselves() {
    let down = get("/panne").await;
    assert_eq!((down.status, down.headers["retry-after"].to_str().unwrap()), (StatusCode::SERVICE_UNAVAILABLE, "120"));
    assert!(down.body.contains("EP-503") && down.body.contains("req-1"));
    assert_eq!(get("/panique").await.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(get("/a%00b").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_unknown_address_and_an_unknown_object_are_the_same_page() {
    let object = get_as("/demandes/26-ABCD", "technicien").await;
    let address = get_as("/n-existe-pas", "technicien").await;
    assert_eq!((object.status, address.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert_eq!(object.body, address.body);
    assert_eq!(object.headers, address.headers);
}

#[tokio::test]
async fn an_error_names_the_contact_of_the_caisse_to_those_signed_in() {
    assert!(get_as("/panne", "technicien").await.body.contains("partenaires@cpam-var.example"));
    assert!(!get("/panne").await.body.contains("partenaires@cpam-var.example"));
}

#[tokio::test]
async fn every_page_of_a_demonstration_says_so() {
    let mut demo = (*config()).clone();
    demo.demo = Some("données fictives".into());
    let demo = Arc::new(demo);
    for path in ["/aide", "/inconnu", "/panne"] {
        let app = registry(demo.clone()).into_router().with_state(());
        let answer = send_to(app, Request::get(path).body(Body::empty()).unwrap()).await;
        assert!(answer.body.contains("<strong>Démonstration\u{a0}:</strong> données fictives"), "{path}");
        assert!(!get(path).await.body.contains("Démonstration"));
    }
}

#[tokio::test]
async fn the_header_says_who_is_signed_in_and_under_which_profil() {
    let body = get_as("/aide", "agent").await.body;
    assert!(body.contains("Camille Exemple</span>, Agent<span"));
    assert!(body.contains("data-ep-session=\"1800\""));
    assert!(!get("/aide").await.body.contains("deconnexion"));
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
        let request = Request::get(path).header("accept-encoding", "gzip").body(Body::empty()).unwrap();
        let response = app().oneshot(request).await.unwrap();
        assert_eq!(response.headers()["content-encoding"], "gzip");
        total += to_bytes(response.into_body(), 1 << 20).await.unwrap().len();
    }
    assert!(total <= 40_000, "{total}");
}

#[tokio::test]
async fn an_answer_may_have_a_stricter_policy_of_its_own() {
    let answer = get("/fichier").await;
    assert_eq!(answer.headers["content-security-policy"], "sandbox");
    assert_eq!(answer.headers["cache-control"], "no-store");
}

std::thread_local! {
    /// What was logged by this test's thread.
    static LOGGED: std::cell::RefCell<Vec<u8>> = const { std::cell::RefCell::new(Vec::new()) };
}

struct Logged;

impl std::io::Write for Logged {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOGGED.with_borrow_mut(|log| log.extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_has_one_line_with_the_cause_and_never_the_address() {
    // Global, because a call site met first by a thread without a subscriber stays silent.
    tracing_subscriber::fmt().with_ansi(false).with_writer(|| Logged).init();
    tracing::callsite::rebuild_interest_cache();
    get_as("/demandes/26-SECRET?nom=martin", "technicien").await;
    get("/panne").await;
    let text = LOGGED.with_borrow(|log| String::from_utf8(log.clone()).unwrap());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(lines[0].contains("route=\"/demandes/{reference}\""), "{text}");
    assert!(lines[0].contains("code=\"EP-404\""), "{text}");
    assert!(lines[1].contains("cause=\"secret cause\"") && lines[1].contains("req-1"), "{text}");
    for word in ["SECRET", "martin", "technicien"] {
        assert!(!text.contains(word), "{text}");
    }
}
