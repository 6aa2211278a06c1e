//! A demande through the router, from form to closing, on a real database: what a browser sends and what it gets.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use app::Requete;
use axum::Router;
use axum::body::{Body, to_bytes};
use domain::compte::Profil;
use http::{Extensions, Request, StatusCode};
use std::collections::BTreeMap;
use std::sync::Arc;
use testkit::contexte::Essai;
use testkit::monde::Monde;
use tower::ServiceExt;
use web::config::{Operator, WebConfig};
use web::frame::{OpenedSession, Sessions, SignedIn};
use web::jeton::Jetons;
use web::pages::navigation;
use web::registry::Registry;
use web::state::WebState;

const QUI: [(&str, Profil); 5] = [
    ("82.technicien", Profil::Technicien),
    ("83.technicien", Profil::Technicien),
    ("82.agent", Profil::Agent),
    ("82.agent2", Profil::Agent),
    ("82.dpo", Profil::Dpo),
];

/// A cookie's value is the name of its persona.
struct Personas(BTreeMap<&'static str, Requete>);

impl Sessions for Personas {
    fn open<'a>(&'a self, token: &'a str, extensions: &'a mut Extensions) -> OpenedSession<'a> {
        let found = QUI.iter().find(|(nom, _)| *nom == token);
        let signed = found.map(|(nom, profil)| {
            extensions.insert(self.0[nom].clone());
            SignedIn {
                nom: "Camille Exemple".into(),
                profil: *profil,
                structure: "Structure".into(),
                session_seconds: 1_800,
                navigation: navigation(*profil, true),
                contact: None,
                step: None,
            }
        });
        Box::pin(async move { Ok(signed) })
    }
}

struct Site {
    router: Router,
    jetons: Jetons,
    _base: testkit::base::TestBase,
}

struct Answer {
    status: StatusCode,
    location: String,
    body: String,
}

impl Site {
    async fn open() -> Self {
        let (base, monde) = Monde::base().await;
        let essai = Essai::new(base.store().await, 5);
        let mut requetes = BTreeMap::new();
        for (nom, _) in QUI {
            requetes.insert(nom, monde.signin(&essai, nom).await);
        }
        let jetons = Jetons::new([3; 32]);
        let config = Arc::new(WebConfig {
            product: "Espace Partenaires".into(),
            affiliation: "Essai".into(),
            demo: None,
            origins: vec!["https://portail.example".into()],
            jetons: jetons.clone(),
            request_ids: Arc::new(|| "req".into()),
            visits: Arc::new(|| "visite".into()),
            sessions: Arc::new(Personas(requetes)),
            operator: Operator::default(),
            announcements: Vec::new(),
        });
        let mut registry = Registry::new(config);
        web::routes::declare_demandes(&mut registry).unwrap();
        Self { router: registry.into_router().with_state(WebState::new(essai.ctx)), jetons, _base: base }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let location = parts.headers.get("location").map(|l| l.to_str().unwrap().to_owned()).unwrap_or_default();
        let body = String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap();
        Answer { status: parts.status, location, body }
    }

    async fn get(&self, qui: &str, path: &str) -> Answer {
        let cookie = format!("__Host-session={qui}");
        self.send(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, qui: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.append_pair("_jeton", &self.jetons.issue(qui, "sel")).extend_pairs(fields);
        let request = Request::post(path)
            .header("cookie", format!("__Host-session={qui}"))
            .header("origin", "https://portail.example")
            .header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.finish())).unwrap()).await
    }

    /// Files through form and check page; gives form fields, draft and reference.
    async fn file(&self) -> (String, String) {
        let form = self.get("82.technicien", "/demandes/nouvelle/document").await;
        assert_eq!(form.status, StatusCode::OK, "{}", form.body);
        let draft = hidden(&form.body, "brouillon");
        let mut fields = FIELDS.to_vec();
        fields.push(("brouillon", &draft));
        let checked = self.post("82.technicien", "/demandes/nouvelle/document", &fields).await;
        assert_eq!((checked.status.as_u16(), checked.location), (303, format!("/brouillons/{draft}")));
        let check = self.get("82.technicien", &format!("/brouillons/{draft}")).await;
        assert!(check.body.contains("Madame Rosalie Exemple"));
        let sent = self.post("82.technicien", &format!("/brouillons/{draft}/envoyer"), &[]).await;
        assert_eq!(sent.status.as_u16(), 303);
        let reference = sent.location.split('/').nth(2).unwrap().to_owned();
        (draft, reference)
    }
}

const FIELDS: [(&str, &str); 8] = [
    ("civilite", "madame"),
    ("nom", "Exemple"),
    ("prenom", "Rosalie"),
    ("naissance_annee", "1985"),
    ("departement", "82"),
    ("documents", "attestation_droits"),
    ("information", "entretien"),
    ("precisions", "Première ligne"),
];

