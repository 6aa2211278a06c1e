//! A browser without a screen: keeps cookies and form tokens, follows nothing by itself.

use axum::Router;
use axum::body::{Body, to_bytes};
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use http::{HeaderMap, Method, Request, StatusCode};
use scraper::{Html, Selector};
use std::collections::BTreeMap;
use tower::ServiceExt;
use web::extract::Adresse;

/// Origin of the portal in tests; its settings must accept it.
pub const ORIGINE: &str = "https://portail.example";
/// Greatest answer read, in bytes.
const LIMIT: usize = 20 * 1024 * 1024;

/// One visitor of a router.
#[derive(Clone)]
pub struct Client {
    router: Router,
    cookies: BTreeMap<String, String>,
    jeton: Option<String>,
    adresse: Option<String>,
}

impl Client {
    /// A visitor without cookies.
    #[must_use]
    pub fn new(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new(), jeton: None, adresse: None }
    }

    /// Comes from this network address.
    #[must_use]
    pub fn from(mut self, adresse: &str) -> Self {
        self.adresse = Some(adresse.to_owned());
        self
    }

    /// The value of a cookie kept.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Keeps a cookie, as if it had been set.
    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
        self.jeton = None;
    }

    /// Asks for a page.
    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Method::GET, path, HeaderMap::new(), None).await
    }

    /// Sends a form with the origin and, unless given, the token of the last page read; where there is none, of the
    /// page at that address.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.post_with(path, fields, HeaderMap::new()).await
    }

    /// As [`Self::post`], asking for JSON.
    pub async fn post_json(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.post_with(path, fields, HeaderMap::from_iter([(ACCEPT, "application/json".parse().unwrap())])).await
    }

    /// As [`Self::post`], with more headers.
    pub async fn post_with(&mut self, path: &str, fields: &[(&str, &str)], headers: HeaderMap) -> Page {
        let given = fields.iter().any(|(name, _)| *name == "_jeton");
        if !given && self.jeton.is_none() {
            self.get(path).await;
        }
        let mut body = form_urlencoded::Serializer::new(String::new());
        if let Some(jeton) = self.jeton.as_deref().filter(|_| !given) {
            body.append_pair("_jeton", jeton);
        }
        let body = body.extend_pairs(fields).finish();
        self.send(Method::POST, path, headers, Some(body)).await
    }

    /// Sends these fields and headers, with no token but theirs.
    pub async fn post_bare(&mut self, path: &str, fields: &[(&str, &str)], headers: HeaderMap) -> Page {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(Method::POST, path, headers, Some(body)).await
    }

    /// Sends a form with files as a browser does: the token of the last page read first, then the fields, then the files
    /// under the name `pieces`; where there is no file, the empty part of a field left empty.
    pub async fn post_files(&mut self, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Page {
        if self.jeton.is_none() {
            self.get(path).await;
        }
        let mut body = part("_jeton", None, self.jeton.as_deref().unwrap_or_default().as_bytes());
        for (name, value) in fields {
            body.extend(part(name, None, value.as_bytes()));
        }
        let none: &[(&str, &[u8])] = &[("", b"")];
        for (nom, octets) in if files.is_empty() { none } else { files } {
            body.extend(part("pieces", Some(nom), octets));
        }
        self.post_parts(path, body).await
    }

    /// Sends parts made by [`part`], with nothing added but the end.
    pub async fn post_parts(&mut self, path: &str, mut parts: Vec<u8>) -> Page {
        parts.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send_body(Method::POST, path, HeaderMap::new(), Some((kind, parts))).await
    }

    async fn send(&mut self, method: Method, path: &str, headers: HeaderMap, form: Option<String>) -> Page {
        let form = form.map(|text| ("application/x-www-form-urlencoded".to_owned(), text.into_bytes()));
        self.send_body(method, path, headers, form).await
    }

    async fn send_body(
        &mut self,
        method: Method,
        path: &str,
        headers: HeaderMap,
        form: Option<(String, Vec<u8>)>,
    ) -> Page {
        let mut request = Request::builder().method(method).uri(path);
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies.join("; "));
        }
        for (name, value) in &headers {
            request = request.header(name, value);
        }
        if let Some((kind, _)) = &form {
            request = request.header(ORIGIN, ORIGINE).header(CONTENT_TYPE, kind);
        }
        let body = form.map(|(_, body)| body).unwrap_or_default();
        let mut request = request.body(Body::from(body)).expect("request");
        if let Some(adresse) = &self.adresse {
            request.extensions_mut().insert(Adresse(adresse.clone()));
        }
        let response = self.router.clone().oneshot(request).await.expect("the router never fails");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, LIMIT).await.expect("body");
        let page =
            Page { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() };
        self.keep(&page);
        page
    }

    fn keep(&mut self, page: &Page) {
        for cookie in page.headers.get_all(SET_COOKIE) {
            let text = cookie.to_str().expect("cookie");
            let (name, value) = text.split(';').next().and_then(|pair| pair.split_once('=')).expect("cookie");
            assert!(text.contains("Secure") && text.contains("HttpOnly"), "open cookie: {name}");
            if text.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
            self.jeton = None;
        }
        self.jeton = page.attr("input[name=_jeton]", "value").or(self.jeton.take());
    }
}

/// What parts the parts of a form with files.
const BOUNDARY: &str = "----limite-d-essai";

/// One part of a form with files: a field, or a file when it has a name.
#[must_use]
pub fn part(name: &str, file: Option<&str>, octets: &[u8]) -> Vec<u8> {
    let file =
        file.map(|f| format!("; filename=\"{f}\"\r\nContent-Type: application/octet-stream")).unwrap_or_default();
    let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
    [head.as_bytes(), octets, b"\r\n"].concat()
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Page {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: String,
}

impl Page {
    /// A header, or an empty text.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Where the answer sends to; an empty text when it sends nowhere.
    #[must_use]
    pub fn location(&self) -> &str {
        self.header(LOCATION.as_str())
    }

    /// The heading.
    #[must_use]
    pub fn h1(&self) -> String {
        self.text("h1")
    }

    /// The title.
    #[must_use]
    pub fn title(&self) -> String {
        self.text("title")
    }

    /// What the page says, without header and footer.
    #[must_use]
    pub fn main_text(&self) -> String {
        self.text("main")
    }

    /// The text of the first element, its spaces made one; empty without any.
    #[must_use]
    pub fn text(&self, css: &str) -> String {
        self.texts(css).into_iter().next().unwrap_or_default()
    }

    /// The text of every element.
    #[must_use]
    pub fn texts(&self, css: &str) -> Vec<String> {
        let text =
            |e: scraper::ElementRef<'_>| e.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
        self.document().select(&selector(css)).map(text).collect()
    }

    /// An attribute of the first element that has it.
    #[must_use]
    pub fn attr(&self, css: &str, name: &str) -> Option<String> {
        self.document().select(&selector(css)).find_map(|e| e.value().attr(name).map(str::to_owned))
    }

    fn document(&self) -> Html {
        Html::parse_document(&self.body)
    }
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).expect("selector")
}
