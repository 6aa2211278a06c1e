//! Text to value, with a reason in French when it does not fit. Reasons never repeat the text of a secret.

use std::net::SocketAddr;

use axum::http::Uri;

use super::Network;

pub(super) fn text(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err("la valeur est vide".to_owned());
    }
    if text.chars().any(char::is_control) {
        return Err("la valeur contient un caractère de contrôle".to_owned());
    }
    Ok(text.trim().to_owned())
}

pub(super) fn secret(text: &str) -> Result<String, String> {
    if text.is_empty() {
        return Err("la valeur est vide".to_owned());
    }
    Ok(text.to_owned())
}

pub(super) fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| format!("attendu « adresse IP:port », trouvé « {text} »"))
}

pub(super) fn number(text: &str, least: u64, most: u64) -> Result<u64, String> {
    text.parse()
        .ok()
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(|| format!("attendu un nombre entier de {least} à {most}, trouvé « {text} »"))
}

pub(super) fn switch(text: &str) -> Result<bool, String> {
    text.parse().map_err(|_| format!("attendu true ou false, trouvé « {text} »"))
}

pub(super) fn choice(text: &str, words: &[&'static str]) -> Result<&'static str, String> {
    words
        .iter()
        .find(|word| **word == text)
        .copied()
        .ok_or_else(|| format!("attendu {}, trouvé « {text} »", words.join(", ")))
}

pub(super) fn networks(text: &str) -> Result<Vec<Network>, String> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(Network::parse).collect()
}

/// `http://host[:port]` or `https://host[:port]`, lower case, without the slash; plain `http` only on the machine itself.
pub(super) fn public_url(text: &str) -> Result<String, String> {
    let wrong = || format!("attendu « https://nom[:port] » sans chemin, trouvé « {text} »");
    let uri: Uri = text.parse().map_err(|_| wrong())?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err(wrong());
    };
    let has_more = uri.path() != "/" && !uri.path().is_empty() || uri.query().is_some();
    if has_more || authority.as_str().contains('@') || authority.host().is_empty() {
        return Err(wrong());
    }
    match scheme {
        "https" => {}
        "http" if is_this_machine(authority.host()) => {}
        "http" => {
            return Err("attendu « https » : « http » n’est accepté que sur localhost".to_owned());
        }
        _ => return Err(wrong()),
    }
    Ok(format!("{scheme}://{}", authority.as_str().to_lowercase()))
}

/// `https://host[:port]`, or `http` for a service of one's own network: what is stored there is sealed.
pub(super) fn endpoint(text: &str) -> Result<String, String> {
    let wrong = || format!("attendu « https://nom[:port] », trouvé « {text} »");
    let uri: Uri = text.parse().map_err(|_| wrong())?;
    match (uri.scheme_str(), uri.authority()) {
        (Some("http" | "https"), Some(host)) if !host.as_str().contains('@') && uri.query().is_none() => {
            Ok(text.trim_end_matches('/').to_owned())
        }
        _ => Err(wrong()),
    }
}

/// Whether a host name or address can only be the machine itself.
pub(super) fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host.to_lowercase().ends_with(".localhost")
        || bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// `address` or `Name <address>`; the mailer parses it in full, this refuses what cannot be one.
pub(super) fn sender(text: &str) -> Result<String, String> {
    let text = self::text(text)?;
    let address = match text.split_once('<') {
        Some((_, rest)) => rest.strip_suffix('>').unwrap_or_default(),
        None => &text,
    };
    let fits = address.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && !domain.is_empty() && !domain.contains('@') && !address.contains([' ', '<', '>'])
    });
    if fits { Ok(text) } else { Err(format!("attendu « adresse » ou « Nom <adresse> », trouvé « {text} »")) }
}

/// The address of a database with its password replaced; what is no such address is not shown at all.
pub(super) fn masked_database(text: &str) -> String {
    if text.starts_with("sqlite:") {
        return text.to_owned();
    }
    let Some((scheme, rest)) = text.split_once("://") else {
        return "(secret)".to_owned();
    };
    // The last @ ends the credentials: a password may hold one unescaped.
    let (user, place) = match rest.rsplit_once('@') {
        Some((credentials, place)) => (credentials.split_once(':').map_or(credentials, |(user, _)| user), place),
        None => ("", rest),
    };
    // A password may also be a parameter: none is shown.
    let (place, parameters) = match place.split_once('?') {
        Some((place, _)) => (place, "?(secret)"),
        None => (place, ""),
    };
    if user.is_empty() {
        format!("{scheme}://{place}{parameters}")
    } else {
        format!("{scheme}://{user}:(secret)@{place}{parameters}")
    }
}