fn hidden(html: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    html.split(&start).nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_demande_goes_from_form_to_closing() {
    let site = Site::open().await;
    let (draft, reference) = site.file().await;
    let again = site.post("82.technicien", &format!("/brouillons/{draft}/envoyer"), &[]).await;
    assert_eq!(again.location, format!("/demandes/{reference}/accuse"), "the same draft files once");
    let path = format!("/demandes/{reference}");
    let receipt = site.get("82.technicien", &format!("{path}/accuse")).await;
    assert!(receipt.body.contains("Accusé de réception") && !receipt.body.contains("Rosalie"));
    assert!(site.get("82.technicien", "/demandes").await.body.contains(&reference));
    assert!(site.get("82.agent", "/file").await.body.contains(&reference));
    let taken = site.post("82.agent", "/file/suivante", &[]).await;
    assert_eq!(taken.location, format!("{path}?fait=prise"));
    let fiche = site.get("82.agent", &taken.location).await;
    let version = hidden(&fiche.body, "version");
    let closing = [("version", version.as_str()), ("issue", "satisfaite"), ("reponse_finale", "Voici.")];
    let closed = site.post("82.agent", &format!("{path}/cloturer"), &closing).await;
    assert_eq!(closed.location, format!("/file?cloturee={reference}"));
    assert!(site.get("82.agent", &closed.location).await.body.contains("clôturée"));
    let seen = site.get("82.technicien", &path).await;
    assert!(seen.body.contains("Voici.") && seen.body.contains("Demande satisfaite"));
    assert_eq!(site.post("82.agent", "/file/suivante", &[]).await.location, "/file?vide=1");
}

#[tokio::test]
async fn a_nir_is_refused_and_never_given_back_and_the_rest_is_kept() {
    let site = Site::open().await;
    let form = site.get("82.technicien", "/demandes/nouvelle/document").await;
    let draft = hidden(&form.body, "brouillon");
    let mut fields: Vec<_> = FIELDS.into_iter().filter(|(name, _)| *name != "precisions").collect();
    fields.extend([("brouillon", draft.as_str()), ("precisions", "Bonjour 2 85 05 82 899 123 70 merci")]);
    let refused = site.post("82.technicien", "/demandes/nouvelle/document", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("#precisions") && refused.body.contains("Bonjour") && !refused.body.contains("899 123")
    );
    let kept = site.get("82.technicien", &format!("/demandes/nouvelle/document?brouillon={draft}")).await;
    assert!(kept.body.contains("Bonjour") && !kept.body.contains("899 123"));
    let home = site.get("82.technicien", "/").await;
    assert!(home.body.contains("Demander un document\u{a0}: Rosalie Exemple"));
    let unknown = site.post("82.technicien", "/demandes/nouvelle/document", &[("nir", "1")]).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_slower_of_two_sees_both_versions_and_goes_on() {
    let site = Site::open().await;
    let (_, reference) = site.file().await;
    let path = format!("/demandes/{reference}");
    let version = hidden(&site.get("82.technicien", &path).await.body, "version");
    site.post("82.agent", "/file/suivante", &[]).await;
    let written = [("version", version.as_str()), ("texte", "Mon message")];
    let late = site.post("82.technicien", &format!("{path}/messages"), &written).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("Mon message") && late.body.contains("Prise en charge"));
    let version = hidden(&late.body, "version");
    let written = [("version", version.as_str()), ("texte", "Mon message")];
    let sent = site.post("82.technicien", &format!("{path}/messages"), &written).await;
    assert_eq!(sent.location, format!("{path}?fait=message"));
    let cancel = site.get("82.technicien", &format!("{path}/annuler")).await;
    assert_eq!(cancel.status, StatusCode::CONFLICT);
    let version = hidden(&site.get("82.agent", &path).await.body, "version");
    let colleague = site.post("82.agent2", &format!("{path}/messages"), &[("version", &version), ("texte", "x")]).await;
    assert_eq!(colleague.status, StatusCode::CONFLICT);
    assert!(colleague.body.contains("prise en charge par une autre personne"));
}

#[tokio::test]
async fn a_draft_sent_from_another_window_is_not_written_again() {
    let site = Site::open().await;
    let (draft, _) = site.file().await;
    let mut fields = FIELDS.to_vec();
    fields.push(("brouillon", &draft));
    let late = site.post("82.technicien", "/demandes/nouvelle/document", &fields).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("value=\"Exemple\"") && hidden(&late.body, "brouillon") != draft);
}

#[tokio::test]
async fn a_foreign_demande_is_the_same_page_as_an_unknown_one() {
    let site = Site::open().await;
    let (_, reference) = site.file().await;
    let unknown = domain::demande::reference::Reference::from_random([9; 8]).to_string();
    for page in ["", "/accuse", "/annuler"] {
        let foreign = site.get("83.technicien", &format!("/demandes/{reference}{page}")).await;
        let absent = site.get("83.technicien", &format!("/demandes/{unknown}{page}")).await;
        assert_eq!((foreign.status, &foreign.body), (StatusCode::NOT_FOUND, &absent.body), "{page}");
    }
    for (act, fields) in [("messages", vec![("version", "1"), ("texte", "x")]), ("annuler", vec![("version", "1")])] {
        let foreign = site.post("83.technicien", &format!("/demandes/{reference}/{act}"), &fields).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND, "{act}");
    }
    assert_eq!(site.get("82.dpo", &format!("/demandes/{reference}")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.get("82.dpo", "/").await.status, StatusCode::OK);
}
