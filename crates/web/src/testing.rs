//! A configuration and a frame for the tests of this crate.

use crate::config::{DEFAULT_AFFILIATION, DEFAULT_PRODUCT, Operator, WebConfig};
use crate::error::{Kind, PageError};
use crate::frame::{Contact, OpenedSession, Recorded, Sessions, SignedIn};
use crate::jeton::Jetons;
use crate::pages::composants::Link;
use domain::compte::Profil;
use domain::demande::Sorte;
use http::Extensions;
use std::sync::Arc;

/// The cookie value `technicien` is a technicien's session, `agent` an agent's, `etape` one that has not
/// accepted the CGU yet.
struct FixedSessions;

impl Sessions for FixedSessions {
    fn open<'a>(&'a self, token: &'a str, _extensions: &'a mut Extensions) -> OpenedSession<'a> {
        if token == "panne" {
            return Box::pin(async { Err(PageError::new(Kind::Unavailable(5))) });
        }
        let signed = match token {
            "technicien" => Some(signed(Profil::Technicien)),
            "agent" => Some(signed(Profil::Agent)),
            "etape" => Some(SignedIn { step: Some("/conditions"), ..signed(Profil::Technicien) }),
            _ => None,
        };
        Box::pin(async move { Ok(signed) })
    }

    fn refused(&self, _requete: app::Requete, _route: &'static str) -> Recorded<'_> {
        Box::pin(async { Ok(()) })
    }
}

pub(crate) fn signed(profil: Profil) -> SignedIn {
    SignedIn {
        nom: "Camille Exemple".into(),
        profil,
        structure: "CCAS de Grimaud".into(),
        session_seconds: 1_800,
        navigation: vec![Link::new("Accueil", "/"), Link::new("Historique", "/demandes")],
        sortes: if profil == Profil::Technicien { Sorte::TOUTES.to_vec() } else { Vec::new() },
        contact: Some(Contact {
            caisse: "CPAM du Var".into(),
            channel: Some("Par courrier ou à l’accueil de l’agence.".into()),
            email: Some("partenaires@cpam-var.example".into()),
            telephone: Some("04 65 71 00 01".into()),
        }),
        renforcee: true,
        step: None,
    }
}

pub(crate) fn config() -> Arc<WebConfig> {
    Arc::new(WebConfig {
        product: DEFAULT_PRODUCT.into(),
        affiliation: DEFAULT_AFFILIATION.into(),
        demo: None,
        origins: vec!["https://portail.example".into()],
        jetons: Jetons::new([1; 32]),
        request_ids: Arc::new(|| "req-1".into()),
        visits: Arc::new(|| "visite-1".into()),
        sessions: Arc::new(FixedSessions),
        operator: Operator::default(),
        announcements: Vec::new(),
        places: crate::extract::fichiers::Places::default(),
    })
}

/// Ids are unique, labels and descriptions point to something, every field has a name and a label.
pub(crate) fn assert_well_formed(html: &scraper::Html) {
    use scraper::Selector;
    use std::collections::BTreeSet;
    assert!(html.errors.is_empty(), "broken HTML: {:?}", html.errors);
    let select = |css: &str| html.select(&Selector::parse(css).unwrap()).collect::<Vec<_>>();
    let mut ids = BTreeSet::new();
    for element in select("[id]") {
        let id = element.value().id().unwrap().to_owned();
        assert!(ids.insert(id.clone()), "id twice: {id}");
    }
    let attributes = ["for", "aria-describedby", "aria-labelledby", "aria-controls", "data-aria-controls"];
    for attribute in attributes {
        for element in select(&format!("[{attribute}]")) {
            for id in element.value().attr(attribute).unwrap().split_whitespace() {
                assert!(ids.contains(id), "{attribute} points to nothing: {id}");
            }
        }
    }
    for link in select("a[href^='#']") {
        assert!(ids.contains(&link.value().attr("href").unwrap()[1..]));
    }
    let labelled: BTreeSet<_> = select("label[for]").iter().filter_map(|l| l.value().attr("for")).collect();
    for field in select("input:not([type=hidden]), select, textarea") {
        assert!(labelled.contains(field.value().id().unwrap()), "field without a label: {}", field.html());
        assert!(field.value().attr("name").is_some());
    }
    for form in select("form") {
        let token = Selector::parse("input[type=hidden][name=_jeton][value]").unwrap();
        let posts = form.value().attr("method") == Some("post");
        assert!(!posts || form.select(&token).count() == 1, "form without token: {}", form.html());
    }
    for forbidden in ["style", "[style]", "script:not([src])", "[onclick]"] {
        assert!(select(forbidden).is_empty(), "inline {forbidden}");
    }
}

/// A whole page: well formed, one `h1`, a title that says the page and the product, French. A heading that quotes what was
/// typed is not in the title, which the browser keeps.
pub(crate) fn assert_page(text: &str) {
    let html = scraper::Html::parse_document(text);
    assert_well_formed(&html);
    let texts = |css: &str| {
        let selector = scraper::Selector::parse(css).unwrap();
        html.select(&selector).map(|e| e.text().collect::<String>().replace('\u{a0}', " ")).collect::<Vec<_>>()
    };
    let (titles, headings) = (texts("title"), texts("h1"));
    assert_eq!((titles.len(), headings.len()), (1, 1), "{titles:?} {headings:?}");
    let quotes = headings[0].contains('«');
    assert_eq!(titles[0].contains(headings[0].trim()), !quotes, "{titles:?} {headings:?}");
    assert!(titles[0].ends_with("Espace Partenaires"));
    assert!(text.starts_with("<!DOCTYPE html>\n<html lang=\"fr\""));
}
