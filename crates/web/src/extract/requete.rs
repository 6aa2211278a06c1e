//! What a handler that calls a use case takes: frame, context, and who asks from where.

use crate::error::PageError;
use crate::frame::Frame;
use crate::state::WebState;
use app::{Contexte, Requete};
use axum::extract::{ConnectInfo, FromRequestParts};
use http::Extensions;
use http::request::Parts;
use std::net::SocketAddr;

/// The client's network address as a trusted proxy forwarded it; put into the request's extensions by the server.
/// Without it the peer's own address counts.
#[derive(Clone, Debug)]
pub struct Adresse(pub String);

/// One call of a use case: the frame of the page that answers, the process, and who asks.
#[derive(Clone)]
pub struct Call {
    /// For the page.
    pub frame: Frame,
    /// The process.
    pub ctx: Contexte,
    /// Who asks: the caller that [`crate::frame::Sessions::open`] left as an `app::Requete` in the request's
    /// extensions (nobody on a page without a session), with this request's id and the client's address.
    pub requete: Requete,
}

impl Call {
    /// Context and request, for a task of their own ([`crate::state::spawned`]).
    #[must_use]
    pub fn owned(&self) -> (Contexte, Requete) {
        (self.ctx.clone(), self.requete.clone())
    }
}

impl FromRequestParts<WebState> for Call {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, PageError> {
        let frame = Frame::from_request_parts(parts, state).await?;
        let requete = requete(&parts.extensions, &frame);
        Ok(Self { frame, ctx: state.contexte.clone(), requete })
    }
}

fn requete(extensions: &Extensions, frame: &Frame) -> Requete {
    let opened = extensions.get::<Requete>();
    let forwarded = extensions.get::<Adresse>().map(|a| a.0.clone());
    let peer = || extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip().to_string());
    Requete {
        appelant: opened.and_then(|r| r.appelant.clone()),
        id: frame.request_id().to_owned(),
        adresse: opened.and_then(|r| r.adresse.clone()).or(forwarded).or_else(peer),
        vu: opened.and_then(|r| r.vu.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::Appelant;

    #[test]
    fn the_caller_comes_from_the_session_and_the_id_from_the_request() {
        let frame = Frame::new(crate::testing::config(), "req-7".into(), "/".into());
        let mut extensions = Extensions::new();
        let peer: SocketAddr = "192.0.2.7:4000".parse().unwrap();
        extensions.insert(ConnectInfo(peer));
        assert!(requete(&extensions, &frame).appelant.is_none());
        extensions.insert(Requete { appelant: Some(Appelant::Session([9; 32])), ..Requete::systeme("autre") });
        let read = requete(&extensions, &frame);
        assert!(matches!(read.appelant, Some(Appelant::Session(hash)) if hash == [9; 32]));
        assert_eq!((read.id.as_str(), read.adresse.as_deref()), ("req-7", Some("192.0.2.7")));
        extensions.insert(Adresse("198.51.100.4".into()));
        assert_eq!(requete(&extensions, &frame).adresse.as_deref(), Some("198.51.100.4"));
    }
}
