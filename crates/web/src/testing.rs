//! A configuration and a frame for the tests of this crate.

use crate::config::{DEFAULT_AFFILIATION, DEFAULT_PRODUCT, Operator, WebConfig};
use crate::frame::{Contact, Frame, OpenedSession, Sessions, SignedIn};
use crate::jeton::Jetons;
use crate::pages::composants::Link;
use crate::profil::Profil;
use http::Extensions;
use std::sync::Arc;

/// The cookie value `technicien` is a technicien's session, `agent` an agent's, `etape` one that has not
/// accepted the CGU yet.
struct FixedSessions;

impl Sessions for FixedSessions {
    fn open<'a>(&'a self, token: &'a str, _extensions: &'a mut Extensions) -> OpenedSession<'a> {
        let signed = match token {
            "technicien" => Some(signed(Profil::Technicien)),
            "agent" => Some(signed(Profil::Agent)),
            "etape" => Some(SignedIn { step: Some("/conditions"), ..signed(Profil::Technicien) }),
            _ => None,
        };
        Box::pin(async move { Ok(signed) })
    }
}

pub(crate) fn signed(profil: Profil) -> SignedIn {
    SignedIn {
        nom: "Camille Exemple".into(),
        profil,
        structure: "CCAS de Grimaud".into(),
        session_seconds: 1_800,
        navigation: vec![Link::new("Accueil", "/"), Link::new("Historique", "/demandes")],
        contact: Some(Contact {
            caisse: "CPAM du Var".into(),
            channel: Some("Par courrier ou à l’accueil de l’agence.".into()),
            email: Some("partenaires@cpam-var.example".into()),
            telephone: Some("04 65 71 00 01".into()),
        }),
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
    })
}

pub(crate) fn frame() -> Frame {
    let frame = Frame::new(config(), "req-1".into(), "/demandes/26-ABCD".into());
    frame.bind("visite-1");
    frame
}
