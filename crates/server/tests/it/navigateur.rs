//! A browser without a screen over a real socket: keeps cookies and form tokens, follows nothing by itself.

use std::collections::BTreeMap;
use std::time::Duration;

use app::compte::code_at;
use chrono::{DateTime, Utc};
use demo::CompteDemo;
use reqwest::header::{COOKIE, ORIGIN, SET_COOKIE};
use reqwest::{Client, RequestBuilder, redirect};
use testkit::Page;

/// The form for a document.
pub const FORM: &str = "/demandes/nouvelle/document";

/// One visitor of a running server.
pub struct Navigateur {
    http: Client,
    url: String,
    cookies: BTreeMap<String, String>,
    jeton: Option<String>,
}

impl Navigateur {
    /// A visitor without cookies of the server at `http://localhost:PORT`.
    pub fn new(port: u16) -> Self {
        // The object store has reqwest built with TLS; it wants its provider chosen, also for loopback. Chosen already: fine.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder().no_proxy().redirect(redirect::Policy::none()).timeout(Duration::from_secs(30));
        let http = http.build().unwrap();
        Self { http, url: format!("http://localhost:{port}"), cookies: BTreeMap::new(), jeton: None }
    }

    /// Asks for a page; the error of a server that is not there, or went away before its answer.
    pub async fn try_get(&mut self, path: &str) -> Result<Page, reqwest::Error> {
        let request = self.http.get(format!("{}{path}", self.url));
        self.send(request).await
    }

    /// As [`Self::try_get`], of a server that answers.
    pub async fn get(&mut self, path: &str) -> Page {
        self.try_get(path).await.unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    /// Sends a form with the origin and the token of the last page.
    pub async fn try_post(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Page, reqwest::Error> {
        let jeton = self.jeton.clone().unwrap_or_default();
        let all: Vec<(&str, &str)> = fields.iter().copied().chain([("_jeton", jeton.as_str())]).collect();
        let request = self.http.post(format!("{}{path}", self.url)).header(ORIGIN, &self.url).form(&all);
        self.send(request).await
    }

    /// As [`Self::try_post`], of a server that answers.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.try_post(path, fields).await.unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    async fn send(&mut self, request: RequestBuilder) -> Result<Page, reqwest::Error> {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = request.header(COOKIE, cookies.join("; ")).send().await?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let page = Page { status, headers, body: answer.text().await? };
        for cookie in page.headers.get_all(SET_COOKIE) {
            let text = cookie.to_str().unwrap();
            let (name, value) = text.split(';').next().and_then(|pair| pair.split_once('=')).unwrap();
            if text.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        self.jeton = page.attr("input[name=_jeton]", "value").or(self.jeton.take());
        Ok(page)
    }

    /// Signs in by password and second factor, at an hour of the server's clock.
    pub async fn signs_in(&mut self, compte: &CompteDemo, now: DateTime<Utc>) {
        self.get("/connexion").await;
        let saisi = [("identifiant", compte.login.as_str()), ("mot_de_passe", &compte.password), ("retour", "/")];
        let page = self.post("/connexion", &saisi).await;
        assert!(page.location().starts_with("/connexion/code"), "{}: {} {}", compte.login, page.status, page.h1());
        self.get("/connexion/code").await;
        let code = code_at(&compte.totp_secret, now).unwrap();
        let page = self.post("/connexion/code", &[("code", &code), ("retour", "/")]).await;
        assert_eq!(page.location(), "/", "{}: {} {}", compte.login, page.status, page.main_text());
        self.get("/").await;
    }
}

/// A complete form for a document, for somebody of this nom.
pub fn champs<'a>(brouillon: &'a str, departement: &'a str, nom: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("brouillon", brouillon),
        ("civilite", "madame"),
        ("nom", nom),
        ("prenom", "Hortensiane"),
        ("naissance_jour", "9"),
        ("naissance_mois", "11"),
        ("naissance_annee", "1972"),
        ("departement", departement),
        ("documents", "attestation_droits"),
        ("information", "entretien"),
        ("precisions", "Carte perdue lors du déménagement."),
    ]
}
