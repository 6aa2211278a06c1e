//! Drafts that the page saves by itself (DE-12).

use domain::demande::Sorte;
use http::{HeaderMap, StatusCode};
use testkit::{Client, Page, TestApp};

const FORM: &str = "/demandes/nouvelle/document";
const SAVE: &str = "/demandes/nouvelle/document/brouillon";

/// A window on a form: the draft and what the form was made from.
struct Fenetre {
    id: String,
    version: String,
}

impl Fenetre {
    async fn open(client: &mut Client, path: &str) -> Self {
        let page = client.get(path).await;
        let field = |css: &str| page.attr(css, "value").unwrap_or_default();
        assert!(page.attr("main form [data-ep-brouillon][role=status]", "class").is_some(), "{path}");
        Self { id: field("input[name=brouillon]"), version: field("input[name=version]") }
    }

    async fn save(&self, client: &mut Client, path: &str, texte: &str) -> Page {
        client.post(path, &[("brouillon", &self.id), ("version", &self.version), ("precisions", texte)]).await
    }
}

async fn typed(client: &mut Client, id: &str) -> String {
    client.get(&format!("{FORM}?brouillon={id}")).await.text("#precisions")
}

#[tokio::test]
async fn each_form_keeps_an_incomplete_draft_that_the_home_shows_and_the_form_goes_on_with() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed("83.technicien").await;
    for sorte in Sorte::TOUTES {
        let form = format!("/demandes/nouvelle/{}", sorte.code().replace('_', "-"));
        let fenetre = Fenetre::open(&mut technicien, &form).await;
        let fields = [("brouillon", fenetre.id.as_str()), ("version", fenetre.version.as_str()), ("nom", "Exemple")];
        let saved = technicien.post(&format!("{form}/brouillon"), &fields).await;
        assert_eq!(saved.status, StatusCode::OK, "{sorte:?}: {}", saved.body);
        assert!(saved.body.contains("\"le\":\"20"), "{}", saved.body);
        let again = technicien.get(&format!("{form}?brouillon={}", fenetre.id)).await;
        assert_eq!(again.attr("#nom", "value").as_deref(), Some("Exemple"), "{sorte:?}");
    }
    let drafts = technicien.get("/").await.texts("main .ep-carte h3");
    assert_eq!(drafts.iter().filter(|titre| titre.contains("Exemple")).count(), Sorte::TOUTES.len(), "{drafts:?}");
}

#[tokio::test]
async fn the_second_page_of_the_report_is_kept_beside_the_first() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed("83.technicien").await;
    let form = "/demandes/nouvelle/difficulte";
    let first = Fenetre::open(&mut technicien, form).await;
    let fields = [("brouillon", first.id.as_str()), ("version", first.version.as_str()), ("nom", "Exemple")];
    technicien.post(&format!("{form}/brouillon"), &fields).await;
    let path = format!("/brouillons/{}/situation", first.id);
    let second = Fenetre::open(&mut technicien, &path).await;
    let fields = [("version", second.version.as_str()), ("precisions", "Sans logement.")];
    let saved = technicien.post(&format!("{path}/brouillon"), &fields).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    let fields = [("brouillon", first.id.as_str()), ("version", first.version.as_str())];
    let stale = technicien.post(&format!("{form}/brouillon"), &fields).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "the first page is older than the second");
    assert_eq!(technicien.get(&path).await.text("#precisions"), "Sans logement.");
    let nom = technicien.get(&format!("{form}?brouillon={}", first.id)).await.attr("#nom", "value");
    assert_eq!(nom.as_deref(), Some("Exemple"));
}

#[tokio::test]
async fn a_stale_window_is_told_in_words_and_continues_as_a_draft_of_its_own() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed("83.technicien").await;
    let first = Fenetre::open(&mut technicien, FORM).await;
    assert_eq!(first.save(&mut technicien, SAVE, "Un").await.status, StatusCode::OK);
    let path = format!("{FORM}?brouillon={}", first.id);
    let second = Fenetre::open(&mut technicien, &path).await;
    assert_eq!(second.save(&mut technicien, SAVE, "Deux").await.status, StatusCode::OK);
    let stale = first.save(&mut technicien, SAVE, "Vieux").await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains("dans une autre fenêtre"), "{}", stale.body);
    let page = first.save(&mut technicien, FORM, "Vieux").await;
    assert_eq!((page.status, page.text("#precisions").as_str()), (StatusCode::CONFLICT, "Vieux"));
    assert_ne!(page.attr("input[name=brouillon]", "value"), Some(first.id.clone()));
    assert_eq!(typed(&mut technicien, &first.id).await, "Deux");
}

#[tokio::test]
async fn a_page_sent_again_and_after_going_back_keeps_its_draft() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed("83.technicien").await;
    let fenetre = Fenetre::open(&mut technicien, FORM).await;
    fenetre.save(&mut technicien, SAVE, "Un").await;
    for texte in ["Deux", "Deux", "Trois"] {
        let page = fenetre.save(&mut technicien, FORM, texte).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "incomplete, and kept");
        assert_eq!(page.attr("input[name=version]", "value"), Some(fenetre.version.clone()), "the same page goes on");
    }
    assert_eq!(typed(&mut technicien, &fenetre.id).await, "Trois");
}

#[tokio::test]
async fn what_saves_a_draft_takes_the_token_in_its_header_and_no_field_that_the_form_has_not() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed("83.technicien").await;
    let page = technicien.get(FORM).await;
    let jeton = page.attr("main form input[name=_jeton]", "value").unwrap();
    let fenetre = Fenetre::open(&mut technicien, FORM).await;
    let unknown = technicien.post(SAVE, &[("brouillon", fenetre.id.as_str()), ("nir", "x")]).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    let stale = technicien.post(SAVE, &[("_jeton", "faux"), ("brouillon", fenetre.id.as_str())]).await;
    assert_eq!(stale.status, StatusCode::FORBIDDEN);
    let headers = HeaderMap::from_iter([("x-jeton".parse().unwrap(), jeton.parse().unwrap())]);
    let saved = technicien.post_bare(SAVE, &[("brouillon", fenetre.id.as_str()), ("precisions", "Un")], headers).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    let bare = technicien.post_bare(SAVE, &[("brouillon", fenetre.id.as_str())], HeaderMap::new()).await;
    assert_eq!(bare.status, StatusCode::FORBIDDEN);
}
