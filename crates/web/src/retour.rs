//! Where to go after signing in: back to the page asked for, on this portal only.

/// The path asked for if it is one of ours, otherwise the home page. Refused are other sites
/// (`//host`, `/\host`, `https:`), control characters, and pages that make no sense to come back to.
#[must_use]
pub fn own_path(asked: &str) -> &str {
    let mut bytes = asked.bytes();
    let starts_here = bytes.next() == Some(b'/') && !matches!(bytes.next(), Some(b'/' | b'\\'));
    let clean = asked.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let path = asked.split(['?', '#']).next().unwrap_or_default();
    let useless = ["/connexion", "/deconnexion", "/session"]
        .iter()
        .any(|way| path.strip_prefix(way).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    if starts_here && clean && !useless && asked.len() <= 2_000 { asked } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn only_paths_of_the_portal_are_gone_back_to() {
        for own in ["/demandes", "/demandes/26-ABCD?vue=fil", "/connexions-recentes"] {
            assert_eq!(own_path(own), own);
        }
        let elsewhere = [
            "",
            "demandes",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nSet-Cookie: x",
            "/\t/evil.example",
            "/connexion?retour=/",
            "/deconnexion",
            "/session/prolonger",
            "javascript:x",
        ];
        for other in elsewhere {
            assert_eq!(own_path(other), "/", "{other:?}");
        }
        assert_eq!(own_path(&format!("/{}", "a".repeat(2_000))), "/");
    }
}
