//! Who really asks, when proxies stand in between. A forwarded header is believed only from a configured proxy.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use web::extract::Adresse;

use crate::config::Network;

/// The same routes, each request carrying the client's address.
pub fn addressed(router: Router, proxies: Vec<Network>) -> Router {
    router.layer(from_fn_with_state(Arc::new(proxies), note))
}

async fn note(State(proxies): State<Arc<Vec<Network>>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    if let Some(peer) = peer {
        let client = client(peer, request.headers(), &proxies);
        request.extensions_mut().insert(Adresse(client.to_string()));
    }
    next.run(request).await
}

/// The last address of `X-Forwarded-For` that is not a proxy of ours; the peer itself when it is not one, or when the
/// header cannot be read.
fn client(peer: IpAddr, headers: &HeaderMap, proxies: &[Network]) -> IpAddr {
    let is_ours = |address: IpAddr| proxies.iter().any(|proxy| proxy.contains(address));
    let mut client = peer.to_canonical();
    if !is_ours(client) {
        return client;
    }
    let lines: Vec<&str> = headers.get_all("x-forwarded-for").iter().filter_map(|v| v.to_str().ok()).collect();
    for said in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        let Ok(address) = said.trim().parse::<IpAddr>() else { return client };
        client = address.to_canonical();
        if !is_ours(client) {
            return client;
        }
    }
    client
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&str], proxies: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let proxies: Vec<Network> = proxies.iter().map(|p| Network::parse(p).unwrap()).collect();
        client(peer.parse().unwrap(), &headers, &proxies).to_string()
    }

    #[test]
    fn a_header_from_a_stranger_is_not_believed() {
        assert_eq!(seen("198.51.100.9", &["203.0.113.1"], &[]), "198.51.100.9");
        assert_eq!(seen("198.51.100.9", &["203.0.113.1"], &["192.0.2.0/24"]), "198.51.100.9");
    }

    #[test]
    fn behind_our_proxies_the_last_stranger_is_the_client() {
        let ours = ["192.0.2.0/24"];
        assert_eq!(seen("192.0.2.1", &["203.0.113.1"], &ours), "203.0.113.1");
        assert_eq!(seen("192.0.2.1", &["10.0.0.1, 203.0.113.1, 192.0.2.2"], &ours), "203.0.113.1");
        assert_eq!(seen("192.0.2.1", &["10.0.0.1", "203.0.113.7"], &ours), "203.0.113.7");
        assert_eq!(seen("::ffff:192.0.2.1", &["203.0.113.1"], &ours), "203.0.113.1");
    }

    #[test]
    fn what_is_no_address_ends_the_search() {
        let ours = ["192.0.2.0/24"];
        assert_eq!(seen("192.0.2.1", &["203.0.113.1, unknown"], &ours), "192.0.2.1");
        assert_eq!(seen("192.0.2.1", &[], &ours), "192.0.2.1");
    }
}
